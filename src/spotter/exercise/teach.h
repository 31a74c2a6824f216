// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/exercise/attempt.h"
#include "spotter/exercise/body_history.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"
#include "spotter/exercise/joints.h"
#include "spotter/exercise/kinematics.h"
#include "spotter/exercise/pose_filter.h"

namespace spotter::exercise {

// What one person did in a recording, as counting sees it: joints -> filtered joints -> features. One owner, not thread
// safe. Holds the last FeatureHistory::kMaxFrames frames of both.
class Demonstration {
 public:
  // REQUIRES: rising pts. Frames closer than the analyzer's smallest interval are left out, as it does.
  void Add(const Joints& joints);
  // The recording is over.
  void Close();
  const FeatureHistory& history() const { return history_; }
  const BodyHistory& bodies() const { return bodies_; }

 private:
  void Append(const Joints& filtered);

  PoseFilter filter_;
  Kinematics kinematics_;
  FeatureHistory history_;
  BodyHistory bodies_;
  std::optional<Pts> last_seen_;
};

struct Lesson {
  std::string id;     // of the exercise to be
  std::string title;  // what people read
  int reps = 0;       // how many repetitions the demonstration holds, >= 2
};

// A known exercise beside the taught one: how well its definition fits the demonstrated movement.
struct Rival {
  std::string id;
  float score = 0;  // [0, 1], as NameMovement sees it
};

struct Taught {
  ExerciseDefinition definition;
  std::vector<Attempt> attempts;  // the demonstrated repetitions, in time order
  float own_score = 0;            // [0, 1]: how well the new definition fits the demonstration
  std::vector<Rival> rivals;      // exercises of the library that are told by their repetitions, best first
  float Separation() const { return rivals.empty() ? own_score : own_score - rivals.front().score; }
};

// Makes an exercise definition from one demonstrated set. Every feature of the body is tried as a signal, in both
// senses; those that show exactly `lesson.reps` alike cycles are compared, the clearest (range over its scatter) leads,
// and up to two that turn at the same times stand in for it where a view hides joints. The postures at both ends, their
// scatter and the least that a pose network scatters by become the gates. kNotFound when no feature shows that many
// repetitions; the message says what was seen instead.
Result<Taught> Teach(const FeatureHistory& history, const Lesson& lesson, const ExerciseLibrary& library);

}  // namespace spotter::exercise
