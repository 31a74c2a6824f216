// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/principal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace spotter::exercise {
namespace {

// Features that vary with the posture only, in radians and torso lengths, which are of one size.
constexpr std::array kPaired = {Feature::kKnee,        Feature::kHip,         Feature::kElbow,      Feature::kShoulder,
                                Feature::kWristHeight, Feature::kElbowHeight, Feature::kKneeHeight, Feature::kWristOut};
constexpr std::array kSingle = {Feature::kTorsoLean,      Feature::kTorsoLength, Feature::kHipHeight,
                                Feature::kShoulderHeight, Feature::kWristSpread, Feature::kAnkleSpread,
                                Feature::kHipsY,          Feature::kShouldersY};
constexpr std::size_t kColumns = 2 * kPaired.size() + kSingle.size();
constexpr int kMaxIterations = 400;
constexpr double kConverged = 1e-10;   // change of the direction, squared
constexpr float kMostMissing = 0.4F;   // of the frames; such a feature is left out
constexpr float kMaxDeviation = 2.5F;  // of a feature's standard deviation; farther values are noise and are clipped
constexpr double kGridS = 1.0 / 15;    // of the autocorrelation
constexpr double kShortestPeriodS = 0.35;
constexpr float kFirstPeakShare = 0.6F;  // of the highest peak that the first one needs

constexpr std::size_t kPostures = 200;  // looked at to find where the body rests:
constexpr double kLingerShare = 0.2;    // of them lie nearest there

using Column = std::vector<float>;
using Vector = std::array<double, kColumns>;

// Fills gaps by straight lines and the ends by the nearest value.
void FillGaps(Column& column) {
  std::size_t last = column.size();
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (std::isnan(column[i])) continue;
    const std::size_t from = last == column.size() ? 0 : last + 1;
    for (std::size_t k = from; k < i; ++k) {
      const float share = static_cast<float>(k - from + 1) / static_cast<float>(i - from + 1);
      column[k] = last == column.size() ? column[i] : column[last] + share * (column[i] - column[last]);
    }
    last = i;
  }
  if (last == column.size()) {
    std::fill(column.begin(), column.end(), 0.0F);
    return;
  }
  std::fill(column.begin() + static_cast<std::ptrdiff_t>(last), column.end(), column[last]);
}

// Removes the mean and clips outliers.
void Center(Column& column) {
  const auto n = static_cast<double>(column.size());
  double sum = 0;
  double squares = 0;
  for (const float v : column) {
    sum += v;
    squares += static_cast<double>(v) * v;
  }
  const double mean = sum / n;
  const auto limit = static_cast<float>(kMaxDeviation * std::sqrt(std::max(squares / n - mean * mean, 0.0)));
  for (float& v : column) v = std::clamp(v - static_cast<float>(mean), -limit, limit);
}

// None where the feature is hardly seen.
std::optional<Column> Filled(const FeatureHistory& history, Span span, FeatureRef ref) {
  Column column;
  column.reserve(span.last - span.first + 1);
  for (const FeatureFrame& frame : history.frames().subspan(span.first, span.last - span.first + 1))
    column.push_back(frame.Get(ref));
  const auto missing = std::ranges::count_if(column, [](float v) { return std::isnan(v); });
  if (static_cast<float>(missing) > kMostMissing * static_cast<float>(column.size())) return std::nullopt;
  if (missing > 0) FillGaps(column);
  return column;
}

// Of limbs in pairs the lower and the higher value instead of the left and the right one, of both where one is missing.
std::pair<Column, Column> LowAndHigh(std::optional<Column> left, std::optional<Column> right, std::size_t frames) {
  if (!left) left = right ? *right : Column(frames, 0.0F);
  if (!right) right = left;
  for (std::size_t i = 0; i < frames; ++i) {
    if ((*left)[i] > (*right)[i]) std::swap((*left)[i], (*right)[i]);
  }
  return {*std::move(left), *std::move(right)};
}

// What is guessed, or hardly seen, does not move.
std::vector<Column> MakeColumns(const FeatureHistory& history, Span span) {
  const std::size_t frames = span.last - span.first + 1;
  std::vector<Column> columns;
  columns.reserve(kColumns);
  const auto filled = [&](Feature feature, SideUse use) -> std::optional<Column> {
    if (!IsSeen(history, feature, span)) return std::nullopt;
    return Filled(history, span, {feature, use});
  };
  for (const Feature feature : kPaired) {
    auto [low, high] = LowAndHigh(filled(feature, SideUse::kLeft), filled(feature, SideUse::kRight), frames);
    columns.push_back(std::move(low));
    columns.push_back(std::move(high));
  }
  for (const Feature feature : kSingle)
    columns.push_back(filled(feature, SideUse::kMean).value_or(Column(frames, 0.0F)));
  for (Column& column : columns) Center(column);
  return columns;
}

