// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "spotter/base/backoff.h"
#include "spotter/base/bounded_queue.h"
#include "spotter/ingest/capture_clock.h"
#include "spotter/ingest/frame_source.h"
#include "spotter/ingest/frame_thinner.h"
#include "spotter/ingest/stream_clock.h"
#include "spotter/media/video_reader.h"

namespace spotter::ingest {

// A camera: the newest frames win, and it always comes back. One thread connects, decodes and watches the age of the
// last picture; when that is too old it makes a new session with a fresh demuxer after a jittered backoff.
class LiveSource : public FrameSource {
 public:
  static Result<std::unique_ptr<LiveSource>> Open(const SourceOptions& options);
  ~LiveSource() override;

  SourceInfo info() const override;
  Result<FramePtr> Next() override;
  void Stop() override;
  SourceStats stats() const override;
  std::vector<std::string> warnings() const override;

 private:
  explicit LiveSource(const SourceOptions& options);
  void Run();
  // From connecting to the loss of the camera; says why it ended.
  Error RunSession();
  Result<void> Deliver(const media::DecodedPicture& picture, media::VideoReader& reader);
  void NotePicture(media::IoWatch::Clock::time_point now, bool wanted, const media::VideoReader& reader);
  void NoteStream(const Frame& frame, const media::VideoStream& stream);
  void NoteLost(const Error& reason, std::chrono::milliseconds wait);
  void WaitFor(std::chrono::milliseconds wait);

  const SourceOptions options_;
  const std::string name_;
  const media::IoWatch::Clock::time_point created_ = media::IoWatch::Clock::now();
  media::IoWatch watch_;
  BoundedQueue<FramePtr> queue_;
  std::promise<Result<void>> started_;  // the first picture, or why the first session had none

  // Of the thread alone.
  StreamClock clock_;
  CaptureClock capture_clock_;
  FrameThinner thinner_;
  Backoff backoff_;
  bool has_started_ = false;
  bool is_away_ = false;  // said so in the log
  std::string last_reason_;
  std::uint64_t corrupt_before_ = 0;  // in sessions that are over
  media::IoWatch::Clock::time_point session_start_{};
  media::IoWatch::Clock::time_point last_arrival_{};  // of a picture

  mutable std::mutex mutex_;  // guards the rest
  std::condition_variable wake_;
  SourceInfo info_;
  SourceStats stats_;
  std::optional<media::IoWatch::Clock::time_point> last_picture_;
  std::thread thread_;
};

}  // namespace spotter::ingest
