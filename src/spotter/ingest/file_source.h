// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "spotter/base/bounded_queue.h"
#include "spotter/ingest/frame_source.h"
#include "spotter/ingest/stream_clock.h"
#include "spotter/media/video_reader.h"

namespace spotter::ingest {

// Every frame of a file, on disk or behind http(s), decoded ahead of its consumer by a thread that waits when the queue
// is full; in real time, one after the other at its time.
class FileSource : public FrameSource {
 public:
  static Result<std::unique_ptr<FileSource>> Open(const SourceOptions& options);
  ~FileSource() override;

  SourceInfo info() const override { return info_; }
  Result<FramePtr> Next() override;
  void Stop() override;
  SourceStats stats() const override;
  std::vector<std::string> warnings() const override;

 private:
  explicit FileSource(const SourceOptions& options);
  Result<void> Start();
  Result<FramePtr> Decode();
  void Run(FramePtr first);
  void WaitUntil(media::IoWatch::Clock::time_point time);
  void NoteEnd(const Result<FramePtr>& end);

  const SourceOptions options_;
  const std::string name_;
  const bool is_remote_;
  media::IoWatch watch_;
  std::unique_ptr<media::VideoReader> reader_;
  StreamClock clock_;
  SourceInfo info_;
  UtcTime start_{};
  Pts end_{0};  // of the last picture
  std::unique_ptr<BoundedQueue<FramePtr>> queue_;
  mutable std::mutex mutex_;  // guards stats_, warnings_
  std::condition_variable wake_;
  SourceStats stats_;
  std::vector<std::string> warnings_;
  std::thread thread_;
};

}  // namespace spotter::ingest