// Scalar product, in sums that do not wait for one another. REQUIRES: as many values in both
template <typename Value>
double Dot(std::span<const Value> a, std::span<const Value> b) {
  std::array<Value, 16> sums{};
  std::size_t i = 0;
  for (; i + sums.size() <= a.size(); i += sums.size()) {
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += a[i + k] * b[i + k];
  }
  for (; i < a.size(); ++i) sums[i % sums.size()] += a[i] * b[i];
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

using Matrix = std::array<Vector, kColumns>;

Matrix Covariance(const std::vector<Column>& columns) {
  // In double precision: rounded sums would leave directions in which nothing varies.
  std::vector<std::vector<double>> exact;
  exact.reserve(columns.size());
  for (const Column& column : columns) exact.emplace_back(column.begin(), column.end());
  Matrix matrix{};
  for (std::size_t a = 0; a < kColumns; ++a) {
    for (std::size_t b = a; b < kColumns; ++b)
      matrix[a][b] = matrix[b][a] = Dot<double>(exact[a], exact[b]) / static_cast<double>(exact[a].size());
  }
  return matrix;
}

// The strongest direction, taken out of the matrix, and its variance: 0 when there is none left.
double StrongestDirection(Matrix& matrix, Vector& direction) {
  // Any start that no direction is likely to be at right angles to.
  for (std::size_t i = 0; i < kColumns; ++i) direction[i] = i % 2 == 0 ? 1.3 : 0.7;
  double variance = 0;
  for (int iteration = 0; iteration < kMaxIterations; ++iteration) {
    Vector next{};
    // By rows of the symmetric matrix: the sums do not wait for one another.
    for (std::size_t b = 0; b < kColumns; ++b) {
      for (std::size_t a = 0; a < kColumns; ++a) next[a] += matrix[b][a] * direction[b];
    }
    double norm = 0;
    for (const double v : next) norm += v * v;
    variance = std::sqrt(norm);
    if (variance < 1e-9) return 0;
    double moved = 0;
    for (std::size_t i = 0; i < kColumns; ++i) {
      const double value = next[i] / variance;
      moved += (value - direction[i]) * (value - direction[i]);
      direction[i] = value;
    }
    if (moved < kConverged) break;
  }
  for (std::size_t a = 0; a < kColumns; ++a) {
    for (std::size_t b = 0; b < kColumns; ++b) matrix[a][b] -= variance * (direction[a] * direction[b]);
  }
  return variance;
}

// An eigenvector's sign is arbitrary: one is taken, so that of two senses with equally many cycles always the same one
// is counted.
void FixSign(Vector& direction) {
  double largest = 0;
  for (std::size_t k = 0; k < kPaired.size(); ++k) {
    const double both = direction[2 * k] + direction[2 * k + 1];
    if (std::abs(both) > std::abs(largest)) largest = both;
  }
  for (std::size_t k = 2 * kPaired.size(); k < kColumns; ++k) {
    if (std::abs(direction[k]) > std::abs(largest)) largest = direction[k];
  }
  if (largest >= 0) return;
  for (double& d : direction) d = -d;
}

// The series at kGridS by linear interpolation, its mean removed.
std::vector<float> OnGrid(const FeatureHistory& history, const Series& series) {
  std::vector<float> grid;
  const auto time = [&](std::size_t i) { return ToSeconds(history.frames()[i].pts); };
  const double stop = time(series.end() - 1);
  std::size_t i = series.first;
  std::size_t j = std::min(i + 1, series.end() - 1);
  double ti = time(i);
  double tj = time(j);
  double sum = 0;
  for (double t = ti; t <= stop; t += kGridS) {
    while (i + 2 < series.end() && tj < t) {
      i = j++;
      ti = tj;
      tj = time(j);
    }
    const auto share = static_cast<float>(tj > ti ? std::clamp((t - ti) / (tj - ti), 0.0, 1.0) : 0.0);
    grid.push_back(series.At(i) + share * (series.At(j) - series.At(i)));
    sum += grid.back();
  }
  for (float& v : grid) v -= static_cast<float>(sum / static_cast<double>(grid.size()));
  return grid;
}

std::vector<float> Autocorrelation(std::span<const float> grid) {
  std::vector<float> correlation;
  const std::size_t longest = grid.size() * 2 / 3;
  std::vector<double> energy{0};  // of the values before each one
  for (const float v : grid) energy.push_back(energy.back() + static_cast<double>(v) * v);
  for (std::size_t lag = 0; lag < longest; ++lag) {
    const double dot = Dot<float>(grid.first(grid.size() - lag), grid.subspan(lag));
    const double a = energy[grid.size() - lag];
    const double b = energy.back() - energy[lag];
    correlation.push_back(a > 0 && b > 0 ? static_cast<float>(dot / std::sqrt(a * b)) : 0);
  }
  return correlation;
}

std::vector<Series> EveryNth(std::span<const Series> components, std::size_t n) {
  std::vector<Series> some(components.size());
  for (std::size_t k = 0; k < components.size(); ++k) {
    for (std::size_t i = 0; i < components[k].values.size(); i += n) some[k].values.push_back(components[k].values[i]);
  }
  return some;
}

// Of all postures from one of them, in the components' space. REQUIRES: as many distances as values
void SquaredDistances(std::span<const Series> components, std::size_t from, Column& distances) {
  std::ranges::fill(distances, 0.0F);
  for (const Series& component : components) {
    const float there = component.values[from];
    for (std::size_t i = 0; i < distances.size(); ++i) {
      const float apart = component.values[i] - there;
      distances[i] += apart * apart;
    }
  }
}

}  // namespace

