// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/ids.h"
#include "spotter/core/rep.h"
#include "spotter/core/zone.h"

namespace spotter {

// What an event says beyond its envelope. Each alternative is one event type of docs/formats/event.md.

// A person began a set; the exercise may still be "unknown" and change.
struct SetStarted {
  std::string exercise;
  int number = 0;                     // of this person's sets, from 1
  std::optional<SetTarget> target{};  // of the exercise
};

// One repetition, announced live. `number` counts from 1 within the set.
struct RepCounted {
  std::string exercise;
  int number = 0;
  Rep rep;
};

// The set is over and was counted again with all of it in view: the settled result.
struct SetCompleted {
  int number = 0;                  // of this person, from 1
  std::vector<TrackId> track_ids;  // every track this person had so far
  Set set;
};

// The repetition that was just counted fell clearly short of the person's range.
struct RepPartial {
  std::string exercise;
  int number = 0;          // of the repetition
  double range_share = 0;  // of the usual range
};

// One point of a measured curve, in degrees or torso lengths.
struct CurvePoint {
  Pts at{0};
  double value = 0;
};

// The repetition that was just counted broke a form rule.
struct FormAlert {
  std::string exercise;
  int number = 0;  // of the repetition; 0 in a hold
  FormFault fault;
  std::string cue;                // what to tell the athlete
  std::vector<CurvePoint> curve;  // what the fault was seen in, over the repetition
};

// A fault that was told in this set has gone away.
struct FormImproved {
  std::string exercise;
  int number = 0;
  std::string name;    // of the rule
  std::string praise;  // what to tell the athlete
};

enum class RestStage { kStarted, kRunning, kReached };
std::string_view ToString(RestStage stage);

// A rest between sets: that it began, every 30 s of it, and that it is long enough.
struct RestTimer {
  RestStage stage = RestStage::kStarted;
  std::chrono::microseconds rest{0};   // since the last repetition or hold
  std::chrono::microseconds least{0};  // recommended for the exercise, from
  std::chrono::microseconds most{0};   // to
};

// The open set turned out to be another exercise than it had been taken for.
struct ExerciseChanged {
  std::string from;
  std::string to;
};

// A hold (plank) goes on; every ten seconds.
struct HoldProgress {
  std::string exercise;
  std::chrono::microseconds held{0};
};

// A cyclic exercise (bike, rowing machine, treadmill) goes on; every ten seconds.
struct CadenceProgress {
  std::string exercise;
  std::chrono::microseconds lasted{0};
  double cadence_rpm = 0;  // strokes, turns or steps a minute, of the last seconds
};

// A machine is in use; the event's time is when somebody came. Facts about a machine carry its zone_id; times within
// their data are stream times of the event's camera.
struct MachineOccupiedStart {
  std::chrono::microseconds dwell{0};  // how long somebody had been there when it became known
};

// Somebody's part in the use of a machine.
struct UsePart {
  PersonId person_id;
  std::chrono::microseconds dwell{0};       // in the zone
  std::chrono::microseconds exercising{0};  // of that
};

// The use is over; the event's time is when somebody was last there.
struct MachineOccupiedEnd {
  Pts start{0};                            // of the use
  std::chrono::microseconds dwell{0};      // from its start to its end
  std::chrono::microseconds uncertain{0};  // no camera looked for so long after the end that was seen: it may be later
  std::vector<UsePart> people;             // who was longest there first
};

// Somebody else goes on using the machine.
struct MachineUserChanged {
  PersonId previous_person_id;
};

// What was seen of hands that wipe.
struct WipingEvidence {
  std::chrono::microseconds wiping{0};  // hands went to and fro over the machine
  int sweeps = 0;                       // strokes in one direction
  double extent_m = 0;                  // the longest way across that the hand's path covered, about
};

// Somebody wiped a machine; the event's time is when it began. Whether it was really cleaned is for a look at the
// pictures: the wire form says needs_mm.
struct CleaningAttempt {
  Pts end{0};
  CleaningVerdict verdict = CleaningVerdict::kUnknown;
  double confidence = 0;  // in the verdict, [0, 1]
  bool by_user = false;   // by one of those who used the machine last; else staff or anybody
  WipingEvidence evidence;
};

// A use is over: now it is time to clean. The event's time is the end of the use.
struct CleaningWindowOpen {
  std::chrono::microseconds window{0};
  std::vector<std::string> attempt_ids;  // event ids of the attempts after the last exercise of the use
};

// The window is over, because the machine was cleaned, is exercised on again or the time ran out: the event's time.
struct CleaningWindowClosed {
  Pts start{0};  // of the window
  CleaningVerdict verdict = CleaningVerdict::kUnknown;
  double confidence = 0;                 // in the verdict, [0, 1]
  std::vector<std::string> attempt_ids;  // event ids of all attempts that count for it
};

// A machine is doing something else now: its availability. The event's time is when that began, as far as was seen; a
// state that nobody can see any more is kBlind from the last look on.
struct MachineStateChanged {
  MachineState state = MachineState::kBlind;
  MachineState previous = MachineState::kBlind;
};

using EventData = std::variant<SetStarted,
                               RepCounted,
                               SetCompleted,
                               RepPartial,
                               FormAlert,
                               FormImproved,
                               RestTimer,
                               ExerciseChanged,
                               HoldProgress,
                               CadenceProgress,
                               MachineOccupiedStart,
                               MachineOccupiedEnd,
                               MachineUserChanged,
                               CleaningAttempt,
                               CleaningWindowOpen,
                               CleaningWindowClosed,
                               MachineStateChanged>;

// An immutable fact of the past. `event_id` is derived (see MakeEventId), so that a replay makes the same one.
struct Event {
  std::string event_id;
  GymId gym_id;
  CameraId camera_id;
  Pts pts{0};                          // when it truly happened (a set's start, a repetition's end)
  std::optional<UtcTime> occurred_at;  // the same instant in UTC
  Pts raised_pts{0};                   // stream time at which it became known
  std::optional<PersonId> person_id;
  std::optional<TrackId> track_id;
  std::optional<ZoneId> zone_id;
  EventData data;
};

// All names that TypeName gives.
std::vector<std::string_view> EventTypeNames();

// snake_case name of the event's kind, as on the wire: "rep_counted".
std::string_view TypeName(const EventData& data);

// UUIDv5 (RFC 4122) of the event's gym, camera and kind, of when it happened (occurred_at, without it pts;
// microseconds) and of its subject: the same fact always has the same id.
std::string MakeEventId(const Event& event, std::string_view subject);

}  // namespace spotter
