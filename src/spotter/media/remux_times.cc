// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/remux_times.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

extern "C" {
#include <libavutil/mathematics.h>
}

#include "spotter/base/check.h"
#include "spotter/media/av_handles.h"

namespace spotter::media {
namespace {

// Fine enough for stream time where it takes the place of a container's coarse clock.
constexpr int kLeastTicksPerSecond = 10'000;
// A time stamp this far from stream time was repaired.
constexpr std::chrono::microseconds kSameTime{2'000};
// Between pictures when the clip has only one.
constexpr int kDefaultPicturesPerSecond = 25;

// Ticks of one stream's packets.
class TickClock {
 public:
  TickClock(const TimeBase& time_base, Pts zero) : factor_(time_base.numerator), zero_(zero) {
    ticks_per_s_ = time_base.denominator;
    while (ticks_per_s_ < kLeastTicksPerSecond) {
      ticks_per_s_ *= 2;
      factor_ *= 2;
    }
  }

  int ticks_per_s() const { return ticks_per_s_; }
  std::int64_t FromStreamTime(Pts pts) const {
    return av_rescale_q((pts - zero_).count(), {1, 1'000'000}, {1, ticks_per_s_});
  }
  // The packet's own time stamp, in ticks that may start anywhere.
  std::optional<std::int64_t> FromStamp(std::optional<std::int64_t> stamp) const {
    return stamp ? std::optional(*stamp * factor_) : std::nullopt;
  }
  bool IsSame(std::int64_t ticks, Pts pts) const {
    return std::abs(ticks - FromStreamTime(pts)) <= av_rescale_q(kSameTime.count(), {1, 1'000'000}, {1, ticks_per_s_});
  }

 private:
  std::int64_t factor_;  // ticks per unit of the stream's time base
  Pts zero_;
  int ticks_per_s_ = 0;
};

std::optional<std::int64_t> ShownAt(const Packet& packet) {
  const PacketParts parts = packet.parts();
  return parts.pts ? parts.pts : parts.dts;
}

class TimesMaker {
 public:
  TimesMaker(std::span<const TimedPacket> packets, const Presentation& presentation)
      : packets_(packets), presentation_(presentation), clock_(packets[0].stream->time_base, presentation.start) {}

  RemuxTimes Make() {
    times_.ticks_per_s = clock_.ticks_per_s();
    for (const TimedPacket& packet : packets_) times_.stamps.push_back({.pts = ShowTime(packet), .dts = 0});
    if (!UseSourceDecodeTimes()) MakeDecodeTimes();
    times_.end = EndTime();
    return std::move(times_);
  }

 private:
  std::int64_t ShowTime(const TimedPacket& packet) {
    const std::optional<std::int64_t> stamp = clock_.FromStamp(ShownAt(packet.packet));
    const std::int64_t by_stream_time = clock_.FromStreamTime(packet.pts);
    if (!stamp) return by_stream_time;
    if (packet.stream != session_) {
      session_ = packet.stream;
      offset_ = AnchorOf(packet);
      ++sessions_;
    }
    return clock_.IsSame(*stamp + offset_, packet.pts) ? *stamp + offset_ : by_stream_time;
  }

  // What leads from the time stamps of the packet's session to ticks: exact for the picture at the start.
  std::int64_t AnchorOf(const TimedPacket& first) const {
    const auto is_start = [&](const TimedPacket& packet) {
      return packet.stream == first.stream && packet.pts == presentation_.start && ShownAt(packet.packet);
    };
    const auto start = std::ranges::find_if(packets_, is_start);
    const TimedPacket& anchor = start == packets_.end() ? first : *start;
    return clock_.FromStreamTime(anchor.pts) - *clock_.FromStamp(ShownAt(anchor.packet));
  }

  bool UseSourceDecodeTimes() {
    if (sessions_ != 1) return false;
    std::optional<std::int64_t> last;
    for (std::size_t i = 0; i < packets_.size(); ++i) {
      const std::optional<std::int64_t> stamp = clock_.FromStamp(packets_[i].packet.parts().dts);
      if (!stamp) return false;
      const std::int64_t dts = *stamp + offset_;
      if (dts > times_.stamps[i].pts || (last && dts <= *last)) return false;
      times_.stamps[i].dts = *(last = dts);
    }
    return true;
  }

  // The i-th packet is decoded when the picture `delay` places earlier in the order of showing is shown; `delay` is the
  // least with which no picture is shown before it is decoded.
  void MakeDecodeTimes() {
    std::vector<RemuxTimes::Stamp>& stamps = times_.stamps;
    std::vector<std::int64_t> shown;
    shown.reserve(stamps.size());
    for (const RemuxTimes::Stamp& stamp : stamps) shown.push_back(stamp.pts);
    std::ranges::sort(shown);
    std::ptrdiff_t delay = 0;
    for (std::size_t i = 0; i < stamps.size(); ++i) {
      const auto rank = std::ranges::lower_bound(shown, stamps[i].pts) - shown.begin();
      delay = std::max(delay, static_cast<std::ptrdiff_t>(i) - rank);
    }
    const std::int64_t step = StepOf(shown);
    for (std::ptrdiff_t i = 0; i < std::ssize(stamps); ++i) {
      RemuxTimes::Stamp& stamp = stamps[static_cast<std::size_t>(i)];
      stamp.dts = i < delay ? shown[0] - (delay - i) * step : shown[static_cast<std::size_t>(i - delay)];
      if (i > 0) stamp.dts = std::max(stamp.dts, stamps[static_cast<std::size_t>(i - 1)].dts + 1);
      stamp.pts = std::max(stamp.pts, stamp.dts);
    }
  }

  std::int64_t StepOf(const std::vector<std::int64_t>& shown) const {
    const auto steps = static_cast<std::int64_t>(shown.size()) - 1;
    return std::max<std::int64_t>(
        1, steps > 0 ? (shown.back() - shown.front()) / steps : times_.ticks_per_s / kDefaultPicturesPerSecond);
  }

  // Rounding must not show a picture that is only there because others are predicted from it.
  std::int64_t EndTime() const {
    std::int64_t end = std::max<std::int64_t>(1, clock_.FromStreamTime(presentation_.end));
    for (std::size_t i = 0; i < packets_.size(); ++i) {
      if (packets_[i].pts >= presentation_.end) end = std::min(end, times_.stamps[i].pts);
    }
    return end;
  }

  const std::span<const TimedPacket> packets_;
  const Presentation presentation_;
  const TickClock clock_;
  RemuxTimes times_;
  StreamPtr session_;
  std::int64_t offset_ = 0;  // of the session: ticks = its time stamps + offset_
  int sessions_ = 0;
};

}  // namespace

RemuxTimes MakeRemuxTimes(std::span<const TimedPacket> packets, const Presentation& presentation) {
  SPOTTER_CHECK(!packets.empty());
  return TimesMaker(packets, presentation).Make();
}

}  // namespace spotter::media
