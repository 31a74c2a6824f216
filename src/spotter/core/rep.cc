// SPDX-License-Identifier: Apache-2.0
#include "spotter/core/rep.h"

namespace spotter {

std::string_view ToString(Phase phase) {
  switch (phase) {
    case Phase::kNone:
      return "none";
    case Phase::kEccentric:
      return "eccentric";
    case Phase::kPauseStretched:
      return "pause_stretched";
    case Phase::kConcentric:
      return "concentric";
    case Phase::kPauseShortened:
      return "pause_shortened";
  }
  return "none";
}

std::string_view ToString(Side side) {
  switch (side) {
    case Side::kBoth:
      return "both";
    case Side::kLeft:
      return "left";
    case Side::kRight:
      return "right";
  }
  return "both";
}

std::string_view ToString(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kCritical:
      return "critical";
  }
  return "info";
}

}  // namespace spotter
