// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "spotter/core/perception.h"
#include "spotter/track/hidden_areas.h"
#include "spotter/track/reflection_finder.h"

namespace spotter::track {

struct PresenceOptions {
  HiddenAreas areas;
  ReflectionOptions reflections;
};

// Takes the people out of one camera's perceptions who are not in the room: those in hidden areas and reflections.
// Works on the rounded numbers of the wire form and leaves alone what it has been through, so that a recording gives
// what the camera gave. One owner, not thread safe.
class PresenceFilter {
 public:
  explicit PresenceFilter(PresenceOptions options = {})
      : options_(std::move(options)), reflections_(options_.reflections) {}

  // Perceptions come in the order of their pts.
  void Apply(Perception& perception);

 private:
  PresenceOptions options_;
  ReflectionFinder reflections_;
};

}  // namespace spotter::track
