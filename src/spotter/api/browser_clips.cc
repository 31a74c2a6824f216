// SPDX-License-Identifier: Apache-2.0
#include "spotter/api/browser_clips.h"

#include "spotter/clip/browser_proxy.h"

namespace spotter::api {

Result<std::string> BrowserClips::PathFor(const std::string& clip_path) {
  Result<std::string> found = clip::FindBrowserClip(clip_path);
  if (found.ok() || found.error().code != ErrorCode::kNotFound) return found;
  const std::unique_lock lock(making_, std::try_to_lock);
  if (!lock.owns_lock()) return MakeError(ErrorCode::kUnavailable, "another clip is being prepared for a browser");
  found = clip::FindBrowserClip(clip_path);  // by whoever held the lock until now
  if (found.ok() || found.error().code != ErrorCode::kNotFound) return found;
  const std::string proxy = clip::BrowserProxyOf(clip_path);
  if (Result<void> made = clip::MakeBrowserProxy(clip_path, proxy); !made.ok()) return made.error();
  return proxy;
}

}  // namespace spotter::api
