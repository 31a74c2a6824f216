// SPDX-License-Identifier: Apache-2.0
#include "spotter/ingest/file_source.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "spotter/base/log.h"
#include "spotter/media/url.h"

namespace spotter::ingest {
namespace {

// How far the decoder may run ahead: a few frames hide the jitter of inference, and 4K frames must not fill the memory.
constexpr std::size_t kQueueBytes = 24U << 20U;
constexpr std::size_t kShortestQueue = 2;
constexpr std::size_t kLongestQueue = 8;
// A file that ends this much before what its header says was cut off.
constexpr double kMissingEnd_s = 0.5;

std::size_t QueueCapacity(const Frame& frame) {
  const std::size_t bytes = static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height) * 3 / 2;
  return std::clamp(kQueueBytes / std::max<std::size_t>(bytes, 1), kShortestQueue, kLongestQueue);
}

}  // namespace

FileSource::FileSource(const SourceOptions& options)
    : options_(options),
      name_(media::RedactUrl(options.url)),
      is_remote_(media::KindOf(options.url) != media::UrlKind::kFile) {}

FileSource::~FileSource() {
  Stop();
  if (thread_.joinable()) thread_.join();
}

Result<std::unique_ptr<FileSource>> FileSource::Open(const SourceOptions& options) {
  std::unique_ptr<FileSource> source(new FileSource(options));
  if (Result<void> started = source->Start(); !started.ok()) return started.error();
  return source;
}

Result<void> FileSource::Start() {
  const media::VideoReaderOptions reader_options = {
      .demuxer = {.url = options_.url,
                  .connect_timeout = options_.connect_timeout,
                  .analyse_timeout = options_.first_frame_timeout},
      .decoder = {.threads = options_.decode_threads, .fast = options_.fast_decode},
      .ring = options_.ring,
      .when_ring_is_full = DropPolicy::kWait};
  Result<std::unique_ptr<media::VideoReader>> reader = media::VideoReader::Open(reader_options, watch_);
  if (!reader.ok()) return reader.error();
  reader_ = std::move(reader).value();
  const media::VideoStream& stream = reader_->stream();
  start_ = options_.captured_at.value_or(stream.creation_time.value_or(UtcTime{}));
  Result<FramePtr> first = Decode();
  if (!first.ok()) return first.error();
  if (*first == nullptr)
    return MakeError(ErrorCode::kUnreadable, "{} holds no picture that can be decoded; record or copy it again", name_);
  info_ = {.width = (*first)->width,
           .height = (*first)->height,
           .frame_rate = stream.frame_rate,
           .duration = stream.duration,
           .codec = stream.codec,
           .live = false};
  queue_ = std::make_unique<BoundedQueue<FramePtr>>(QueueCapacity(**first), DropPolicy::kWait);
  thread_ = std::thread([this, frame = std::move(first).value()]() mutable { Run(std::move(frame)); });
  return {};
}

// The next frame with its times; nullptr at the end.
Result<FramePtr> FileSource::Decode() {
  if (is_remote_) watch_.SetDeadline(media::IoWatch::Clock::now() + options_.stall_timeout);
  Result<std::optional<media::DecodedPicture>> picture = reader_->Next();
  if (!picture.ok()) return picture.error();
  if (!picture->has_value()) return FramePtr();
  Result<Frame> frame = reader_->ToFrame(**picture);
  if (!frame.ok()) return MakeError(frame.error().code, "{}: {}", name_, frame.error().message);
  const std::chrono::microseconds step = reader_->StepOf(**picture);
  frame->pts = clock_.Map({(*picture)->timestamp, step, std::nullopt});
  frame->captured_at = start_ + frame->pts;
  reader_->NoteTimes(**picture, frame->pts, *frame->captured_at);
  end_ = frame->pts + step;
  const std::lock_guard lock(mutex_);
  ++stats_.decoded;
  stats_.corrupt = reader_->corrupt();
  stats_.repaired_timestamps = clock_.repaired();
  return FramePtr(std::make_shared<const Frame>(std::move(frame).value()));
}

void FileSource::Run(FramePtr first) {
  const auto began = media::IoWatch::Clock::now();
  bool wanted = queue_->Push(std::move(first));
  while (wanted) {
    Result<FramePtr> frame = Decode();
    if (!frame.ok() || *frame == nullptr) {
      NoteEnd(frame);
      break;
    }
    if (options_.real_time) WaitUntil(began + (*frame)->pts);
    wanted = queue_->Push(std::move(frame).value());
  }
  if (options_.ring != nullptr) options_.ring->End();
  queue_->Close();
}

void FileSource::WaitUntil(media::IoWatch::Clock::time_point time) {
  std::unique_lock lock(mutex_);
  wake_.wait_until(lock, time, [this] { return watch_.stopped(); });
}

// What the user should know. Nothing is said about a file that was stopped on the way.
void FileSource::NoteEnd(const Result<FramePtr>& end) {
  if (watch_.stopped()) return;
  const std::lock_guard lock(mutex_);
  stats_.corrupt = reader_->corrupt();
  LogDebug("{}: {} pictures until {:.3f} s, {} damaged, {} time stamps repaired", name_, stats_.decoded,
           ToSeconds(end_), stats_.corrupt, stats_.repaired_timestamps);
  const media::VideoStream& stream = reader_->stream();
  const double end_s = ToSeconds(end_);
  const bool is_short = stream.duration && !stream.duration_is_estimate &&
                        ToSeconds(*stream.duration) - end_s > std::max(kMissingEnd_s, 0.02 * end_s);
  if (!end.ok()) {
    warnings_.push_back(fmt::format("{}; the first {:.1f} s were used", end.error().message, end_s));
  } else if (is_short) {
    warnings_.push_back(fmt::format("{} was cut off: it ends at {:.1f} s of {:.1f} s; what is there was used", name_,
                                    end_s, ToSeconds(*stream.duration)));
  }
  if (stats_.corrupt > 0) warnings_.push_back(fmt::format("{}: {} pictures are damaged", name_, stats_.corrupt));
  if (stats_.repaired_timestamps > 0)
    warnings_.push_back(fmt::format("{}: {} pictures had a missing or wrong time stamp, which was repaired", name_,
                                    stats_.repaired_timestamps));
}

Result<FramePtr> FileSource::Next() { return queue_->Pop().value_or(nullptr); }

void FileSource::Stop() {
  {
    const std::lock_guard lock(mutex_);
    watch_.Stop();
  }
  wake_.notify_all();
  if (options_.ring != nullptr) options_.ring->End();
  if (queue_ != nullptr) queue_->Close();
}

SourceStats FileSource::stats() const {
  const std::lock_guard lock(mutex_);
  SourceStats stats = stats_;
  stats.queued = queue_->size();
  return stats;
}

std::vector<std::string> FileSource::warnings() const {
  const std::lock_guard lock(mutex_);
  return warnings_;
}

}  // namespace spotter::ingest
