// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/ids.h"
#include "spotter/geometry/region.h"

namespace spotter {

// What a place is for. Only machines are occupied, dirty and cleaned; an area just says who is in it.
enum class ZoneKind { kMachine, kArea };

// A zone as one camera's picture shows it.
struct ZoneView {
  Region region;
  bool in_pixels = false;  // else in fractions of the frame's width and height
  bool operator==(const ZoneView&) const = default;
};

// A named place on the gym floor, as configured. It lies either on the floor, where every camera with a homography sees
// it, or in the pictures of the cameras that have a view of it.
struct Zone {
  ZoneId id;
  ZoneKind kind = ZoneKind::kMachine;
  std::optional<Region> floor;  // metres
  std::map<CameraId, ZoneView> views;
  std::chrono::microseconds occupy_start{5'000'000};      // somebody there for so long: a use
  std::chrono::microseconds occupy_end{3'000'000};        // nobody there for so long: the use is over
  std::chrono::microseconds cleaning_window{45'000'000};  // to clean after a use
  std::chrono::microseconds reserve_limit{600'000'000};   // for how long at most an object left reserves it; 0 = never
};

// What a machine is doing. kReserved: nobody uses it, but an object was left on it.
enum class MachineState { kBlind, kFree, kInUse, kResting, kIdle, kReserved, kNeedsCleaning };
// In the order in which people are told of them.
inline constexpr std::array kMachineStates = {
    MachineState::kFree,     MachineState::kInUse,         MachineState::kResting, MachineState::kIdle,
    MachineState::kReserved, MachineState::kNeedsCleaning, MachineState::kBlind};
// Does somebody use the machine?
bool IsUsed(MachineState state);
std::string_view ToString(MachineState state);

// A machine's availability at the time of a Scene.
struct ZoneStatus {
  ZoneId id;
  ZoneKind kind = ZoneKind::kMachine;
  MachineState state = MachineState::kBlind;
  Pts since{0};                  // of the state, in the scene's stream time
  std::vector<PersonId> people;  // inside now, oldest stay first
  std::optional<PersonId> user;  // whose use it is
};

// How well a machine was cleaned after a use.
enum class CleaningVerdict { kCleaned, kNotCleaned, kUnknown };
std::string_view ToString(CleaningVerdict verdict);

}  // namespace spotter
