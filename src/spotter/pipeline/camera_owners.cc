// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/camera_owners.h"

#include <algorithm>
#include <utility>

namespace spotter::pipeline {

Result<void> CameraOwners::Claim(const CameraId& camera, const PerceptionSource& source) {
  const PerceptionSource* owner = nullptr;
  {
    const std::lock_guard lock(mutex_);
    owner = owners_.try_emplace(camera, &source).first->second;
  }
  if (owner == &source) return {};
  // Which of them came first depends on the threads; the message does not.
  const bool in_order = std::ranges::find(sources_, owner) < std::ranges::find(sources_, &source);
  const auto& [first, second] = in_order ? std::pair(owner, &source) : std::pair(&source, owner);
  return MakeError(ErrorCode::kInvalidArgument,
                   "{} and {} both hold the camera '{}' and would be taken for one: run them one by one, or record one "
                   "again with another --camera-id",
                   first->name(), second->name(), camera.value());
}

}  // namespace spotter::pipeline
