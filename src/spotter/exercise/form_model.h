// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/exercise/rep_descriptor.h"

namespace spotter::exercise {

// A repetition that somebody has judged.
struct FormExample {
  RepDescriptor rep;
  bool is_wrong = false;
};

// What the right and the wrong repetitions of an exercise differ in: logistic regression on standardised descriptors.
// A plain value, written to and read from a file by config/.
struct FormModel {
  // One number of the descriptor. Its part in the verdict is weight * clamp((value - right) / scale), in favour of
  // "wrong" where that is positive.
  struct Weight {
    Term term;
    double right = 0;  // mean of the right examples
    double scale = 1;  // standard deviation over all examples, > 0
    double weight = 0;
  };
  std::string exercise;  // id
  BodySpace space = BodySpace::kWorld;
  int right_examples = 0;
  int wrong_examples = 0;
  double bias = 0;
  std::vector<Weight> weights;  // in the order of Term::index()
};

// Learns a model. Both classes weigh the same, however many examples they have. Deterministic. kInvalidArgument where
// there are too few examples that show the whole body, with the numbers. All examples are of one space.
// Hosmer & Lemeshow, Applied Logistic Regression, with an L2 penalty; solved by Nesterov's accelerated gradient
// (Introductory Lectures on Convex Optimization, 2004, 2.2.1).
Result<FormModel> LearnForm(std::string exercise, std::span<const FormExample> examples);
inline constexpr int kFewestExamples = 3;  // of each class

// Why a repetition counts as wrong.
struct FormReason {
  Term term;
  Side side = Side::kBoth;  // of the joint; kBoth: of the whole body
  double value = 0;         // radians, torso lengths, or either a second
  double right = 0;         // what the right examples have, in the same unit
  double share = 0;         // of everything that speaks for "wrong", (0, 1]: the joint's
};
// "left_knee", "trunk".
std::string JointName(const FormReason& reason);
// What to tell the athlete: "left knee: bends 12 degrees less than in the right ones".
std::string CueOf(const FormReason& reason);

struct FormVerdict {
  double wrong_probability = 0;
  std::optional<FormReason> reason;  // the joint that speaks most for "wrong"; none where nothing does
  bool IsWrong() const { return wrong_probability > 0.5; }
};

// None where it cannot be told: the descriptor is of another space, a joint that the model needs was hidden, or the
// movement is unlike all examples, right or wrong.
std::optional<FormVerdict> JudgeRep(const FormModel& model, const RepDescriptor& rep);

// How often models that have not seen them judge the examples as they are: the examples, in the order given, are cut
// into at most ten pieces, and each is judged by what the others teach.
struct FormTrial {
  int judged = 0;
  int agreed = 0;
  int false_alarms = 0;  // right ones called wrong
  int right = 0;         // right ones judged
};
FormTrial TryOut(std::span<const FormExample> examples);

}  // namespace spotter::exercise
