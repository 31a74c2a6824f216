// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/rep_physics.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "spotter/exercise/rep_measure.h"

namespace spotter::exercise {
namespace {

constexpr double kTorso_m = 0.288 * 1.70;
constexpr double kScaleError = 0.08;     // of every length
constexpr double kPlaceError_m = 0.015;  // standard deviation of a height that joints give, after the pose filter
constexpr std::chrono::microseconds kPeakWindow{200'000};
constexpr float kFullWidth = 0.75F;  // of the shoulders seen square on, torso lengths
constexpr double kMostOffPlane_rad = std::numbers::pi / 6;
constexpr std::size_t kFewestReps = 3;  // that a set's figures need

// Angle between the plane that the exercise moves in and the picture, from how wide the shoulders look.
std::optional<double> OffPlane_rad(const FeatureHistory& history, const ExerciseDefinition& exercise, const Rep& rep) {
  const std::optional<Reading> width =
      Read(history, {.feature = {Feature::kShoulderWidth}, .moment = Moment::kStart}, rep);
  if (!width) return std::nullopt;
  const double turned = std::asin(std::clamp<double>(width->value / kFullWidth, 0, 1));  // 0 = from the side
  return exercise.plane == Plane::kSagittal ? turned : std::numbers::pi / 2 - turned;
}

bool IsRangeAssessable(const FeatureHistory& history, const ExerciseDefinition& exercise, const Rep& rep) {
  if (!Read(history, {.feature = exercise.main_angle, .moment = Moment::kTravel}, rep)) return false;
  if (exercise.plane == Plane::kAny) return true;
  const std::optional<double> off_plane = OffPlane_rad(history, exercise, rep);
  return off_plane && *off_plane <= kMostOffPlane_rad;
}

// The lifting phase.
struct Stretch {
  Pts from{0};
  Pts to{0};
};

Stretch Concentric(const ExerciseDefinition& exercise, const Rep& rep) {
  if (exercise.eccentric_first) return {rep.turn + rep.pause_stretched / 2, rep.end};
  return {rep.start, rep.turn - rep.pause_shortened / 2};
}

struct Height {
  Pts at{0};
  double value_m = 0;
};

std::vector<Height> HeightsIn(const FeatureHistory& history, FeatureRef path, const Stretch& phase) {
  std::vector<Height> heights;
  for (std::size_t i = history.IndexAt(phase.from); i < history.frames().size(); ++i) {
    const FeatureFrame& frame = history.frames()[i];
    if (frame.pts > phase.to) break;
    const float value = frame.Get(path);
    if (std::isfinite(value)) heights.push_back({frame.pts, kTorso_m * value});
  }
  return heights;
}

double PeakOf(const std::vector<Height>& heights) {
  double peak = 0;
  std::size_t from = 0;
  for (const Height& to : heights) {
    while (to.at - heights[from].at > kPeakWindow) ++from;
    const double dt_s = ToSeconds(to.at - heights[from].at);
    if (dt_s >= 0.5 * ToSeconds(kPeakWindow))
      peak = std::max(peak, std::abs(to.value_m - heights[from].value_m) / dt_s);
  }
  return peak;
}

// One standard deviation of a speed between two heights: of the scale, and of both places.
double SpeedError(double mps, double duration_s) {
  return std::hypot(kScaleError * mps, std::numbers::sqrt2 * kPlaceError_m / duration_s);
}

std::optional<LoadPath> MeasureLoad(const FeatureHistory& history, const ExerciseDefinition& exercise, const Rep& rep) {
  if (!exercise.load_path) return std::nullopt;
  const std::optional<Reading> travel = Read(history, {.feature = *exercise.load_path, .moment = Moment::kTravel}, rep);
  const std::vector<Height> heights = HeightsIn(history, *exercise.load_path, Concentric(exercise, rep));
  if (!travel || heights.size() < 3) return std::nullopt;
  const double duration_s = ToSeconds(heights.back().at - heights.front().at);
  const double mean_mps = std::abs(heights.back().value_m - heights.front().value_m) / duration_s;
  const double peak_mps = std::max(PeakOf(heights), mean_mps);
  return LoadPath{.range_m = kTorso_m * travel->value,
                  .mean_mps = mean_mps,
                  .peak_mps = peak_mps,
                  .error_mps = SpeedError(mean_mps, duration_s),
                  .peak_error_mps = SpeedError(peak_mps, std::min(ToSeconds(kPeakWindow), duration_s))};
}

// The feature that an exercise's asymmetry rule compares between the sides.
std::optional<Feature> ComparedFeature(const ExerciseDefinition& exercise) {
  const FormRule* rule = FindRule(exercise.form, "asymmetry");
  if (rule == nullptr) return std::nullopt;
  const Feature feature = rule->tests.front().measure.feature.feature;
  return IsPaired(feature) ? std::optional(feature) : std::nullopt;
}

std::optional<double> Asymmetry(const FeatureHistory& history, const ExerciseDefinition& exercise, const Rep& rep) {
  const std::optional<Feature> feature = ComparedFeature(exercise);
  const std::optional<View> view = EstimateView(history, rep);
  // From the side one arm hides the other.
  if (!feature || !view || *view == View::kSide || rep.side != Side::kBoth) return std::nullopt;
  const auto left = Read(history, {.feature = {*feature, SideUse::kLeft}, .moment = Moment::kTravel}, rep);
  const auto right = Read(history, {.feature = {*feature, SideUse::kRight}, .moment = Moment::kTravel}, rep);
  if (!left || !right) return std::nullopt;
  const double most = std::max(left->value, right->value);
  return most > 0 ? std::optional((left->value - right->value) / most) : std::nullopt;
}

// Share of the fastest repetition's speed that the last one had lost.
std::optional<double> VelocityLoss(const Set& set) {
  std::vector<double> speeds;
  for (const Rep& rep : set.reps) {
    if (rep.load && !rep.partial) speeds.push_back(rep.load->mean_mps);
  }
  if (speeds.size() < kFewestReps) return std::nullopt;
  const double best = *std::ranges::max_element(speeds);
  return best > 0 ? std::optional(1 - speeds.back() / best) : std::nullopt;
}

// 1 less the coefficient of variation of the complete repetitions' range.
std::optional<double> Consistency(const Set& set) {
  std::vector<double> ranges;
  for (const Rep& rep : set.reps) {
    if (!rep.partial) ranges.push_back(rep.load ? rep.load->range_m : rep.rom_rad);
  }
  if (ranges.size() < kFewestReps) return std::nullopt;
  double sum = 0;
  for (const double range : ranges) sum += range;
  const double mean = sum / static_cast<double>(ranges.size());
  double squares = 0;
  for (const double range : ranges) squares += (range - mean) * (range - mean);
  if (!(mean > 0)) return std::nullopt;
  return std::clamp(1 - std::sqrt(squares / static_cast<double>(ranges.size())) / mean, 0.0, 1.0);
}

}  // namespace

std::optional<double> PeakSpeed_mps(const FeatureHistory& history, const ExerciseDefinition& exercise, const Rep& rep) {
  if (!exercise.load_path) return std::nullopt;
  const double peak = PeakOf(HeightsIn(history, *exercise.load_path, {rep.start, rep.end}));
  return peak > 0 ? std::optional(peak) : std::nullopt;
}

void MeasureLive(const FeatureHistory& history, const ExerciseDefinition& exercise, Rep& rep) {
  rep.rom_assessable = IsRangeAssessable(history, exercise, rep);
  rep.asymmetry = Asymmetry(history, exercise, rep);
}

void MeasurePhysics(const FeatureHistory& history, const ExerciseDefinition& exercise, Set& set) {
  for (Rep& rep : set.reps) {
    MeasureLive(history, exercise, rep);
    rep.load = MeasureLoad(history, exercise, rep);
  }
  set.velocity_loss = VelocityLoss(set);
  set.consistency = Consistency(set);
}

}  // namespace spotter::exercise
