// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "spotter/core/event.h"
#include "spotter/core/ids.h"
#include "spotter/core/scene.h"
#include "spotter/exercise/doubt_buffer.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/person_analyzer.h"

namespace spotter::exercise {

struct ExerciseAnalyzerOptions {
  ExerciseLibrary library;
  GymId gym_id;
  std::string pinned_exercise;  // id: everybody does this one; empty = found by itself
  double gone_s = 10.5;      // a person not seen for longer (ten seconds and some frames) has left: the set is closed
  double idle_close_s = 60;  // a set without a repetition for this long is over
  double longest_doubt_s = 12;  // of somebody in doubt so much is kept, to be analysed when it is a person
  FormOptions form;
};

// The exercise stage: for every person of the scene, which exercise, which repetitions, which sets, what activity.
// Pure: no clock, no thread, no I/O; the same scenes give the same events. State is keyed by person, never by track id.
// Who is in doubt raises nothing: the frames are kept and analysed when it is a person after all, with their own times.
// A person in several cameras is followed in the one that saw them first, until it loses them.
// Used by one thread.
class ExerciseAnalyzer {
 public:
  using Options = ExerciseAnalyzerOptions;
  explicit ExerciseAnalyzer(Options options);
  ~ExerciseAnalyzer();
  ExerciseAnalyzer(const ExerciseAnalyzer&) = delete;
  ExerciseAnalyzer& operator=(const ExerciseAnalyzer&) = delete;

  // Counts with other exercises from now on; sets under way are finished with those that they began with. The form
  // models stay.
  void Adopt(const ExerciseLibrary& library);

  // Fills activity and set of each person; returns the events that became known.
  std::vector<Event> Update(Scene& scene);
  // The stream is over: closes and settles every set.
  std::vector<Event> Finish();

  const ExerciseLibrary& library() const { return playbook_->all; }
  std::size_t people() const { return people_.size(); }

 private:
  struct Entry;
  // What an event's envelope needs.
  struct Stamp {
    CameraId camera_id;
    Pts now{0};
    std::optional<UtcTime> captured_at;
  };

  void DropReflections(const Scene& scene);
  void UpdatePerson(ScenePerson& person, const Scene& scene, std::vector<Event>& events);
  void ForgetGone(const Scene& scene, std::vector<Event>& events);
  void Emit(const PersonId& id, Entry& entry, std::vector<Finding> findings, std::vector<Event>& events) const;

  Options options_;  // without the library
  std::shared_ptr<const Playbook> playbook_;
  SetTrackerOptions set_options_;
  std::map<PersonId, std::unique_ptr<Entry>> people_;
  DoubtBuffer in_doubt_;
};

}  // namespace spotter::exercise
