// SPDX-License-Identifier: Apache-2.0
#include "spotter/ingest/live_source.h"

#include <algorithm>
#include <utility>

#include "spotter/base/log.h"
#include "spotter/media/url.h"

namespace spotter::ingest {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using Clock = media::IoWatch::Clock;

// Enough for a hiccup of the consumer; more would only make the newest frame older.
constexpr std::size_t kQueueCapacity = 4;
// A stream that jumps ahead by more than this has a new clock.
constexpr microseconds kLongestGap{10'000'000};

ArrivalTime ReadClocks(Clock::time_point now) {
  const auto utc = std::chrono::time_point_cast<microseconds>(std::chrono::system_clock::now());
  return {utc, duration_cast<microseconds>(now.time_since_epoch())};
}

double Seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

LiveSource::LiveSource(const SourceOptions& options)
    : options_(options),
      name_(media::RedactUrl(options.url)),
      queue_(kQueueCapacity, DropPolicy::kDropOldest),
      clock_(kLongestGap),
      thinner_(options.fps),
      backoff_({options.backoff_min, options.backoff_max}) {
  info_.live = true;
}

LiveSource::~LiveSource() {
  Stop();
  if (thread_.joinable()) thread_.join();
}

Result<std::unique_ptr<LiveSource>> LiveSource::Open(const SourceOptions& options) {
  std::unique_ptr<LiveSource> source(new LiveSource(options));
  std::future<Result<void>> started = source->started_.get_future();
  source->thread_ = std::thread([live = source.get()] { live->Run(); });
  if (options.wait_for_camera) return source;
  if (Result<void> outcome = started.get(); !outcome.ok()) return outcome.error();
  return source;
}

void LiveSource::Run() {
  while (true) {
    const Error reason = RunSession();
    if (watch_.stopped()) break;
    if (!has_started_ && !options_.wait_for_camera) {
      started_.set_value(reason);
      break;
    }
    const milliseconds wait = backoff_.Next();
    NoteLost(reason, wait);
    WaitFor(wait);
  }
  if (options_.ring != nullptr) options_.ring->End();
  queue_.Close();
}

Error LiveSource::RunSession() {
  const media::VideoReaderOptions reader_options = {
      .demuxer = {.url = options_.url,
                  .connect_timeout = options_.connect_timeout,
                  .analyse_timeout = options_.first_frame_timeout},
      .decoder = {.threads = options_.decode_threads, .fast = options_.fast_decode},
      .start_at_keyframe = true,
      .ring = options_.ring,
      .when_ring_is_full = DropPolicy::kDropOldest};
  Result<std::unique_ptr<media::VideoReader>> opened = media::VideoReader::Open(reader_options, watch_);
  if (!opened.ok()) return opened.error();
  media::VideoReader& reader = **opened;
  LogDebug("{}: connected, {}", name_, reader.stream().codec);
  clock_.StartOver();
  session_start_ = Clock::now();
  watch_.SetDeadline(session_start_ + options_.first_frame_timeout);
  Result<void> delivered;
  while (delivered.ok()) {
    Result<std::optional<media::DecodedPicture>> picture = reader.Next();
    if (!picture.ok()) delivered = picture.error();
    if (picture.ok() && !picture->has_value())
      delivered = MakeError(ErrorCode::kUnavailable, "{}: the camera ended its stream", name_);
    if (delivered.ok()) delivered = Deliver(**picture, reader);
  }
  corrupt_before_ += reader.corrupt();
  if (!watch_.late()) return delivered.error();
  return MakeError(ErrorCode::kUnavailable, "{}: the camera has sent no picture for {:.0f} s", name_,
                   Seconds(Clock::now() - std::max(session_start_, last_arrival_)));
}

// Times the picture and passes it on, unless it is left out to meet the wanted rate.
Result<void> LiveSource::Deliver(const media::DecodedPicture& picture, media::VideoReader& reader) {
  const Clock::time_point now = Clock::now();
  last_arrival_ = now;
  watch_.SetDeadline(now + options_.stall_timeout);
  if (now - session_start_ > options_.stall_timeout) backoff_.Reset();
  const ArrivalTime arrival = ReadClocks(now);
  const Pts pts = clock_.Map({picture.timestamp, reader.StepOf(picture), arrival.steady});
  const UtcTime captured_at = capture_clock_.Map(pts, arrival);
  reader.NoteTimes(picture, pts, captured_at);
  const bool wanted = thinner_.Keep(pts);
  NotePicture(now, wanted, reader);
  if (!wanted) return {};
  Result<Frame> frame = reader.ToFrame(picture);
  if (!frame.ok()) return frame.error();
  frame->pts = pts;
  frame->captured_at = captured_at;
  NoteStream(*frame, reader.stream());
  queue_.Push(std::make_shared<const Frame>(std::move(frame).value()));
  if (!std::exchange(has_started_, true)) started_.set_value({});
  return {};
}

void LiveSource::NotePicture(Clock::time_point now, bool wanted, const media::VideoReader& reader) {
  const std::lock_guard lock(mutex_);
  ++stats_.decoded;
  if (!wanted) ++stats_.thinned;
  stats_.corrupt = corrupt_before_ + reader.corrupt();
  stats_.repaired_timestamps = clock_.repaired();
  if (std::exchange(is_away_, false)) {
    if (last_picture_) ++stats_.reconnects;
    LogInfo("{}: the camera is {} after {:.0f} s", name_, last_picture_ ? "back" : "there",
            Seconds(now - last_picture_.value_or(created_)));
  }
  last_picture_ = now;
}

void LiveSource::NoteStream(const Frame& frame, const media::VideoStream& stream) {
  const std::lock_guard lock(mutex_);
  info_.width = frame.width;
  info_.height = frame.height;
  info_.frame_rate = stream.frame_rate;
  info_.codec = stream.codec;
}

// One line when a camera goes and one for each new reason, not one for each attempt.
void LiveSource::NoteLost(const Error& reason, milliseconds wait) {
  if (!std::exchange(is_away_, true) || reason.message != last_reason_) {
    LogWarning("{}; trying again in {:.1f} s and then at least every {:.0f} s", reason.message, Seconds(wait),
               Seconds(options_.backoff_max));
  }
  last_reason_ = reason.message;
}

void LiveSource::WaitFor(milliseconds wait) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, wait, [this] { return watch_.stopped(); });
}