std::vector<Series> PrincipalComponents(const FeatureHistory& history, Span span, std::size_t count) {
  const std::vector<Column> columns = MakeColumns(history, span);
  Matrix matrix = Covariance(columns);
  std::vector<Series> components;
  Vector direction;
  while (components.size() < count && StrongestDirection(matrix, direction) > 0) {
    FixSign(direction);
    Series component{.first = span.first, .values = std::vector<float>(columns[0].size(), 0.0F)};
    for (std::size_t k = 0; k < kColumns; ++k) {
      for (std::size_t i = 0; i < columns[k].size(); ++i)
        component.values[i] += static_cast<float>(direction[k]) * columns[k][i];
    }
    components.push_back(std::move(component));
  }
  return components;
}

Series DistanceFromRest(std::span<const Series> components) {
  const Series& first = components.front();
  const std::size_t step = first.values.size() / kPostures + 1;
  std::size_t rest = 0;
  float least = std::numeric_limits<float>::infinity();
  const std::vector<Series> postures = EveryNth(components, step);
  Column distances((first.values.size() + step - 1) / step);
  const auto near = static_cast<std::ptrdiff_t>(kLingerShare * distances.size());
  for (std::size_t a = 0; a < distances.size(); ++a) {
    SquaredDistances(postures, a, distances);
    // Most postures need no order among their distances to be seen to have fewer near ones.
    if (std::ranges::count_if(distances, [&](float distance) { return distance < least; }) <= near) continue;
    std::nth_element(distances.begin(), distances.begin() + near, distances.end());
    least = distances[near];
    rest = a * step;
  }
  Series series{.first = first.first, .values = Column(first.values.size())};
  SquaredDistances(components, rest, series.values);
  for (float& value : series.values) value = std::sqrt(value);
  return series;
}

Period EstimatePeriod(const FeatureHistory& history, const Series& series) {
  const std::vector<float> correlation = Autocorrelation(OnGrid(history, series));
  struct Peak {
    std::size_t lag;
    float value;
  };
  std::vector<Peak> peaks;
  bool dipped = false;
  float highest = 0;
  for (std::size_t lag = 1; lag + 1 < correlation.size(); ++lag) {
    dipped |= correlation[lag] < 0.2F;
    const bool is_peak = correlation[lag] >= correlation[lag - 1] && correlation[lag] > correlation[lag + 1];
    if (!dipped || !is_peak || static_cast<double>(lag) * kGridS < kShortestPeriodS) continue;
    peaks.push_back({lag, correlation[lag]});
    highest = std::max(highest, correlation[lag]);
  }
  for (const Peak& peak : peaks) {
    if (peak.value >= kFirstPeakShare * highest) return {static_cast<double>(peak.lag) * kGridS, peak.value};
  }
  return {};
}

Series Smoothed(const FeatureHistory& history, const Series& series, double half_s) {
  Column filled = series.values;
  FillGaps(filled);
  const std::size_t n = filled.size();
  std::vector<double> times_s;
  times_s.reserve(n);
  for (const FeatureFrame& frame : history.frames().subspan(series.first, n)) times_s.push_back(ToSeconds(frame.pts));
  Series result{.first = series.first};
  result.values.reserve(n);
  std::size_t from = 0;
  std::size_t to = 0;
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double time_s = times_s[i];
    // The window shrinks at the ends, so that it stays symmetric and has no lag.
    const double half = std::min({half_s, time_s - times_s.front(), times_s.back() - time_s}) + 1e-6;
    while (to < n && times_s[to] <= time_s + half) sum += filled[to++];
    while (to > 0 && times_s[to - 1] > time_s + half) sum -= filled[--to];
    while (times_s[from] < time_s - half) sum -= filled[from++];
    while (from > 0 && times_s[from - 1] >= time_s - half) sum += filled[--from];
    result.values.push_back(static_cast<float>(sum / static_cast<double>(to - from)));
  }
  return result;
}

}  // namespace spotter::exercise
