// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "spotter/exercise/body_posture.h"
#include "spotter/exercise/joints.h"

namespace spotter::exercise {

// What is told of a measure's curve over one repetition: its 10th and 90th percentile, how far these lie apart, and its
// mean absolute change a second.
enum class Statistic : std::size_t { kLow, kHigh, kTravel, kSpeed };
inline constexpr std::size_t kStatisticCount = 4;

// A measure's statistic, and its place in a descriptor.
struct Term {
  std::size_t measure = 0;
  Statistic statistic = Statistic::kLow;
  std::size_t index() const { return measure * kStatisticCount + static_cast<std::size_t>(statistic); }
  static Term At(std::size_t index) {
    return {index / kStatisticCount, static_cast<Statistic>(index % kStatisticCount)};
  }
  bool operator==(const Term&) const = default;
};
// "working.knee.low", "trunk_lean.speed".
std::string TermName(Term term);
std::optional<Term> ParseTerm(std::string_view name);
inline constexpr std::size_t kTermCount = kMeasureCount * kStatisticCount;

// One repetition as numbers that a mirror, the length of the body, the frame rate and, in metres, the side of the
// camera leave as they are: the side that moves more is always the "working" one, lengths are in torso lengths, and a
// body in metres is turned so that its left lies at the right of the picture.
struct RepDescriptor {
  BodySpace space = BodySpace::kWorld;
  Side working = Side::kLeft;  // the person's own
  // By Term::index(), radians or torso lengths; travel and speed as they are stored, see StoredFrom. NaN: its joints
  // were hidden for more than a fifth of the repetition.
  std::array<double, kTermCount> values{};

  double Get(Term term) const { return values[term.index()]; }
};

// Travel and speed are kept as logarithms, because twice as fast differs from as fast as half as fast does. Their
// value in radians (torso lengths), radians a second; other statistics are kept as they are.
double ValueOf(Statistic statistic, double stored);

// Describes a repetition by its frames. None when they are fewer than eight, shoulders or hips are hidden or the frames
// are not of that space (four fifths of them must be).
std::optional<RepDescriptor> DescribeRep(std::span<const Joints> frames, BodySpace space);

}  // namespace spotter::exercise
