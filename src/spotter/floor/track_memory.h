// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <utility>

#include "spotter/base/time.h"
#include "spotter/core/ids.h"

namespace spotter::floor {

// What was seen of each track in the last moments. `Entry` has the site time `at` of it; what is older than `longest`
// is forgotten, so that a track of the same number, later, inherits nothing. One owner, not thread safe.
template <typename Entry>
class TrackMemory {
 public:
  using Entries = std::deque<Entry>;

  explicit TrackMemory(std::chrono::microseconds longest) : longest_(longest) {}

  // REQUIRES, here and below: times do not fall
  void Add(const CameraId& camera, TrackId track, Entry entry) {
    ForgetBefore(entry.at - longest_);
    entries_[{camera, track}].push_back(std::move(entry));
  }
  // The oldest first. Valid until the next call.
  const Entries& Of(const CameraId& camera, TrackId track, Pts now) {
    static const Entries kNone;
    ForgetBefore(now - longest_);
    const auto it = entries_.find({camera, track});
    return it == entries_.end() ? kNone : it->second;
  }
  // The same, which is forgotten then.
  Entries Take(const CameraId& camera, TrackId track, Pts now) {
    ForgetBefore(now - longest_);
    auto taken = entries_.extract({camera, track});
    return taken.empty() ? Entries() : std::move(taken.mapped());
  }

 private:
  void ForgetBefore(Pts time) {
    for (auto& [track, entries] : entries_) {
      while (!entries.empty() && entries.front().at < time) entries.pop_front();
    }
    std::erase_if(entries_, [](const auto& entry) { return entry.second.empty(); });
  }

  std::chrono::microseconds longest_;
  std::map<std::pair<CameraId, TrackId>, Entries> entries_;
};

}  // namespace spotter::floor
