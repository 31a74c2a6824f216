// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/core/perception.h"
#include "spotter/track/tracker.h"

namespace spotter::track {

// The detections of one frame of a MOTChallenge file; boxes in pixels.
struct MotFrame {
  int number = 0;  // from 1
  std::vector<Detection> detections;
};

// What a run of the tracker over one file did.
struct MotResult {
  int frames = 0;
  int detections = 0;
  int tracks = 0;
  double seconds = 0;  // of tracking alone, without reading and writing
};

// Reads `frame,-1,x,y,w,h,confidence,...` lines (https://motchallenge.net/instructions). Every frame from 1 to the last
// is there, empty ones too. Errors: kNotFound, kUnreadable (names the line).
Result<std::vector<MotFrame>> ReadMotDetections(const std::filesystem::path& path);

// Tracks the detections of `det_path` at `fps` frames a second and writes `frame,id,x,y,w,h,confidence,-1,-1,-1` lines.
// Errors: those of ReadMotDetections, kInvalidArgument for fps, kUnwritable.
Result<MotResult> RunMotChallenge(const std::filesystem::path& det_path,
                                  const std::filesystem::path& out_path,
                                  double fps,
                                  const TrackerOptions& options = {});

}  // namespace spotter::track
