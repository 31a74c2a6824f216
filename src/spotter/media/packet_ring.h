// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "spotter/base/bounded_queue.h"
#include "spotter/media/timed_packet.h"

namespace spotter::media {

struct PacketRingOptions {
  // Stream time to look back. An event becomes known some seconds after its true time; this must cover the longest such
  // delay, the pre-roll and the distance between two keyframes.
  std::chrono::microseconds max_age{60'000'000};
  std::size_t max_bytes = 64U << 20U;  // of encoded pictures; whichever is reached first
};

// The last encoded pictures of one camera, with their times, for clips of what has already happened. Packets are shared
// with the decoder and the readers, never copied. One thread (the source's) fills it, any thread may read; readers
// are destroyed before the ring.
class PacketRing {
 public:
  // A place in the stream that moves on by reading. One thread.
  class Reader {
   public:
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    // What has come since the last call; never waits.
    std::vector<StreamEntry> Take();
    // Packets that left the ring before they were read.
    std::uint64_t lost() const;

   private:
    friend class PacketRing;
    explicit Reader(PacketRing& ring) : ring_(ring) {}
    PacketRing& ring_;
    // Guarded by the ring's mutex.
    std::uint64_t next_ = 0;  // number of the entry to read
    std::uint64_t lost_ = 0;
  };

  explicit PacketRing(const PacketRingOptions& options = {}) : options_(options) {}
  PacketRing(const PacketRing&) = delete;
  PacketRing& operator=(const PacketRing&) = delete;

  // What follows belongs to a new session. When the ring is full, `kWait` makes Push wait for readers that are behind
  // (a file can wait), with `kDropOldest` they lose the oldest packets (a camera cannot).
  void StartSession(const VideoStream& stream, DropPolicy when_full);
  // REQUIRES: StartSession
  void Push(const Packet& packet);
  // A picture of this session was decoded; `timestamp` on the stream's own clock.
  void NotePicture(std::chrono::microseconds timestamp, Pts pts, UtcTime captured_at);
  // Nothing more will come, unless a new session starts; Push does not wait any more. Any thread.
  void End();

  // A reader that begins at the last keyframe whose picture is shown at or before `from`, else at the oldest keyframe.
  std::unique_ptr<Reader> OpenReader(Pts from);

  bool has_ended() const;
  // Nobody can make the source wait: what does not come in time does not come.
  bool is_live() const;
  std::size_t size_bytes() const;

 private:
  struct Entry {
    StreamEntry what;
    Pts pushed_at;  // the newest picture then
  };

  void Append(StreamEntry what);  // REQUIRES: mutex_ is held
  bool IsTooMuch() const;         // REQUIRES: mutex_ is held
  bool IsFrontNeeded() const;     // REQUIRES: mutex_ is held
  void MakeRoom(std::unique_lock<std::mutex>& lock);
  void DropFront();  // REQUIRES: mutex_ is held

  const PacketRingOptions options_;
  mutable std::mutex mutex_;  // guards the rest
  std::condition_variable was_read_;
  StreamPtr stream_;
  DropPolicy when_full_ = DropPolicy::kDropOldest;
  std::deque<Entry> entries_;
  std::uint64_t front_ = 0;  // number of entries_.front(), counted from the first one ever
  std::size_t bytes_ = 0;
  Pts newest_{0};
  bool ended_ = false;
  std::set<Reader*> readers_;
};

}  // namespace spotter::media
