// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "spotter/clip/clip_files.h"
#include "spotter/clip/finish.h"
#include "spotter/clip/perception_memory.h"
#include "spotter/clip/spool.h"
#include "spotter/core/clip.h"

namespace spotter::clip {

// Records skeleton-only clips of all cameras of a site, out of its perceptions: no pixel comes near it. A clip's
// perceptions go to its spool as they come; a thread of its own draws what is complete, and ends the clips of live
// cameras that fell silent. Used by one thread.
class SkeletonRecorder {
 public:
  struct Options {
    std::filesystem::path folder;
    std::chrono::microseconds patience{1'500'000};  // a live camera may be this much late
  };

  // `memory` and `observer` (may be null) outlive the recorder.
  SkeletonRecorder(Options options, const PerceptionMemory& memory, ClipObserver* observer);
  // What is not finished is made of what is there.
  ~SkeletonRecorder();
  SkeletonRecorder(const SkeletonRecorder&) = delete;
  SkeletonRecorder& operator=(const SkeletonRecorder&) = delete;

  // The camera's perceptions come as time passes; of all others they come as fast as they are made.
  void MarkLive(const CameraId& camera_id);
  // Of every camera, in stream order; after it was added to the memory.
  void OnPerception(const Perception& perception);
  // When this returns the command is on disk and will be carried out, even if the program ends now.
  void Record(const RecordClip& request);
  // Ends the streams and waits until every clip is made. Nothing may follow.
  void Finish();

 private:
  using Clock = std::chrono::steady_clock;
  struct Job;
  using Jobs = std::vector<std::unique_ptr<Job>>;

  static void Spool(Job& job, const Perception& perception);
  void HandOver(Jobs jobs, const std::string& end_reason);
  void HandOverAll(const std::string& end_reason);
  void Run();
  Jobs TakeSilent();
  void Draw(const Job& job);

  const Options options_;
  const PerceptionMemory& memory_;
  ClipObserver* const observer_;

  OwedMetadata owed_;  // of the thread

  std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  std::set<CameraId> live_;
  Jobs open_;
  std::deque<std::unique_ptr<Job>> complete_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace spotter::clip
