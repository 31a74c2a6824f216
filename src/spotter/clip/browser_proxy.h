// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/base/result.h"

namespace spotter::clip {

// Writes what a player shows of the clip as H.264, for browsers that do not know the camera's codec. Picture by picture
// at the same times; costs as much as decoding and encoding the clip, so it is made when somebody asks. The file is
// whole or not there.
Result<void> MakeBrowserProxy(const std::string& clip_path, const std::string& proxy_path);

// What browsers play of this clip: the clip itself, or its H.264 copy beside it. kNotFound = it needs a copy and there
// is none yet; kUnreadable = it is no video.
Result<std::string> FindBrowserClip(const std::string& clip_path);

// Where the copy of a clip lies: x.mp4 -> x.h264.mp4.
std::string BrowserProxyOf(const std::string& clip_path);

}  // namespace spotter::clip
