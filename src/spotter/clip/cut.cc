// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/cut.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "spotter/clip/span.h"
#include "spotter/media/stream_record.h"

namespace spotter::clip {
namespace {

using media::TimedPacket;
using Packets = std::span<const TimedPacket>;

constexpr double kLongestDuration_s = 1e6;  // NOLINT(readability-identifier-naming): unit suffix

// The packets around the event that one decoder can play: neighbouring sessions with the same parameters.
Packets PlayableTogether(Packets packets, Pts at) {
  if (packets.empty()) return packets;
  const auto after = std::ranges::find_if(packets, [at](const TimedPacket& packet) { return packet.pts > at; });
  const auto event = after == packets.begin() ? after : std::prev(after);
  const auto fits = [&](const TimedPacket& packet) {
    return packet.stream == event->stream || media::HaveSameParameters(*packet.stream, *event->stream);
  };
  const auto end = std::find_if_not(event, packets.end(), fits);
  const auto before = std::find_if_not(std::make_reverse_iterator(event), packets.rend(), fits);
  return {before.base(), end};
}

// Without what comes before the first keyframe and cannot be decoded.
Packets FromFirstKeyframe(Packets packets) {
  const auto keyframe = std::ranges::find_if(packets, [](const TimedPacket& p) { return p.packet.is_keyframe(); });
  return {keyframe, packets.end()};
}

// Those whose pictures can be shown, in the order of showing.
std::vector<const TimedPacket*> InOrderOfShowing(Packets packets) {
  std::vector<const TimedPacket*> shown;
  for (const TimedPacket& packet : packets) {
    // Pictures shown before the keyframe that comes ahead of them need the ones before that.
    if (packet.pts >= packets.front().pts) shown.push_back(&packet);
  }
  std::ranges::stable_sort(shown, {}, [](const TimedPacket* packet) { return packet->pts; });
  // Between pictures that are still to come out of the decoder others may be missing that are still to be sent.
  while (!shown.empty() && !shown.back()->is_decoded) shown.pop_back();
  return shown;
}

std::vector<PictureAt> TimesOf(const std::vector<const TimedPacket*>& shown) {
  std::vector<PictureAt> row;
  row.reserve(shown.size());
  for (const TimedPacket* packet : shown) {
    const bool begins_session = !row.empty() && packet->stream != shown[row.size() - 1]->stream;
    row.push_back({packet->pts, packet->captured_at, begins_session});
  }
  return row;
}

std::chrono::microseconds DurationOf(const TimedPacket& packet) {
  const media::PacketParts parts = packet.packet.parts();
  const double seconds = static_cast<double>(parts.duration) * parts.time_base.numerator / parts.time_base.denominator;
  return FromSeconds(std::clamp(seconds, 0.0, kLongestDuration_s));
}

// From the last keyframe that is shown by the first picture, through the last packet (in decoding order) of all.
Packets ChoosePackets(std::span<const TimedPacket* const> shown) {
  const TimedPacket* first = shown.front();
  while (!(first->packet.is_keyframe() && first->pts <= shown.front()->pts)) --first;
  const TimedPacket* last = *std::ranges::max_element(shown);  // by address
  return {first, last + 1};
}

}  // namespace

Result<Cut> MakeCut(const RecordClip& request, Packets packets, const std::string& end_reason) {
  const Packets together = PlayableTogether(packets, request.at);
  const std::vector<const TimedPacket*> shown = InOrderOfShowing(FromFirstKeyframe(together));
  RowEnds ends = {.before = "it had already left the memory of the camera", .after = end_reason};
  if (!shown.empty()) {
    if (shown.front()->pts <= Pts{0}) ends.before = "the stream began later";
    ends.last_step = DurationOf(*shown.back());
  }
  if (together.data() != packets.data()) ends.before = "the camera had another format before";
  if (together.size() != packets.size() && together.data() + together.size() != packets.data() + packets.size())
    ends.after = "the camera changed its format";
  Result<SpanChoice> choice = ChooseSpan(request, TimesOf(shown), ends);
  if (!choice.ok()) return choice.error();
  const auto visible = std::span(shown).subspan(choice->first, choice->end - choice->first);
  return Cut{ChoosePackets(visible), choice->span, std::move(choice->gaps)};
}

}  // namespace spotter::clip
