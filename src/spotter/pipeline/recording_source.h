// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "spotter/codec/boxed_poses.h"
#include "spotter/codec/input_check.h"
#include "spotter/codec/perception_json.h"
#include "spotter/core/ids.h"
#include "spotter/pipeline/perception_source.h"
#include "spotter/track/presence_filter.h"

namespace spotter::pipeline {

// Plays a recording of perceptions (`spotter record`, docs/formats/perception.md) as fast as the site takes it. A
// broken line is reported with its number and skipped; what can be mended of the others is (InputCheck, BoxedPoses),
// and counted in the warnings. A recording without any line, or any person, that can be read is an error. The people go
// through the PresenceFilter as a camera worker's do, each camera's with its own options.
class RecordingSource : public PerceptionSource {
 public:
  // Which configured cameras a recording's cameras are.
  struct Cameras {
    std::map<CameraId, track::PresenceOptions> known;  // keep their ids
    CameraId stands_for;  // the first camera of the recording that is not known becomes this one; empty = none
  };
  static Result<std::unique_ptr<RecordingSource>> Open(const std::string& path, Cameras cameras = {});

  const std::string& name() const override { return path_; }
  DropPolicy drop_policy() const override { return DropPolicy::kWait; }
  std::optional<std::chrono::microseconds> duration() const override { return std::nullopt; }
  Result<void> Run(PerceptionSink& sink) override;
  void Stop() override { stopping_ = true; }
  std::vector<std::string> warnings() const override { return warnings_; }

 private:
  RecordingSource(std::string path, std::ifstream file, Cameras cameras)
      : path_(std::move(path)), cameras_(std::move(cameras)), file_(std::move(file)) {}
  void NameCamera(Perception& perception);
  track::PresenceFilter& FilterOf(const CameraId& camera);
  void ReportBrokenLine(std::int64_t number, const std::string& why);
  bool Play(codec::RecordingLine line, PerceptionSink& sink);
  bool Publish(std::vector<Perception> perceptions, PerceptionSink& sink);
  Result<void> Conclude(std::int64_t lines);

  const std::string path_;
  const Cameras cameras_;
  std::optional<CameraId> renamed_;  // the recording's camera that becomes cameras_.stands_for
  std::ifstream file_;
  std::map<CameraId, track::PresenceFilter> filters_;
  codec::InputCheck check_;
  codec::BoxedPoses boxed_;
  std::atomic<bool> stopping_ = false;
  std::int64_t lines_read_ = 0;
  std::int64_t people_read_ = 0;
  std::int64_t lost_people_ = 0;
  std::string first_lost_person_;  // what is wrong with it
  std::int64_t lost_joints_ = 0;
  std::int64_t broken_lines_ = 0;
  std::string first_broken_line_;  // its number and what is wrong
  std::vector<std::string> warnings_;
};

}  // namespace spotter::pipeline
