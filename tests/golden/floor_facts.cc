// SPDX-License-Identifier: Apache-2.0
#include "floor_facts.h"

#include <utility>

namespace spotter::golden {
namespace {

using std::chrono::milliseconds;

const ZoneId kBench("bench_01");
const PersonId kFirst("p1");
const PersonId kSecond("p2");
constexpr UtcTime kStreamStart = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + std::chrono::hours{10};

struct Times {
  Pts pts;
  Pts raised;
};

Event MakeFloorEvent(Times times, const PersonId& person, EventData data) {
  Event event{.event_id = {},
              .gym_id = GymId("gym_01"),
              .camera_id = CameraId("cam_01"),
              .pts = times.pts,
              .occurred_at = kStreamStart + times.pts,
              .raised_pts = times.raised,
              .person_id = person,
              .track_id = TrackId(person == kFirst ? 7 : 9),
              .zone_id = kBench,
              .data = std::move(data)};
  event.event_id = MakeEventId(event, kBench.value());
  return event;
}

// The machine is free: the user wiped it before going.
Event MakeStateEvent() {
  Event event = MakeFloorEvent({milliseconds{138'400}, milliseconds{141'900}}, kSecond,
                               MachineStateChanged{.state = MachineState::kFree, .previous = MachineState::kInUse});
  event.person_id.reset();
  event.track_id.reset();
  event.event_id = MakeEventId(event, kBench.value() + "/free");
  return event;
}

}  // namespace

std::vector<Event> ExampleFloorEvents() {
  const Event attempt = MakeFloorEvent({milliseconds{130'000}, milliseconds{139'000}}, kSecond,
                                       CleaningAttempt{.end = milliseconds{136'000},
                                                       .verdict = CleaningVerdict::kCleaned,
                                                       .confidence = 0.95,
                                                       .by_user = true,
                                                       .evidence = {milliseconds{5'400}, 9, 0.48}});
  const MachineOccupiedEnd end{.start = milliseconds{12'400},
                               .dwell = milliseconds{126'000},
                               .uncertain = milliseconds{0},
                               .people = {{kFirst, milliseconds{81'000}, milliseconds{52'300}},
                                          {kSecond, milliseconds{45'200}, milliseconds{21'000}}}};
  return {MakeFloorEvent({milliseconds{12'400}, milliseconds{17'400}}, kFirst,
                         MachineOccupiedStart{.dwell = milliseconds{5'000}}),
          MakeFloorEvent({milliseconds{93'400}, milliseconds{96'400}}, kSecond,
                         MachineUserChanged{.previous_person_id = kFirst}),
          attempt,
          MakeFloorEvent({milliseconds{138'400}, milliseconds{141'900}}, kSecond, end),
          MakeFloorEvent({milliseconds{138'400}, milliseconds{141'900}}, kSecond,
                         CleaningWindowOpen{.window = milliseconds{45'000}, .attempt_ids = {attempt.event_id}}),
          MakeFloorEvent({milliseconds{141'900}, milliseconds{141'900}}, kSecond,
                         CleaningWindowClosed{.start = milliseconds{138'400},
                                              .verdict = CleaningVerdict::kCleaned,
                                              .confidence = 0.95,
                                              .attempt_ids = {attempt.event_id}}),
          MakeStateEvent()};
}

}  // namespace spotter::golden
