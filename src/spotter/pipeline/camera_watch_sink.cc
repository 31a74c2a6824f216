// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/camera_watch_sink.h"

#include "spotter/base/log.h"
#include "spotter/base/utc.h"

namespace spotter::pipeline {

Result<void> CameraWatchSink::Consume(const SiteOutput& output) {
  const CameraId& camera = output.perception.camera_id;
  if (!output.perception.captured_at) return {};
  const UtcTime taken = *output.perception.captured_at;
  const auto [last, is_new] = written_.try_emplace(camera, taken);
  if (!is_new && taken < last->second + kInterval) return {};
  last->second = taken;
  const Result<void> noted = cameras_.SawFrame({.camera_id = camera.value(), .last_frame_ts_utc = UnixSeconds(taken)});
  if (!noted.ok() && !has_warned_) LogWarning("the cameras' signs of life cannot be stored: {}", noted.error().message);
  has_warned_ = !noted.ok();
  return {};
}

Result<void> CameraWatchSink::Finish(std::span<const Event> /*events*/) { return {}; }

}  // namespace spotter::pipeline
