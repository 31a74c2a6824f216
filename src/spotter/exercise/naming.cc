// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/naming.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "spotter/base/median.h"
#include "spotter/exercise/gates.h"
#include "spotter/exercise/working_arm.h"

namespace spotter::exercise {
namespace {

constexpr float kWorstGate = 0.1F;      // what is left of the score's factor where a gate fails completely
constexpr float kUnknownGate = 0.75F;   // where its feature is not seen
constexpr float kReversedCost = 0.95F;  // breaks ties between a movement and its opposite
constexpr float kWrongTempo = 0.5F;
constexpr float kLeastScore = 0.75F;
constexpr double kSharpness = 3;        // exponent of the mean: one failed gate of ten halves the score
constexpr float kLeastLead = 0.02F;     // over the second best of another family
constexpr float kWholeWay = 1.25F;      // from extreme to extreme, in the way between the mean values at both ends
constexpr float kFromTheFront = 0.62F;  // width of the shoulders: turned by less than 35 degrees
constexpr float kClearlyOut = 0.75F;    // of a hand, torso lengths: sideways,
constexpr float kHardlyOut = 0.45F;     // or up and forward
constexpr std::chrono::microseconds kAround{100'000};
constexpr std::size_t kMostAttempts = 12;

CycleSpans SpansOf(const FeatureHistory& history, const Rep& rep, bool reversed) {
  CycleSpans spans{SpanBetween(history, rep.start - kAround, rep.start + kAround / 2),
                   SpanBetween(history, rep.turn - kAround, rep.turn + kAround),
                   SpanBetween(history, rep.start, rep.end)};
  if (reversed) std::swap(spans.start, spans.turn);
  return spans;
}

// Collects one gate's value over the attempts and judges their mean.
class GateMean {
 public:
  void Add(float value) {
    if (std::isnan(value)) return;
    sum_ += value;
    ++count_;
  }
  bool known() const { return count_ > 0; }
  float mean() const { return sum_ / static_cast<float>(count_); }

 private:
  float sum_ = 0;
  int count_ = 0;
};

enum class Part { kStart, kTurn, kChange, kTravel, kDuring };

float ValueOf(const FeatureHistory& history, FeatureRef ref, const CycleSpans& spans, Part part) {
  switch (part) {
    case Part::kStart:
      return Mean(history, ref, spans.start);
    case Part::kTurn:
      return Mean(history, ref, spans.turn);
    case Part::kChange:
      return Mean(history, ref, spans.turn) - Mean(history, ref, spans.start);
    case Part::kTravel:
      return Travel(history, ref, spans.whole);
    case Part::kDuring:
      return Mean(history, ref, spans.whole);
  }
  return kMissing;
}

// What is looked at of one attempt.
struct Look {
  CycleSpans spans;
  Side arm = Side::kBoth;  // that an exercise of the arms asks
};

std::vector<Look> LooksAt(const FeatureHistory& history,
                          const ExerciseDefinition& exercise,
                          std::span<const Attempt> attempts,
                          bool reversed) {
  std::vector<Look> looks;
  looks.reserve(attempts.size());
  for (const Attempt& attempt : attempts)
    looks.push_back({SpansOf(history, attempt.rep, reversed),
                     exercise.is_of_arms() ? WorkingArm(history, attempt.rep) : Side::kBoth});
  return looks;
}

// How much farther apart the hands would get if the other arm did the same, torso lengths: twice as far as this one
// goes out, where somebody is seen from the front and it goes out clearly or hardly.
float SpreadOfBoth(const FeatureHistory& history, Side arm, const CycleSpans& spans) {
  if (!(Mean(history, {Feature::kShoulderWidth}, spans.whole) > kFromTheFront)) return kMissing;
  const float out = ValueOf(history, OfSide({Feature::kWristOut}, arm), spans, Part::kChange);
  if (std::abs(out) <= kHardlyOut) return 0;
  return std::abs(out) >= kClearlyOut ? 2 * out : kMissing;
}

// Where one arm works, that arm is asked.
float Answer(const FeatureHistory& history, FeatureRef ref, const Look& look, Part part) {
  if (look.arm == Side::kBoth) return ValueOf(history, ref, look.spans, part);
  if (ref.feature == Feature::kElbowSpread) return kMissing;
  if (ref.feature == Feature::kWristSpread)
    return part == Part::kChange ? SpreadOfBoth(history, look.arm, look.spans) : kMissing;
  return ValueOf(history, IsOfArms(ref.feature) ? OfSide(ref, look.arm) : ref, look.spans, part);
}

// Half when the repetitions take much longer or shorter than those of the exercise.
float TempoScore(const ExerciseDefinition& exercise, std::span<const Attempt> attempts) {
  const double usual_s = MedianOf(attempts, Duration_s);
  return usual_s < exercise.min_s || usual_s > exercise.max_s ? kWrongTempo : 1.0F;
}

// Who hardly moves in any of an exercise's signals does not do it. Signals that are not seen say nothing.
bool MovesFarEnough(const FeatureHistory& history, const ExerciseDefinition& exercise, std::span<const Look> looks) {
  bool is_seen = false;
  for (const Signal& signal : exercise.signals) {
    GateMean way;
    for (const Look& look : looks) way.Add(Answer(history, signal.feature, look, Part::kChange));
    if (!way.known()) continue;
    is_seen = true;
    if (kWholeWay * (signal.turn_is_high ? way.mean() : -way.mean()) >= signal.min_rom) return true;
  }
  return !is_seen;
}

}  // namespace

float NamingScore(const FeatureHistory& history,
                  const ExerciseDefinition& exercise,
                  std::span<const Attempt> attempts,
                  bool reversed) {
  const std::vector<Look> looks =
      LooksAt(history, exercise, attempts.first(std::min(attempts.size(), kMostAttempts)), reversed);
  double log_sum = 0;
  double weights = 0;
  const auto judge = [&](const std::vector<Gate>& gates, Part part) {
    for (const Gate& gate : gates) {
      GateMean value;
      for (const Look& look : looks) {
        if (IsJudgeable(history, gate, look.spans.whole)) value.Add(Answer(history, gate.feature, look, part));
      }
      const float membership = value.known() ? Membership(gate, value.mean()) : kUnknownGate;
      log_sum += std::log(std::max(membership, kWorstGate));
      weights += 1;
    }
  };
  judge(exercise.start, Part::kStart);
  judge(exercise.turn, Part::kTurn);
  judge(exercise.change, Part::kChange);
  judge(exercise.travel, Part::kTravel);
  judge(exercise.during, Part::kDuring);
  if (weights <= 0 || attempts.empty() || !MovesFarEnough(history, exercise, looks)) return 0;
  const float sense = reversed ? kReversedCost : 1.0F;
  return sense * TempoScore(exercise, attempts) * static_cast<float>(std::exp(kSharpness * log_sum / weights));
}

Naming NameMovement(const FeatureHistory& history, const ExerciseLibrary& library, std::span<const Attempt> attempts) {
  Naming best;
  float second = 0;  // of another family
  if (attempts.empty()) return best;
  for (const ExerciseDefinition& exercise : library.exercises()) {
    if (exercise.kind != Kind::kRepetitions || attempts.size() < LeastReps(exercise)) continue;
    for (const bool reversed : {false, true}) {
      const float score = NamingScore(history, exercise, attempts, reversed);
      const bool same_family = best.exercise != nullptr && best.exercise->family == exercise.family;
      if (score <= best.score) {
        if (!same_family) second = std::max(second, score);
        continue;
      }
      if (!same_family) second = best.score;
      best = {&exercise, score, reversed};
    }
  }
  if (best.score < kLeastScore || best.score < second + kLeastLead) best.exercise = nullptr;
  return best;
}

}  // namespace spotter::exercise
