// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
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
      : id_(zone.id),
        kind_(zone.kind),
        gone_after_(zone.occupy_end),
        reserve_limit_(zone.reserve_limit),
        occupancy_(zone),
        cleaning_(zone) {}

  // Goes on with a use that an earlier run of the program announced. REQUIRES: before the first Look
  void TakeUp(Pts start, Pts until, const CameraId& camera);

  // A frame of a camera that sees the zone begins. REQUIRES: `now` does not fall
  void Look(Pts now, const CameraId& camera);
  // Somebody in that frame is `depth_m` inside the border (negative: outside).
  void See(const ScenePerson& person, double depth_m);
  // Where somebody was at an earlier frame, that was not known to be somebody then. REQUIRES: rising `at` of a person,
  // before See
  void SeeEarlier(const ScenePerson& person, Pts at, double depth_m);
  // What somebody near or in the zone does with the hands; of an area nobody asks who cleaned it.
  void SeeHands(const WipeLook& look) {
    if (kind_ == ZoneKind::kMachine) wipes_.See(*looked_at_, look);
  }
  // Something that was left lies in the zone since `since`.
  void SeeObject(Pts since);
  // Everything of the frame was seen.
  std::vector<FloorFinding> Conclude();

  // Time has come to `now`, with or without a look at this zone: what that changes about the machine's availability.
  // REQUIRES: after Conclude, when there was a look
  std::vector<FloorFinding> Advance(Pts now);

  // The stream is over: nobody looks any more.
  std::vector<FloorFinding> Finish();

  // As of the last Advance, whose time is `now`.
  ZoneStatus StatusAt(Pts now) const;
  // Is the person in the zone?
  bool Holds(const PersonId& person) const;

 private:
  // The newest thing that was left, as one camera sees it.
  struct Belonging {
    Pts since{0};
    Pts seen_at{0};
  };

  Visitor& VisitorOf(const PersonId& person, Pts since);
  void ForgetGone();
  void CollectWipes(bool everything, std::vector<FloorFinding>& findings);
  std::optional<Pts> ReservedSince() const;
  MachineState StateNow() const;
  Pts BeginOf(MachineState state) const;
  void Become(MachineState state, Pts at);

  ZoneId id_;
  ZoneKind kind_;
  std::chrono::microseconds gone_after_;
  std::chrono::microseconds reserve_limit_;
  Visitors visitors_;
  Visitors strangers_;  // who has not shown to be a person yet
  Occupancy occupancy_;
  WipeWatch wipes_;
  Cleaning cleaning_;
  std::map<CameraId, Belonging> belongings_;
  std::optional<Pts> looked_at_;        // the last frame
  Pts looking_since_{0};                // without a gap
  std::chrono::microseconds blind_{0};  // how long no camera has looked, in all
  CameraId camera_id_;                  // that looked last
  Pts used_from_ = Pts::min();          // when the last use began
  Pts freed_at_{0};                     // the last use's end or, if it came after, the last wipe's
  MachineState state_ = MachineState::kBlind;
  Pts state_since_{0};
  std::vector<FloorFinding> changes_;  // of the state, not told yet
};

}  // namespace spotter::floor
