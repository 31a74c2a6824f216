// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "spotter/base/bounded_queue.h"
#include "spotter/clip/clip_files.h"
#include "spotter/clip/spool.h"
#include "spotter/core/clip.h"

namespace spotter::clip {

// Records skeleton-only clips of all cameras of a site, out of its perceptions: no pixel comes near it. Keeps the last
// perceptions of each camera in memory; a clip's go to its spool as they come, and a thread of its own draws what is
// complete. Used by one thread.
class SkeletonRecorder {
 public:
  struct Options {
    std::filesystem::path folder;
    std::chrono::microseconds max_age{60'000'000};  // stream time to look back
  };

  // `observer` (may be null) outlives the recorder.
  SkeletonRecorder(Options options, ClipObserver* observer);
  // What is not finished is made of what is there.
  ~SkeletonRecorder();
  SkeletonRecorder(const SkeletonRecorder&) = delete;
  SkeletonRecorder& operator=(const SkeletonRecorder&) = delete;

  void OnPerception(const Perception& perception);
  // When this returns the command is on disk and will be carried out, even if the program ends now.
  void Record(const RecordClip& request);
  // Ends the streams and waits until every clip is made. Nothing may follow.
  void Finish();

 private:
  struct Job {
    RecordClip request;
    ClipFiles files;
    std::optional<SpoolWriter> spool;
    std::string failure;  // why it cannot go on; empty = it can
    std::string end_reason;
  };

  void Spool(Job& job, const Perception& perception);
  void HandOver(std::unique_ptr<Job>& job, const std::string& end_reason);
  void HandOverAll(const std::string& end_reason);
  void DrawClips();

  const Options options_;
  ClipObserver* const observer_;
  std::map<CameraId, std::deque<Perception>> seen_;
  std::vector<std::unique_ptr<Job>> jobs_;
  BoundedQueue<std::unique_ptr<Job>> complete_;
  std::thread thread_;
};

}  // namespace spotter::clip
