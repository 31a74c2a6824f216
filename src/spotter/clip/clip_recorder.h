// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/clip/clip_files.h"
#include "spotter/clip/finish.h"
#include "spotter/clip/spool.h"
#include "spotter/core/clip.h"
#include "spotter/media/packet_ring.h"

namespace spotter::clip {

// Records the clips of one camera out of its ring. A clip's packets go to its spool at once, what follows the event is
// appended as it comes; the clip is made when a picture at its end was seen, when the stream ends, or, live, when the
// camera has been silent for too long. Clips that overlap read the same packets. Any thread may ask for a clip; a
// thread of its own does the work.
class ClipRecorder {
 public:
  // `ring` and `observer` (may be null) outlive the recorder.
  ClipRecorder(std::filesystem::path folder, media::PacketRing& ring, ClipObserver* observer);
  // What is not finished is made of what is there.
  ~ClipRecorder();
  ClipRecorder(const ClipRecorder&) = delete;
  ClipRecorder& operator=(const ClipRecorder&) = delete;

  // When this returns the command is on disk and will be carried out, even if the program ends now. A clip that is
  // already there, or being recorded, is left alone.
  void Record(const RecordClip& request);
  // Waits until every clip is made. Call when the camera's ring has ended, else it waits for the pictures to come.
  void Finish();

 private:
  struct Job;
  void Run();
  void Work(std::vector<std::unique_ptr<Job>>& jobs, bool stopping);
  void Spool(Job& job) const;
  const char* WhyDone(const Job& job, bool stopping) const;
  void Complete(const Job& job, const std::string& end_reason);

  const std::filesystem::path folder_;
  media::PacketRing& ring_;
  ClipObserver* const observer_;

  OwedMetadata owed_;  // of the thread

  std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Job>> jobs_;  // the thread alone looks into them
  std::vector<std::string> open_;           // the event ids of the jobs
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace spotter::clip
