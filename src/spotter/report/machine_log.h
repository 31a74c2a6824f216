// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/event.h"
#include "spotter/core/event_record.h"
#include "spotter/core/zone.h"
#include "spotter/floor/hygiene.h"
#include "spotter/floor/utilisation.h"

namespace spotter::report {

// The end of a longer use was lost.
inline constexpr std::chrono::hours kLongestUse{24};

// One use of a machine, from when somebody came until nobody was there any more.
struct MachineUse {
  UtcTime start;
  UtcTime end;                  // of one that goes on: up to where it was seen
  bool goes_on = false;         // no end is known
  std::string person_id;        // whose use it was as it began; empty = not known
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
  std::vector<floor::UtcSpan> windows;    // for cleaning, as long as they were to be
  std::vector<MachineStateSince> states;  // as they were told; empty for a program that tells none
};

// Turns events back into the history of machines. Events may come in any order; those of other kinds, and data that
// another sender wrote differently, are left out. One owner, not thread safe.
class MachineLog {
 public:
  // A machine that is known from elsewhere; without events it is there all the same.
  void AddMachine(const std::string& zone_id) { machines_[zone_id]; }
  void Add(const EventRecord& record);

  // By zone id. An end that tells no dwell, or none that fits the start before it, belongs to that start. What goes on
  // ends at `now`, or before it where nobody looked any more, the next use began or a day was over.
  std::map<std::string, MachineHistory> Histories(UtcTime now) const;

 private:
  struct Start {
    UtcTime at;
    std::string person_id;
  };
  struct End {
    UtcTime at;
    std::chrono::microseconds dwell{0};  // 0 = not told
    std::vector<UsePart> people;
  };
  struct Facts {
    MachineHistory known;  // but for the uses
    std::vector<Start> starts;
    std::vector<End> ends;
  };

  static MachineUse UseOf(const End& end, UtcTime free_from, const std::vector<Start>& starts);
  static std::vector<MachineUse> JoinUses(Facts facts, UtcTime now);

  std::map<std::string, Facts> machines_;
};

}  // namespace spotter::report
