// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/packet_ring.h"

#include <algorithm>
#include <utility>

#include "spotter/base/check.h"

namespace spotter::media {
namespace {

std::size_t BytesOf(const StreamEntry& entry) {
  const auto* arrived = std::get_if<StreamPacket>(&entry);
  return arrived == nullptr ? 0 : arrived->packet.size();
}

// The index of the entry to begin with: the last keyframe shown at or before `from`, else the first one.
std::uint64_t KeyframeBefore(const std::vector<StreamEntry>& entries, Pts from) {
  const AVPacket* keyframe = nullptr;
  for (const TimedPacket& timed : ResolveTimes(entries)) {
    if (timed.packet.is_keyframe() && (keyframe == nullptr || timed.pts <= from)) keyframe = &timed.packet.av();
  }
  const auto is_keyframe = [keyframe](const StreamEntry& entry) {
    const auto* arrived = std::get_if<StreamPacket>(&entry);
    return arrived != nullptr && &arrived->packet.av() == keyframe;
  };
  const auto found = std::ranges::find_if(entries, is_keyframe);
  return found == entries.end() ? 0 : static_cast<std::uint64_t>(found - entries.begin());
}

}  // namespace

// ---- Reader ----

PacketRing::Reader::~Reader() {
  const std::lock_guard lock(ring_.mutex_);
  ring_.readers_.erase(this);
  ring_.was_read_.notify_all();
}

std::vector<StreamEntry> PacketRing::Reader::Take() {
  const std::lock_guard lock(ring_.mutex_);
  std::vector<StreamEntry> taken;
  const std::uint64_t end = ring_.front_ + ring_.entries_.size();
  for (; next_ < end; ++next_) taken.push_back(ring_.entries_[next_ - ring_.front_].what);
  ring_.was_read_.notify_all();
  return taken;
}

std::uint64_t PacketRing::Reader::lost() const {
  const std::lock_guard lock(ring_.mutex_);
  return lost_;
}

// ---- PacketRing ----

void PacketRing::StartSession(const VideoStream& stream, DropPolicy when_full) {
  const std::lock_guard lock(mutex_);
  stream_ = std::make_shared<const VideoStream>(stream);
  when_full_ = when_full;
  ended_ = false;
}

void PacketRing::Push(const Packet& packet) {
  std::unique_lock lock(mutex_);
  SPOTTER_CHECK(stream_ != nullptr);
  Append(StreamPacket{stream_, packet});
  MakeRoom(lock);
}

void PacketRing::NotePicture(std::chrono::microseconds timestamp, Pts pts, UtcTime captured_at) {
  const std::lock_guard lock(mutex_);
  SPOTTER_CHECK(stream_ != nullptr);
  newest_ = std::max(newest_, pts);
  Append(PictureTime{stream_, timestamp, pts, captured_at});
}

void PacketRing::End() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  was_read_.notify_all();
}

void PacketRing::Append(StreamEntry what) {
  bytes_ += BytesOf(what);
  entries_.push_back({std::move(what), newest_});
}

bool PacketRing::IsTooMuch() const {
  return entries_.size() > 1 &&
         (bytes_ > options_.max_bytes || newest_ - entries_.front().pushed_at > options_.max_age);
}

bool PacketRing::IsFrontNeeded() const {
  return std::ranges::any_of(readers_, [this](const Reader* reader) { return reader->next_ <= front_; });
}

void PacketRing::MakeRoom(std::unique_lock<std::mutex>& lock) {
  while (IsTooMuch()) {
    if (when_full_ == DropPolicy::kWait) was_read_.wait(lock, [this] { return ended_ || !IsFrontNeeded(); });
    DropFront();
  }
}

void PacketRing::DropFront() {
  const std::size_t bytes = BytesOf(entries_.front().what);
  for (Reader* reader : readers_) {
    if (reader->next_ > front_) continue;
    reader->next_ = front_ + 1;
    if (bytes > 0) ++reader->lost_;
  }
  bytes_ -= bytes;
  entries_.pop_front();
  ++front_;
}

std::unique_ptr<PacketRing::Reader> PacketRing::OpenReader(Pts from) {
  std::unique_ptr<Reader> reader(new Reader(*this));
  std::vector<StreamEntry> entries;
  std::uint64_t front = 0;
  {
    // From here on a file waits for this reader, so that what is found below is still there.
    const std::lock_guard lock(mutex_);
    front = reader->next_ = front_;
    readers_.insert(reader.get());
    for (const Entry& entry : entries_) entries.push_back(entry.what);
  }
  const std::uint64_t begin = front + KeyframeBefore(entries, from);
  const std::lock_guard lock(mutex_);
  reader->next_ = std::max(begin, front_);
  reader->lost_ = 0;
  was_read_.notify_all();
  return reader;
}

bool PacketRing::has_ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

bool PacketRing::is_live() const {
  const std::lock_guard lock(mutex_);
  return when_full_ == DropPolicy::kDropOldest;
}

std::size_t PacketRing::size_bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace spotter::media
