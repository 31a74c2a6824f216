// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "spotter/core/perception.h"
#include "spotter/core/rep.h"
#include "spotter/core/zone.h"

namespace spotter {

// What a person is doing, decided once, in exercise/; floor/ and safety/ only use it.
enum class Activity { kUnknown, kExercising, kWalking, kStanding, kSitting, kLying, kWiping, kPhone, kDrinking };
std::string_view ToString(Activity activity);

// The set a person is in the middle of: enough to draw and to announce it.
struct SetInProgress {
  std::string exercise;  // "unknown" until named
  double confidence = 0;
  Pts start{0};
  int number = 0;                     // of this person's sets, from 1
  std::optional<SetTarget> target{};  // of the exercise
  int live_count = 0;
  Phase phase = Phase::kNone;
  double progress = 0;                             // [0, 1]: 0 at the start posture, 1 at the far end
  double angle_rad = 0;                            // the exercise's main angle now
  std::optional<std::array<double, 4>> tempo_s{};  // of the last repetition: eccentric, pause, concentric, pause
  std::string cue{};                               // what was told about form a moment ago; empty = nothing
  bool cue_is_praise = false;
  std::optional<double> cadence_rpm{};  // cyclic exercises: of the last seconds
};

// One person of the frame and what the stages have found out; each field names the stage that fills it.
struct ScenePerson {
  PerceivedPerson perceived;               // camera worker
  PersonId person_id;                      // identity
  std::vector<TrackId> track_ids;          // identity: every track this person had so far, oldest first
  Activity activity = Activity::kUnknown;  // exercise
  std::optional<SetInProgress> set;        // exercise
  std::optional<ZoneId> zone_id;           // floor
};

// One Perception on its way through the site worker's stages.
struct Scene {
  CameraId camera_id;
  Pts pts{0};
  std::optional<UtcTime> captured_at;
  int width = 0;  // pixels of the upright frame
  int height = 0;
  std::vector<ScenePerson> people;
  std::vector<TrackId> reflections;  // camera worker: tracks in the picture that are nobody
  std::vector<LeftObject> objects;   // camera worker
  std::vector<ZoneStatus> zones;     // floor: every zone of the gym, as configured
};

Scene MakeScene(const Perception& perception);

}  // namespace spotter
