// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/event.h"
#include "spotter/core/event_record.h"
#include "spotter/core/zone.h"
#include "spotter/floor/hygiene.h"

namespace spotter::report {

// One use of a machine, from when somebody came until nobody was there any more.
struct MachineUse {
  UtcTime start;
  UtcTime end;                  // of one that goes on: up to where it was seen
  bool goes_on = false;         // no end is known
  std::vector<UsePart> people;  // who was longest there first; known when the use is over
};

// From `since` on the machine was in this state.
struct MachineStateSince {
  UtcTime since;
  MachineState state = MachineState::kBlind;
  std::string person_id;  // whose use it is; empty = nobody's
};

// What is known of one machine, each list oldest first.
struct MachineHistory {
  std::vector<MachineUse> uses;
  std::vector<floor::CleaningOutcome> outcomes;
  std::vector<MachineStateSince> states;
};

// Turns events back into the history of machines. Events may come in any order; those of other kinds, and data that
// another sender wrote differently, are left out. One owner, not thread safe.
class MachineLog {
 public:
  // A machine that is known from elsewhere; without events it is there all the same.
  void AddMachine(const std::string& zone_id) { machines_[zone_id]; }
  void Add(const EventRecord& record);

  // By zone id. What goes on ends at `now`, or before it where nobody looked any more or the next use began.
  std::map<std::string, MachineHistory> Histories(UtcTime now) const;

 private:
  struct Facts {
    MachineHistory known;
    std::vector<UtcTime> starts;  // of uses, with or without an end
  };

  std::map<std::string, Facts> machines_;
};

}  // namespace spotter::report
