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

namespace spotter {

// What an event says beyond its envelope. Each alternative is one event type of docs/formats/event.md.

// A person began a set; the exercise may still be "unknown" and change.
struct SetStarted {
  std::string exercise;
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

using EventData = std::variant<SetStarted,
                               RepCounted,
                               SetCompleted,
                               RepPartial,
                               FormAlert,
                               FormImproved,
                               RestTimer,
                               ExerciseChanged,
                               HoldProgress>;

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

// snake_case name of the event's kind, as on the wire: "rep_counted".
std::string_view TypeName(const EventData& data);

// UUIDv5 (RFC 4122) of the event's gym, camera and kind, of when it happened (occurred_at, without it pts;
// microseconds) and of its subject: the same fact always has the same id.
std::string MakeEventId(const Event& event, std::string_view subject);

}  // namespace spotter
