// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "spotter/core/event.h"
#include "spotter/core/zone.h"
#include "spotter/floor/floor_finding.h"
#include "spotter/floor/visitor.h"

namespace spotter::floor {

// The uses of one machine. A use belongs to the machine, not to a track: it begins when somebody, whoever, has been
// there for `occupy_start` without a gap of `occupy_end`, and ends when nobody has been for `occupy_end`. Time in which
// no camera looked counts neither as presence nor as absence; after more than 15 minutes of it the use ended where
// somebody was last there. One owner, not thread safe.
class Occupancy {
 public:
  explicit Occupancy(const Zone& zone) : start_after_(zone.occupy_start), end_after_(zone.occupy_end) {}

  // Goes on with a use that an earlier run announced and in which somebody was last known to be there at `until`; the
  // time since then counts as one in which no camera looked. REQUIRES: before the first Update
  void TakeUp(Pts start, Pts until, const CameraId& camera);

  // `blind` = how long no camera has looked, since the beginning. REQUIRES: `now` and `blind` do not fall
  std::vector<FloorFinding> Update(Pts now, std::chrono::microseconds blind, const Visitors& visitors);

  // A use that was announced and has not ended.
  bool occupied() const { return run_ && run_->announced; }
  // Meaningful while occupied.
  Pts start() const { return run_->start; }
  const std::optional<PersonId>& user() const { return run_->user; }  // none: not seen yet since it was taken up
  // Meaningful while occupied: was the person there for as long as a use takes, before `at`?
  bool UsedBefore(const PersonId& person, Pts at) const;
  // When somebody of this use exercised last.
  std::optional<Pts> exercised_at() const { return run_ ? run_->exercised_at : std::nullopt; }

 private:
  // One person's part in a run.
  struct Part {
    Visitor visitor;  // as last seen inside
    Pts since{0};     // first inside
    Pts counted_until{0};
    std::chrono::microseconds dwell{0};
    std::chrono::microseconds exercising{0};
  };
  // Somebody's presence, gaps shorter than `end_after_` included.
  struct Run {
    Pts start{0};
    Pts until{0};                               // somebody was last there
    std::chrono::microseconds blind_before{0};  // up to `start`
    std::chrono::microseconds blind_until{0};   // up to `until`
    CameraId camera_id;                         // that saw it begin
    bool announced = false;
    std::optional<PersonId> user;
    std::optional<Pts> exercised_at;
    std::map<PersonId, Part> people;  // everybody who was inside
  };

  // A run that is over.
  struct Ended {
    Pts until{0};     // somebody was last there
    Pts known_at{0};  // when nobody had been there for long enough
  };

  std::chrono::microseconds Absence(Pts until, std::chrono::microseconds blind) const;
  bool UnseenForLong(std::chrono::microseconds blind) const;
  bool CameBackTooLate(std::chrono::microseconds blind, const Visitors& visitors) const;
  void Finish(Pts now, std::chrono::microseconds blind, std::vector<FloorFinding>& findings);
  bool IsThere(const Visitor& visitor) const;
  Pts SinceOf(const Visitor& visitor) const;
  void Extend(std::chrono::microseconds blind, const Visitors& visitors);
  void Begin(const Visitor& first, std::chrono::microseconds blind);
  void Count(const PersonId& id, const Visitor& visitor);
  std::optional<PersonId> LongestThere() const;
  std::optional<PersonId> Successor(Pts now, const Visitors& visitors) const;
  void FollowUser(Pts now, const Visitors& visitors, std::vector<FloorFinding>& findings);
  FloorFinding About(Pts at, const std::optional<PersonId>& person, EventData data) const;
  MachineOccupiedEnd Summary(std::chrono::microseconds blind) const;

  std::chrono::microseconds start_after_;
  std::chrono::microseconds end_after_;
  std::optional<Run> run_;
  std::optional<Ended> ended_;  // the last one
};

}  // namespace spotter::floor
