// SPDX-License-Identifier: Apache-2.0
#include "spotter/core/zone.h"

namespace spotter {

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
