// SPDX-License-Identifier: Apache-2.0
#include "checked_analysis.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <variant>

#include "spotter/base/check.h"

namespace spotter::testing {
namespace {

constexpr double kRememberedS = 15;  // at most, after somebody was last seen
const CameraId kCamera("cam_01");

bool IsShare(double value) { return value >= 0 && value <= 1; }
bool IsShare(const std::optional<double>& value) { return !value || IsShare(*value); }

// A machine in the left half of the picture, an area in the right.
floor::FloorAnalyzer MakeFloor() {
  const auto zone = [](const char* id, ZoneKind kind, float x) {
    Zone made{.id = ZoneId(id), .kind = kind, .floor = {}};
    made.views[kCamera] = {.region = {.outline = {{x, 0.1F}, {x + 0.45F, 0.1F}, {x + 0.45F, 1}, {x, 1}}, .holes = {}}};
    return made;
  };
  return floor::FloorAnalyzer({.gym_id = GymId("gym_01"),
                               .zones = {zone("bench", ZoneKind::kMachine, 0.05F), zone("mats", ZoneKind::kArea, 0.5F)},
                               .floor_from_image = {}});
}

void CheckFault(const FormFault& fault) {
  SPOTTER_CHECK(std::isfinite(fault.value) && std::isfinite(fault.limit));
  SPOTTER_CHECK(IsShare(fault.confidence));
}

void CheckRep(const Rep& rep) {
  SPOTTER_CHECK(rep.start < rep.turn && rep.turn < rep.end);
  SPOTTER_CHECK(std::isfinite(rep.rom_rad) && rep.rom_rad >= 0);
  SPOTTER_CHECK(!rep.asymmetry || std::abs(*rep.asymmetry) <= 1);
  if (rep.load) {
    SPOTTER_CHECK(std::isfinite(rep.load->range_m) && std::isfinite(rep.load->mean_mps));
    SPOTTER_CHECK(std::isfinite(rep.load->peak_mps) && std::isfinite(rep.load->error_mps) &&
                  std::isfinite(rep.load->peak_error_mps));
  }
  for (const auto phase : {rep.eccentric, rep.concentric, rep.pause_stretched, rep.pause_shortened})
    SPOTTER_CHECK(phase.count() >= 0);
  for (const FormFault& fault : rep.faults) CheckFault(fault);
}

void CheckSet(const Set& set) {
  SPOTTER_CHECK(set.start <= set.end && set.live_count >= 0);
  SPOTTER_CHECK(IsShare(set.confidence) && IsShare(set.form_score) && IsShare(set.consistency));
  SPOTTER_CHECK(!set.velocity_loss || std::isfinite(*set.velocity_loss));
  SPOTTER_CHECK(!set.cadence_rpm || (std::isfinite(*set.cadence_rpm) && *set.cadence_rpm > 0));
  SPOTTER_CHECK(!set.hold || *set.hold == set.end - set.start);  // 0: withdrawn
  for (std::size_t i = 0; i < set.reps.size(); ++i) {
    const Rep& rep = set.reps[i];
    CheckRep(rep);
    SPOTTER_CHECK(rep.start >= set.start && rep.end <= set.end);
    SPOTTER_CHECK(i == 0 || set.reps[i - 1].end <= rep.start);
  }
  for (const FormFault& fault : set.faults) CheckFault(fault);
}

struct CheckData {
  void operator()(const RepCounted& data) const { CheckRep(data.rep); }
  void operator()(const SetCompleted& data) const { CheckSet(data.set); }
  void operator()(const RepPartial& data) const { SPOTTER_CHECK(IsShare(data.range_share)); }
  void operator()(const FormAlert& data) const {
    CheckFault(data.fault);
    for (const CurvePoint& point : data.curve) SPOTTER_CHECK(std::isfinite(point.value));
  }
  void operator()(const CadenceProgress& data) const { SPOTTER_CHECK(std::isfinite(data.cadence_rpm)); }
  void operator()(const HoldProgress& data) const { SPOTTER_CHECK(data.held.count() > 0); }
  void operator()(const MachineOccupiedEnd& data) const { SPOTTER_CHECK(data.dwell.count() >= 0); }
  void operator()(const CleaningAttempt& data) const {
    SPOTTER_CHECK(IsShare(data.confidence) && std::isfinite(data.evidence.extent_m));
  }
  void operator()(const CleaningWindowClosed& data) const { SPOTTER_CHECK(IsShare(data.confidence)); }
  template <typename Data>
  void operator()(const Data& /*data*/) const {}
};

}  // namespace

CheckedAnalysis::CheckedAnalysis(const exercise::ExerciseLibrary& library)
    : exercise_({.library = library, .gym_id = GymId("gym_01"), .pinned_exercise = {}}), floor_(MakeFloor()) {}

void CheckedAnalysis::See(Perception perception) {
  RoundToWire(perception);
  if (!check_.Admit(perception)) return;
  presence_[perception.camera_id].Apply(perception);
  Scene scene = MakeScene(perception);
  NoteTime(scene);
  std::vector<Event> events = identity_.Update(scene);
  SPOTTER_CHECK(events.empty());
  CheckEvents(exercise_.Update(scene));
  CheckEvents(floor_.Update(scene));
  CheckScene(scene);
  CheckMemory(scene);
}

void CheckedAnalysis::Finish() {
  CheckEvents(exercise_.Finish());
  CheckEvents(floor_.Finish());
}

void CheckedAnalysis::NoteTime(const Scene& scene) {
  camera_ = camera_.value_or(scene.camera_id);
  is_one_stream_ = is_one_stream_ && scene.camera_id == *camera_ && scene.pts >= now_;
  now_ = scene.pts;
}

void CheckedAnalysis::CheckScene(const Scene& scene) {
  std::set<PersonId> here;
  for (const ScenePerson& person : scene.people) {
    if (person.person_id.value().empty()) continue;
    SPOTTER_CHECK(here.insert(person.person_id).second);
    if (!person.set) continue;
    SPOTTER_CHECK(IsShare(person.set->progress) && IsShare(person.set->confidence));
    SPOTTER_CHECK(std::isfinite(person.set->angle_rad) && person.set->live_count >= 0);
    SPOTTER_CHECK(!person.set->cadence_rpm || std::isfinite(*person.set->cadence_rpm));
  }
}

void CheckedAnalysis::CheckEvents(const std::vector<Event>& events) {
  for (const Event& event : events) {
    std::visit(CheckData{}, event.data);
    if (const auto* completed = std::get_if<SetCompleted>(&event.data)) {
      reps_ += static_cast<int>(completed->set.reps.size());
      SPOTTER_CHECK(!is_one_stream_ || completed->set.end <= now_);
    }
    if (!is_one_stream_) continue;  // else its time may be another stream's
    SPOTTER_CHECK(event.pts >= Pts{0} && event.pts <= event.raised_pts && event.raised_pts <= now_);
  }
}

void CheckedAnalysis::CheckMemory(const Scene& scene) {
  for (const ScenePerson& person : scene.people) last_seen_[person.person_id] = scene.pts;
  std::erase_if(last_seen_, [&](const auto& seen) {
    const double away_s = ToSeconds(scene.pts - seen.second);
    return away_s > kRememberedS;
  });
  SPOTTER_CHECK(!is_one_stream_ || exercise_.people() <= last_seen_.size());
}

}  // namespace spotter::testing
