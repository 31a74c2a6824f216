// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spotter/codec/input_check.h"
#include "spotter/core/event.h"
#include "spotter/core/scene.h"
#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/floor/floor_analyzer.h"
#include "spotter/identity/person_linker.h"
#include "spotter/track/presence_filter.h"

namespace spotter::testing {

// The whole analysis of a recording, mirrors to floor, with the shipped exercises and two zones. Aborts where what
// comes out cannot be true, whatever went in:
//   * every number of an event is finite, its times lie within the stream, it is not known before it happened;
//   * repetitions of a set lie in it one after the other and have a way there and a way back;
//   * nobody of a frame is there twice, and progress, confidences and scores lie between 0 and 1;
//   * nobody is remembered who has not been there for long.
class CheckedAnalysis {
 public:
  explicit CheckedAnalysis(const exercise::ExerciseLibrary& library);

  void See(Perception perception);
  void Finish();

  int reps() const { return reps_; }  // of completed sets

 private:
  void NoteTime(const Scene& scene);
  void CheckScene(const Scene& scene);
  void CheckEvents(const std::vector<Event>& events);
  void CheckMemory(const Scene& scene);

  codec::InputCheck check_;
  std::map<CameraId, track::PresenceFilter> presence_;
  identity::PersonLinker identity_;
  exercise::ExerciseAnalyzer exercise_;
  floor::FloorAnalyzer floor_;
  std::optional<CameraId> camera_;  // the first
  Pts now_{0};
  bool is_one_stream_ = true;          // one camera, whose time never began anew
  std::map<PersonId, Pts> last_seen_;  // who may still be remembered
  int reps_ = 0;
};

}  // namespace spotter::testing
