// SPDX-License-Identifier: Apache-2.0
#include "spotter/enrich/hand_work.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "spotter/base/quantile.h"
#include "spotter/geometry/strokes.h"

namespace spotter::enrich {
namespace {

constexpr std::chrono::microseconds kWindow{2'400'000};
constexpr std::chrono::microseconds kStep{300'000};
constexpr std::chrono::microseconds kFrameGap{200'000};  // longer, and nothing was seen in between
constexpr std::size_t kLeastSamples = 8;
constexpr double kLeastSeen = 0.6;     // share of a window in which the hand is in view
constexpr double kLeastStroke = 0.12;  // torso lengths
constexpr double kIsWiping = 0.62;     // score of a window
constexpr double kTorso_m = 0.5;       // NOLINT(readability-identifier-naming): unit suffix
constexpr double kHeldOut = 0.3;       // of a hand from the hips, torso lengths across
constexpr double kHeldStill = 0.15;    // up and down within a third of a second

// 0 at `low`, 1 at `high`, straight between; `low` may be the larger one.
double Ramp(double value, double low, double high) { return std::clamp((value - low) / (high - low), 0.0, 1.0); }

float MiddleOf(float a, float b, float c) { return std::max(std::min(a, b), std::min(std::max(a, b), c)); }

// Single frames in which a joint jumped go.
std::vector<Point> Smoothed(const std::vector<Point>& path) {
  std::vector<Point> smooth = path;
  for (std::size_t i = 1; i + 1 < path.size(); ++i) {
    smooth[i] = {MiddleOf(path[i - 1].x, path[i].x, path[i + 1].x), MiddleOf(path[i - 1].y, path[i].y, path[i + 1].y)};
  }
  return smooth;
}

// One hand's way in a window, seen from the hips, in torso lengths.
struct HandPath {
  Strokes strokes;
  ValueRange<double> across;
  ValueRange<double> height;  // above the hips
};

std::optional<HandPath> PathOf(std::span<const BodySample> window, std::size_t hand, float torso) {
  std::vector<Point> path;
  for (const BodySample& sample : window) {
    if (sample.hands[hand]) path.push_back((1 / torso) * (*sample.hands[hand] - sample.hips));
  }
  if (path.size() < 3 || static_cast<double>(path.size()) < kLeastSeen * static_cast<double>(window.size()))
    return std::nullopt;
  path = Smoothed(path);
  return HandPath{.strokes = MeasureStrokes(path, {.least = kLeastStroke}),
                  .across = InnerRangeOf(path, [](const Point& p) -> double { return p.x; }),
                  .height = InnerRangeOf(path, [](const Point& p) -> double { return -p.y; })};
}

// Whether the body stays where it is, [0, 1].
double Stays(std::span<const BodySample> window, float torso) {
  const auto scale = static_cast<double>(torso);
  const double feet = InnerRangeOf(window, [](const BodySample& s) -> double { return s.feet.x; }).size() / scale;
  const double hips = InnerRangeOf(window, [](const BodySample& s) -> double { return s.hips.y; }).size() / scale;
  return Ramp(feet, 0.45, 0.25) * Ramp(hips, 0.3, 0.2);
}

// How much the hand's way looks like wiping, [0, 1]. The limits are degrees between what surely is none (as slow as a
// repetition; a touch; upright as a curl; overhead) and what surely is.
double Likeness(const HandPath& hand, const std::optional<HandPath>& other, double seconds) {
  const double quick = Ramp(hand.strokes.count / seconds, 0.8, 1.7);
  const double wide = std::min(Ramp(hand.strokes.extent, 0.12, 0.28), Ramp(hand.strokes.extent, 2.0, 1.5));
  const double flat = Ramp(hand.across.size() / std::max(hand.height.size(), 0.05), 0.5, 1.1);
  const double level = Ramp(hand.height.size(), 0.75, 0.5);
  const double in_reach = Ramp(hand.height.low, -0.85, -0.5) * Ramp(hand.height.high, 1.2, 0.9);
  double alone = 1;  // both hands alike: an exercise, or the rare wipe with both
  if (other) alone = 0.4 + 0.6 * Ramp(other->strokes.extent / std::max(hand.strokes.extent, 0.05), 1.05, 0.65);
  return quick * wide * flat * level * in_reach * alone;
}

struct Scored {
  std::size_t hand = 0;
  double score = 0;
};

Scored Score(std::span<const BodySample> window, float torso) {
  const std::array paths = {PathOf(window, 0, torso), PathOf(window, 1, torso)};
  const double seconds = std::max(1e-3, ToSeconds(window.back().pts - window.front().pts));
  const double stays = Stays(window, torso);
  Scored best;
  for (std::size_t hand = 0; hand < paths.size(); ++hand) {
    if (!paths[hand]) continue;
    // The cube root: a product of so many degrees would be small where each is good.
    const double score = std::cbrt(stays * Likeness(*paths[hand], paths[1 - hand], seconds));
    if (score > best.score) best = {hand, score};
  }
  return best;
}

std::span<const BodySample> WindowAt(std::span<const BodySample> samples, Pts from) {
  const auto first = std::ranges::lower_bound(samples, from, {}, &BodySample::pts);
  const auto end = std::ranges::upper_bound(first, samples.end(), from + kWindow, {}, &BodySample::pts);
  return {first, end};
}

void Add(const WipingStretch& stretch, std::vector<WipingStretch>& stretches) {
  if (!stretches.empty() && stretch.from <= stretches.back().to && stretch.hand == stretches.back().hand) {
    stretches.back().to = stretch.to;
  } else {
    stretches.push_back(stretch);
  }
}

double SecondsOf(const std::vector<WipingStretch>& stretches) {
  std::chrono::microseconds total{0};
  Pts counted = Pts::min();  // stretches of both hands may overlap
  for (const WipingStretch& stretch : stretches) {
    const Pts from = std::max(stretch.from, counted);
    if (stretch.to > from) total += stretch.to - from;
    counted = std::max(counted, stretch.to);
  }
  return ToSeconds(total);
}

double ContactShare(const Subject& subject) {
  std::size_t held = 0;
  for (std::size_t i = 0; i < subject.samples.size(); ++i) {
    const BodySample& sample = subject.samples[i];
    const auto is_held = [&](std::size_t hand) {
      if (!sample.hands[hand]) return false;
      const Point reach = (1 / subject.torso) * (*sample.hands[hand] - sample.hips);
      std::size_t before = i;
      while (before > 0 && sample.pts - subject.samples[before].pts < std::chrono::milliseconds(330)) --before;
      const std::optional<Point>& was = subject.samples[before].hands[hand];
      return std::abs(reach.x) > kHeldOut && reach.y > -1 && reach.y < 0.85F && was &&
             std::abs(was->y - sample.hands[hand]->y) < kHeldStill * subject.torso;
    };
    if (is_held(0) || is_held(1)) ++held;
  }
  return static_cast<double>(held) / static_cast<double>(std::max<std::size_t>(1, subject.samples.size()));
}

}  // namespace

HandWork MeasureHandWork(const Subject& subject) {
  HandWork work;
  if (subject.samples.empty()) return work;
  const Pts last = subject.samples.back().pts;
  for (Pts from = subject.samples.front().pts;
       from == subject.samples.front().pts || from + kWindow <= last + kFrameGap; from += kStep) {
    const std::span<const BodySample> window = WindowAt(subject.samples, from);
    if (window.size() < kLeastSamples) continue;
    const Scored scored = Score(window, subject.torso);
    work.quality = std::max(work.quality, scored.score);
    if (scored.score < kIsWiping) continue;
    Add({.from = window.front().pts, .to = window.back().pts, .hand = scored.hand}, work.stretches);
  }
  work.wiping_s = SecondsOf(work.stretches);
  for (const WipingStretch& stretch : work.stretches) {
    const auto first = std::ranges::lower_bound(subject.samples, stretch.from, {}, &BodySample::pts);
    const auto end = std::ranges::upper_bound(subject.samples, stretch.to, {}, &BodySample::pts);
    const std::optional<HandPath> path = PathOf({first, end}, stretch.hand, subject.torso);
    if (!path) continue;
    work.strokes += path->strokes.count;
    work.extent_m = std::max(work.extent_m, kTorso_m * path->strokes.extent);
  }
  work.contact = ContactShare(subject);
  return work;
}

}  // namespace spotter::enrich
