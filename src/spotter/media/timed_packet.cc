// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/timed_packet.h"

#include <algorithm>
#include <map>
#include <optional>

namespace spotter::media {
namespace {

using std::chrono::microseconds;

// The pictures of one session.
class SessionTimes {
 public:
  void Add(const PictureTime& picture) { pictures_.push_back(&picture); }
  void Sort() { std::ranges::sort(pictures_, {}, &PictureTime::timestamp); }

  // REQUIRES: Sort was called, at least one picture
  TimedPacket Resolve(const StreamPacket& arrived, microseconds timestamp) const {
    const auto after = std::ranges::upper_bound(pictures_, timestamp, {}, &PictureTime::timestamp);
    const PictureTime& nearest = after == pictures_.begin() ? **after : **std::prev(after);
    const microseconds distance = timestamp - nearest.timestamp;  // 0 for the packet's own picture
    return {arrived.stream, arrived.packet, nearest.pts + distance, nearest.captured_at + distance,
            distance == microseconds{0}};
  }

 private:
  std::vector<const PictureTime*> pictures_;
};

}  // namespace

std::vector<TimedPacket> ResolveTimes(std::span<const StreamEntry> entries) {
  std::map<StreamPtr, SessionTimes> sessions;
  for (const StreamEntry& entry : entries) {
    if (const auto* picture = std::get_if<PictureTime>(&entry)) sessions[picture->stream].Add(*picture);
  }
  for (auto& [stream, times] : sessions) times.Sort();
  std::vector<TimedPacket> timed;
  for (const StreamEntry& entry : entries) {
    const auto* arrived = std::get_if<StreamPacket>(&entry);
    if (arrived == nullptr) continue;
    const auto session = sessions.find(arrived->stream);
    const std::optional<microseconds> timestamp = arrived->packet.shown_at();
    if (session != sessions.end() && timestamp) timed.push_back(session->second.Resolve(*arrived, *timestamp));
  }
  return timed;
}

}  // namespace spotter::media
