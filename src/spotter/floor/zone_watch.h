// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "spotter/core/zone.h"
#include "spotter/floor/cleaning.h"
#include "spotter/floor/occupancy.h"
#include "spotter/floor/visitor.h"
#include "spotter/floor/wipe_watch.h"

namespace spotter::floor {

// Everything about one zone: who is in it, its use, what it is doing now. Times are site times. One owner, not thread
// safe.
class ZoneWatch {
 public:
  explicit ZoneWatch(const Zone& zone)
      : id_(zone.id), kind_(zone.kind), gone_after_(zone.occupy_end), occupancy_(zone), cleaning_(zone) {}

  // A frame of a camera that sees the zone begins. REQUIRES: `now` does not fall
  void Look(Pts now);
  // Somebody in that frame is `depth_m` inside the border (negative: outside).
  void See(const ScenePerson& person, const CameraId& camera, double depth_m);
  // What somebody near or in the zone does with the hands.
  void SeeHands(const WipeLook& look) { wipes_.See(*looked_at_, look); }
  // Everybody of the frame was seen.
  std::vector<FloorFinding> Conclude();

  // The stream is over.
  std::vector<FloorFinding> Finish();

  // What is known at `now`, with or without a new look.
  ZoneStatus StatusAt(Pts now) const;
  // Is the person in the zone?
  bool Holds(const PersonId& person) const;

 private:
  void ForgetGone();
  void CollectWipes(bool everything, std::vector<FloorFinding>& findings);
  MachineState StateNow() const;

  ZoneId id_;
  ZoneKind kind_;
  std::chrono::microseconds gone_after_;
  Visitors visitors_;
  Occupancy occupancy_;
  WipeWatch wipes_;
  Cleaning cleaning_;
  std::optional<Pts> looked_at_;        // the last frame
  std::chrono::microseconds blind_{0};  // how long no camera has looked, in all
  MachineState state_ = MachineState::kFree;
  Pts state_since_{0};
};

}  // namespace spotter::floor
