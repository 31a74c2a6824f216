// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/mirror_watch.h"

#include <utility>

namespace spotter::track {
namespace {

constexpr std::chrono::microseconds kWorthTelling{2'000'000};  // shorter: the person was overlooked for a moment
constexpr std::chrono::microseconds kMayBreak{500'000};        // the reflection may be overlooked for so long

}  // namespace

bool MirrorWatch::Update(Pts now, bool anybody, bool reflection) {
  if (anybody || (stretch_ && now - stretch_->last > kMayBreak)) stretch_.reset();
  if (anybody || !reflection) return false;
  if (!stretch_) stretch_ = Stretch{.start = now, .last = now};
  const Pts before = std::exchange(stretch_->last, now);
  const std::chrono::microseconds duration = now - stretch_->start;
  if (duration < kWorthTelling) return false;
  if (!seen_) seen_ = Seen{.first = stretch_->start};
  seen_->duration += stretch_->is_told ? now - before : duration;
  return !std::exchange(stretch_->is_told, true);
}

}  // namespace spotter::track
