// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/rep_descriptor.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "spotter/base/median.h"
#include "spotter/base/quantile.h"
#include "spotter/exercise/feature.h"

namespace spotter::exercise {
namespace {

constexpr std::size_t kFewestFrames = 8;
constexpr double kKnownShare = 0.8;
// Under these, travel and speed are the scatter of the joints: two degrees, one and a half degrees a second.
constexpr double kLeastTravel = 0.035;
constexpr double kLeastSpeed = 0.026;
constexpr std::chrono::microseconds kSpeedWindow{295'000};  // nine frames at 30 Hz, three at 10
// Across the picture a line from shoulder to shoulder shorter than this share of its length says nothing.
constexpr float kLeastAcross = 0.3F;

constexpr std::array<std::string_view, kStatisticCount> kNames = {"low", "high", "travel", "speed"};

struct BodyFrame {
  Pts pts{0};
  Body body;
};

// Whether so many known frames of all say something about the whole.
bool IsEnough(std::size_t known, std::size_t all) {
  return known >= kFewestFrames && static_cast<double>(known) >= kKnownShare * static_cast<double>(all);
}

float MedianOrMissing(std::vector<float> values) { return values.empty() ? kMissing : Median(std::move(values)); }

std::vector<BodyFrame> BodiesOf(std::span<const Joints> frames, BodySpace space) {
  std::vector<BodyFrame> bodies;
  bodies.reserve(frames.size());
  for (const Joints& joints : frames) {
    if (const std::optional<Body> body = MakeBody(joints, space)) bodies.push_back({joints.pts, *body});
  }
  return bodies;
}

// Turns the bodies so that their left, as it was on average, lies at the right of the picture.
void TurnToCamera(std::vector<BodyFrame>& frames) {
  WorldPoint sum;
  for (const BodyFrame& frame : frames) {
    const WorldPoint across = Across(frame.body);
    if (std::isnan(across.x + across.y + across.z)) continue;
    sum = {sum.x + across.x, sum.y + across.y, sum.z + across.z};
  }
  // Of somebody who lies on the side it points up.
  const float level = std::hypot(sum.x, sum.z);
  if (!(level > kLeastAcross * std::hypot(level, sum.y))) return;
  const float angle = -std::atan2(sum.z, sum.x);
  for (BodyFrame& frame : frames) frame.body = TurnedAboutVertical(frame.body, angle);
}

float TorsoOf(const std::vector<BodyFrame>& frames) {
  std::vector<float> lengths;
  for (const BodyFrame& frame : frames) {
    if (const float length = TorsoLength(frame.body); length > 0) lengths.push_back(length);
  }
  return MedianOrMissing(std::move(lengths));
}

// A measure over the frames in which it is known.
struct Curve {
  std::vector<float> values;
  std::vector<Pts> times;
};

// Radians or torso lengths a second, from the means of windows of 0.3 s: in single frames the scatter of the joints
// moves more than they do, and the more so the more frames there are.
double SpeedOf(const Curve& curve) {
  double way = 0;
  std::optional<double> before;
  std::size_t first = 0;
  while (first < curve.values.size()) {
    double sum = 0;
    std::size_t next = first;
    while (next < curve.values.size() && curve.times[next] < curve.times[first] + kSpeedWindow)
      sum += curve.values[next++];
    const double mean = sum / static_cast<double>(next - first);
    if (before) way += std::abs(mean - *before);
    before = mean;
    first = next;
  }
  return way / ToSeconds(curve.times.back() - curve.times.front());
}

std::array<double, kStatisticCount> StatisticsOf(const Curve& curve) {
  const ValueRange<float> inner = InnerRange(curve.values);
  const double low = inner.low;
  const double high = inner.high;
  return {low, high, std::log(high - low + kLeastTravel), std::log(SpeedOf(curve) + kLeastSpeed)};
}

using Curves = std::array<Curve, kMeasureCount>;

Curves MeasureAll(const std::vector<BodyFrame>& frames, float torso_length) {
  Curves curves;
  for (const BodyFrame& frame : frames) {
    const std::array<float, kMeasureCount> measured = MeasureBody(frame.body, torso_length);
    for (std::size_t i = 0; i < kMeasureCount; ++i) {
      if (!std::isfinite(measured[i])) continue;
      curves[i].values.push_back(measured[i]);
      curves[i].times.push_back(frame.pts);
    }
  }
  return curves;
}

// Sum of the ranges of one side's joint angles.
float MovementOf(const Curves& curves, LimbRole limb) {
  float sum = 0;
  for (const std::string_view joint : {"elbow", "shoulder", "hip", "knee"})
    sum += InnerRange(curves[IndexOf(joint, limb)].values).size();
  return sum;
}

}  // namespace

std::string TermName(Term term) {
  return fmt::format("{}.{}", MeasureName(term.measure), kNames[static_cast<std::size_t>(term.statistic)]);
}

std::optional<Term> ParseTerm(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::optional<std::size_t> measure = ParseMeasure(name.substr(0, dot));
  const auto* const statistic = std::ranges::find(kNames, name.substr(dot + 1));
  if (!measure || statistic == kNames.end()) return std::nullopt;
  return Term{*measure, static_cast<Statistic>(statistic - kNames.begin())};
}

double ValueOf(Statistic statistic, double stored) {
  if (statistic == Statistic::kTravel) return std::exp(stored) - kLeastTravel;
  if (statistic == Statistic::kSpeed) return std::exp(stored) - kLeastSpeed;
  return stored;
}

std::optional<RepDescriptor> DescribeRep(std::span<const Joints> frames, BodySpace space) {
  std::vector<BodyFrame> bodies = BodiesOf(frames, space);
  if (!IsEnough(bodies.size(), frames.size())) return std::nullopt;
  if (space == BodySpace::kWorld) TurnToCamera(bodies);
  const float torso_length = TorsoOf(bodies);
  if (!(torso_length > 0)) return std::nullopt;
  RepDescriptor descriptor{.space = space};
  Curves curves = MeasureAll(bodies, torso_length);
  if (MovementOf(curves, LimbRole::kOther) > MovementOf(curves, LimbRole::kWorking)) {
    descriptor.working = Side::kRight;
    for (BodyFrame& frame : bodies) frame.body = Mirrored(frame.body);
    curves = MeasureAll(bodies, torso_length);
  }
  descriptor.values.fill(kMissing);
  for (std::size_t i = 0; i < kMeasureCount; ++i) {
    if (!IsEnough(curves[i].values.size(), bodies.size())) continue;
    std::ranges::copy(StatisticsOf(curves[i]),
                      descriptor.values.begin() + static_cast<std::ptrdiff_t>(i * kStatisticCount));
  }
  return descriptor;
}

}  // namespace spotter::exercise
