// SPDX-License-Identifier: Apache-2.0
#include "example_facts.h"

#include <string>
#include <vector>

#include "floor_facts.h"
#include "spotter/geometry/angles.h"

namespace spotter::golden {
namespace {

using std::chrono::milliseconds;

const GymId kGym("gym_01");
const CameraId kCamera("cam_01");
const PersonId kPerson("p1");
const TrackId kTrack(7);
constexpr UtcTime kStreamStart = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + std::chrono::hours{10};

Pose SquattingPose() {
  return Pose{{{{0.4512F, 0.2134F, 0.98F},
                {0.4561F, 0.2051F, 0.97F},
                {0.4479F, 0.2049F, 0.97F},
                {0.4633F, 0.2102F, 0.93F},
                {0.4418F, 0.2098F, 0.71F},
                {0.4805F, 0.2967F, 0.96F},
                {0.4227F, 0.2971F, 0.95F},
                {0.4921F, 0.3892F, 0.94F},
                {0.4108F, 0.3888F, 0.92F},
                {0.4702F, 0.3411F, 0.9F},
                {0.4311F, 0.3405F, 0.88F},
                {0.4689F, 0.5523F, 0.95F},
                {0.4342F, 0.5529F, 0.95F},
                {0.4951F, 0.6207F, 0.94F},
                {0.4087F, 0.6211F, 0.93F},
                {0.4803F, 0.7894F, 0.9F},
                {0.4236F, 0.7901F, 0.347F}}}};
}

// Landmarks without meaning but with every kind of number: each has another value.
PerceivedPerson PersonWithEverything() {
  PerceivedPerson person{.track_id = kTrack, .confidence = 0.91F, .box = {0.39F, 0.17F, 0.51F, 0.82F}};
  person.pose = SquattingPose();
  person.landmarks.emplace();
  person.world_landmarks.emplace();
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const auto step = static_cast<float>(i);
    (*person.landmarks)[i] = {0.4F + 0.003F * step, 0.2F + 0.02F * step, -0.05F + 0.002F * step, 0.99F - 0.01F * step};
    (*person.world_landmarks)[i] = {-0.3F + 0.02F * step, -0.6F + 0.05F * step, 0.1F - 0.005F * step};
  }
  person.person_id = kPerson;
  return person;
}

Rep SquatRep(Pts start) {
  return {
      .start = start,
      .turn = start + milliseconds{900},
      .end = start + milliseconds{1'900},
      .counted_at = start + milliseconds{2'100},
      .partial = false,
      .side = Side::kBoth,
      .rom_rad = 92.1 / kDegreesPerRadian,
      .rom_assessable = true,
      .load = LoadPath{.range_m = 0.412, .mean_mps = 0.43, .peak_mps = 0.61, .error_mps = 0.04, .peak_error_mps = 0.12},
      .asymmetry = {},
      .eccentric = milliseconds{850},
      .pause_stretched = milliseconds{100},
      .concentric = milliseconds{950},
      .pause_shortened = milliseconds{400},
      .faults = {}};
}

FormFault ShallowDepth(Pts at) {
  return {.name = "shallow_depth",
          .severity = Severity::kInfo,
          .at = at,
          .measure = "hips_y",
          .value = 0.21,
          .limit = 0.39,
          .confidence = 0.87};
}

Rep PartialRepFoundLater(Pts start) {
  Rep rep = SquatRep(start);
  rep.counted_at.reset();
  rep.partial = true;
  rep.rom_rad = 51.4 / kDegreesPerRadian;
  rep.rom_assessable = false;
  rep.load.reset();
  rep.asymmetry = -0.12;
  rep.faults = {ShallowDepth(rep.turn)};
  return rep;
}

Set SquatSet() {
  return {.exercise = "squat",
          .confidence = 0.97,
          .start = milliseconds{1'000},
          .end = milliseconds{5'200},
          .reps = {SquatRep(milliseconds{1'000}), PartialRepFoundLater(milliseconds{3'300})},
          .velocity_loss = 0.18,
          .consistency = 0.94,
          .faults = {},
          .live_count = 1,
          .form_score = 0.95,
          .hold = {},
          .cadence_rpm = {},
          .target = SetTarget{5, 12}};
}

Set PlankSet() {
  return {.exercise = "plank",
          .confidence = 0.88,
          .start = milliseconds{20'500},
          .end = milliseconds{51'000},
          .reps = {},
          .velocity_loss = {},
          .consistency = {},
          .faults = {},
          .live_count = 0,
          .form_score = {},
          .hold = milliseconds{30'500},
          .cadence_rpm = {},
          .target = SetTarget{20, 60}};
}

Set RowingSet() {
  Set set = PlankSet();
  set.exercise = "rowing_machine";
  set.start = milliseconds{60'500};
  set.end = milliseconds{91'000};
  set.hold.reset();
  set.cadence_rpm = 26.4;
  set.target.reset();
  return set;
}

// `raised` is given where it differs from the event's own time.
Event MakeEvent(Pts pts, Pts raised, EventData data) {
  Event event{.event_id = {},
              .gym_id = kGym,
              .camera_id = kCamera,
              .pts = pts,
              .occurred_at = kStreamStart + pts,
              .raised_pts = raised,
              .person_id = kPerson,
              .track_id = kTrack,
              .zone_id = {},
              .data = std::move(data)};
  event.event_id = MakeEventId(event, kPerson.value());
  return event;
}

}  // namespace

std::vector<Perception> ExamplePerceptions() {
  PerceivedPerson plain{.track_id = kTrack, .confidence = 0.91F, .box = {0.39F, 0.17F, 0.51F, 0.82F}};
  plain.pose = SquattingPose();
  Perception one{.camera_id = kCamera,
                 .pts = Pts{12'466'667},
                 .captured_at = kStreamStart + Pts{12'466'667},
                 .width = 1280,
                 .height = 720,
                 .people = {plain}};
  Perception everything = one;
  everything.pts += milliseconds{33};
  everything.captured_at = kStreamStart + milliseconds{12'500};
  everything.people = {PersonWithEverything(), plain};
  everything.people[1].track_id = TrackId(9);
  everything.people[1].box = {-0.02F, 0, 0.1F, 1.01F};
  Perception nobody{.camera_id = kCamera, .pts = milliseconds{12'533}, .captured_at = {}, .width = 1280, .height = 720};
  Perception towel = nobody;
  towel.pts = milliseconds{71'200};
  towel.objects = {{.box = {0.41562F, 0.58333F, 0.47187F, 0.63889F}, .since = milliseconds{58'700}}};
  std::vector<Perception> all = {one, everything, nobody, towel};
  for (Perception& perception : all) RoundToWire(perception);
  return all;
}

std::vector<Event> ExampleEvents() {
  Rep rep = SquatRep(milliseconds{1'000});
  rep.load.reset();  // known when the lifting phase is over
  Event in_zone = MakeEvent(milliseconds{20'500}, milliseconds{53'000},
                            SetCompleted{.number = 2, .track_ids = {kTrack, TrackId(12)}, .set = PlankSet()});
  in_zone.zone_id = ZoneId("bench_01");
  Event bare = MakeEvent(milliseconds{60'500}, milliseconds{93'000},
                         SetCompleted{.number = 3, .track_ids = {}, .set = RowingSet()});
  bare.occurred_at.reset();
  bare.person_id.reset();
  bare.track_id.reset();
  std::vector<Event> events = {
      MakeEvent(milliseconds{1'000}, milliseconds{1'600},
                SetStarted{.exercise = "squat", .number = 1, .target = SetTarget{5, 12}}),
      MakeEvent(rep.end, *rep.counted_at, RepCounted{.exercise = "squat", .number = 1, .rep = rep}),
      MakeEvent(milliseconds{1'000}, milliseconds{10'200},
                SetCompleted{.number = 1, .track_ids = {kTrack}, .set = SquatSet()}),
      in_zone,
      bare,
      MakeEvent(milliseconds{5'200}, milliseconds{5'400},
                RepPartial{.exercise = "squat", .number = 2, .range_share = 0.52}),
      MakeEvent(milliseconds{4'200}, milliseconds{5'400},
                FormAlert{.exercise = "squat",
                          .number = 2,
                          .fault = ShallowDepth(milliseconds{4'200}),
                          .cue = "Sit a little deeper.",
                          .curve = {{milliseconds{3'300}, 0.02}, {milliseconds{4'200}, -0.19}}}),
      MakeEvent(milliseconds{9'600}, milliseconds{9'800},
                FormImproved{.exercise = "squat", .number = 4, .name = "shallow_depth", .praise = "Good depth."}),
      MakeEvent(milliseconds{40'000}, milliseconds{40'033},
                RestTimer{.stage = RestStage::kRunning,
                          .rest = milliseconds{30'000},
                          .least = milliseconds{90'000},
                          .most = milliseconds{180'000}}),
      MakeEvent(milliseconds{1'000}, milliseconds{5'400}, ExerciseChanged{.from = "unknown", .to = "squat"}),
      MakeEvent(milliseconds{30'500}, milliseconds{30'700},
                HoldProgress{.exercise = "plank", .held = milliseconds{10'000}}),
      MakeEvent(milliseconds{80'500}, milliseconds{80'700},
                CadenceProgress{.exercise = "rowing_machine", .lasted = milliseconds{20'000}, .cadence_rpm = 26.4})};
  const std::vector<Event> on_the_floor = ExampleFloorEvents();
  events.insert(events.end(), on_the_floor.begin(), on_the_floor.end());
  return events;
}

FileResult ExampleResult() {
  return {.source = "gym.mp4",
          .duration = milliseconds{60'033},
          .frames = 1802,
          .warnings = {"the file ends in the middle of a picture; what was readable was used"},
          .people = {{.person_id = kPerson, .track_ids = {kTrack, TrackId(12)}, .sets = {SquatSet(), PlankSet()}},
                     {.person_id = PersonId("p2"), .track_ids = {TrackId(9)}, .sets = {RowingSet()}}}};
}

}  // namespace spotter::golden
