// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "spotter/pipeline/site_worker.h"
#include "spotter/store/camera_repository.h"

namespace spotter::pipeline {

// Keeps in the store when each live camera's last picture was taken, at most once in kInterval of the pictures' time: a
// camera or a program that dies can tell nobody. A store that does not work is no error here.
class CameraWatchSink : public SiteSink {
 public:
  static constexpr std::chrono::microseconds kInterval{2'000'000};

  // `cameras` outlives it.
  explicit CameraWatchSink(store::CameraRepository& cameras) : cameras_(cameras) {}
  Result<void> Consume(const SiteOutput& output) override;
  Result<void> Finish(std::span<const Event> events) override;

 private:
  store::CameraRepository& cameras_;
  std::map<CameraId, UtcTime> written_;
  bool has_warned_ = false;
};

}  // namespace spotter::pipeline
