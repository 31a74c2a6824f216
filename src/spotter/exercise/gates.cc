// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/gates.h"

#include <algorithm>
#include <cmath>

namespace spotter::exercise {
namespace {

// What a cycle loses when none of its gates can be seen.
constexpr float kUnseenCost = 0.5F;

struct Tally {
  float score = 1;
  int seen = 0;
  int unseen = 0;

  void Add(const Gate& gate, float value) {
    if (std::isnan(value)) {
      ++unseen;
      return;
    }
    ++seen;
    score *= Membership(gate, value);
  }
};

}  // namespace

bool IsJudgeable(const FeatureHistory& history, const Gate& gate, Span whole) {
  return gate.weight >= 1 || IsSeen(history, gate.feature.feature, whole);
}

float Membership(const Gate& gate, float value) {
  const float beyond = std::max({gate.low - value, value - gate.high, 0.0F});
  if (beyond <= 0) return 1;
  const float lost = gate.soft > 0 ? std::min(beyond / gate.soft, 1.0F) : 1.0F;
  return 1 - gate.weight * lost;
}

float GateScore(const FeatureHistory& history, const ExerciseDefinition& exercise, const CycleSpans& spans) {
  Tally tally;
  const auto mean = [&](const Gate& gate, Span span) { return Mean(history, gate.feature, span); };
  const auto add = [&](const Gate& gate, float value) {
    tally.Add(gate, IsJudgeable(history, gate, spans.whole) ? value : kMissing);
  };
  for (const Gate& gate : exercise.start) add(gate, mean(gate, spans.start));
  for (const Gate& gate : exercise.turn) add(gate, mean(gate, spans.turn));
  for (const Gate& gate : exercise.change) add(gate, mean(gate, spans.turn) - mean(gate, spans.start));
  for (const Gate& gate : exercise.travel) add(gate, Travel(history, gate.feature, spans.whole));
  for (const Gate& gate : exercise.during) add(gate, mean(gate, spans.whole));
  if (tally.seen + tally.unseen == 0) return 1;
  const float unseen = static_cast<float>(tally.unseen) / static_cast<float>(tally.seen + tally.unseen);
  return tally.score * (1 - kUnseenCost * unseen);
}

}  // namespace spotter::exercise