SourceInfo LiveSource::info() const {
  const std::lock_guard lock(mutex_);
  return info_;
}

Result<FramePtr> LiveSource::Next() { return queue_.Pop().value_or(nullptr); }

void LiveSource::Stop() {
  {
    const std::lock_guard lock(mutex_);
    watch_.Stop();
  }
  wake_.notify_all();
  queue_.Close();
}

SourceStats LiveSource::stats() const {
  const std::lock_guard lock(mutex_);
  SourceStats stats = stats_;
  stats.dropped = queue_.dropped();
  stats.queued = queue_.size();
  if (last_picture_) stats.frame_age = duration_cast<milliseconds>(Clock::now() - *last_picture_);
  return stats;
}

std::vector<std::string> LiveSource::warnings() const {
  const SourceStats now = stats();
  std::vector<std::string> warnings;
  if (now.reconnects > 0) warnings.push_back(fmt::format("{}: the camera was lost {} times", name_, now.reconnects));
  if (now.dropped > 0)
    warnings.push_back(
        fmt::format("{}: {} of {} frames were dropped because this computer is slower than the camera; "
                    "set a lower `fps` for it",
                    name_, now.dropped, now.decoded - now.thinned));
  if (now.corrupt > 0) warnings.push_back(fmt::format("{}: {} pictures were damaged", name_, now.corrupt));
  return warnings;
}

}  // namespace spotter::ingest
