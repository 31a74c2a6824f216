// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spotter/core/perception.h"
#include "spotter/track/hidden_areas.h"
#include "spotter/track/mirror_watch.h"
#include "spotter/track/reflection_finder.h"

namespace spotter::track {

struct PresenceOptions {
  HiddenAreas mirrors;
  HiddenAreas ignored;
  ReflectionOptions reflections;
};

// Takes the people out of one camera's perceptions who are not in the room: those in hidden areas and reflections.
// Works on the rounded numbers of the wire form and leaves alone what it has been through, so that a recording gives
// what the camera gave. One owner, not thread safe.
class PresenceFilter {
 public:
  explicit PresenceFilter(PresenceOptions options = {})
      : options_(std::move(options)), reflections_(options_.reflections) {}

  // Takes those in hidden areas out before anybody follows them. Frames come in the order of their pts, each before its
  // perception.
  void HideDetections(Pts pts, std::vector<Detection>& people);

  // Perceptions come in the order of their pts. True when it has just become certain that a person is seen only in a
  // mirror.
  bool Apply(Perception& perception);

  // What people should know about the picture; none: nothing.
  std::optional<std::string> Warning() const;

 private:
  bool TakeMirrored(Pts pts);

  PresenceOptions options_;
  ReflectionFinder reflections_;
  std::deque<Pts> mirrored_;  // frames with a detection in a mirror, not applied yet
  MirrorWatch mirror_;
};

}  // namespace spotter::track
