// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/cycle_detector.h"

#include <algorithm>
#include <cmath>

namespace spotter::exercise {
namespace {

constexpr float kReturnShare = 0.7F;       // of the way back that ends a cycle
constexpr float kTurnedRoundShare = 0.5F;  // of the way back that is enough when the signal turns round again

constexpr double kRest_s = 0.3;  // without a new low: the way back is over

}  // namespace

float CycleDetector::ExpectedRange() const {
  const float range = high_.value - low_.value;
  return typical_ > 0 ? std::min(range, std::max(typical_, threshold_)) : range;
}

float CycleDetector::Progress(float value) const {
  const float far = std::max(typical_, state_ == State::kAway ? high_.value - low_.value : threshold_);
  return state_ == State::kEmpty || far <= 0 ? 0 : std::clamp((value - low_.value) / far, 0.0F, 1.0F);
}

Cycle CycleDetector::Complete(Extreme end, float base) {
  const Cycle cycle{low_, high_, end, base};
  low_ = end;
  return cycle;
}

std::optional<Cycle> CycleDetector::UpdateHome(Pts pts, float value) {
  if (value <= low_.value) low_ = {pts, value};
  if (value - low_.value >= threshold_) {
    state_ = State::kAway;
    opening_range_ = 0;
    high_ = dip_ = {pts, value};
    return std::nullopt;
  }
  if (opening_range_ <= 0) return std::nullopt;
  if (value >= high_.value) high_ = low_ = {pts, value};
  const bool rests = ToSeconds(pts - low_.pts) >= kRest_s;
  if (!rests && high_.value - value < opening_range_) return std::nullopt;
  return Opening();
}

std::optional<Cycle> CycleDetector::Opening() {
  if (high_.value - low_.value < kReturnShare * opening_range_) return std::nullopt;
  opening_range_ = 0;
  return Cycle{.start = high_, .turn = high_, .end = low_, .base = low_.value, .opening = true};
}

std::optional<Cycle> CycleDetector::Update(Pts pts, float value) {
  if (!std::isfinite(value)) return std::nullopt;
  if (state_ == State::kEmpty) {
    low_ = high_ = {pts, value};
    state_ = State::kHome;
    return std::nullopt;
  }
  if (state_ == State::kHome) return UpdateHome(pts, value);
  if (value >= high_.value) high_ = dip_ = {pts, value};
  if (value < dip_.value) dip_ = {pts, value};
  const float expected = ExpectedRange();
  if (high_.value - value >= std::max(kReturnShare * expected, threshold_)) {
    state_ = State::kHome;
    return Complete({pts, value}, high_.value - expected);
  }
  const float back = high_.value - dip_.value;
  const bool turned_round = value - dip_.value >= threshold_ && back >= threshold_;
  if (!turned_round || back < kTurnedRoundShare * expected) return std::nullopt;
  const Cycle cycle = Complete(dip_, std::max(low_.value, dip_.value));
  high_ = dip_ = {pts, value};
  return cycle;
}

std::optional<Cycle> CycleDetector::Finish() {
  if (state_ == State::kHome && opening_range_ > 0) return Opening();
  if (state_ != State::kAway) return std::nullopt;
  state_ = State::kEmpty;
  if (high_.value - dip_.value < std::max(kTurnedRoundShare * ExpectedRange(), threshold_)) return std::nullopt;
  return Cycle{low_, high_, dip_, std::max(low_.value, dip_.value)};
}

}  // namespace spotter::exercise
