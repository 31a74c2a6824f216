// SPDX-License-Identifier: Apache-2.0
#include "spotter/core/zone.h"

namespace spotter {

bool IsUsed(MachineState state) {
  return state == MachineState::kInUse || state == MachineState::kResting || state == MachineState::kIdle;
}

std::string_view ToString(MachineState state) {
  switch (state) {
    case MachineState::kBlind:
      return "blind";
    case MachineState::kFree:
      return "free";
    case MachineState::kInUse:
      return "in_use";
    case MachineState::kResting:
      return "resting";
    case MachineState::kIdle:
      return "idle";
    case MachineState::kReserved:
      return "reserved";
    case MachineState::kNeedsCleaning:
      return "needs_cleaning";
  }
  return "blind";
}

std::string_view ToString(CleaningVerdict verdict) {
  switch (verdict) {
    case CleaningVerdict::kCleaned:
      return "cleaned";
    case CleaningVerdict::kNotCleaned:
      return "not_cleaned";
    case CleaningVerdict::kUnknown:
      return "unknown";
  }
  return "unknown";
}

}  // namespace spotter
