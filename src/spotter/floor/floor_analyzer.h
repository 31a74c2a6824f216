// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spotter/core/event.h"
#include "spotter/core/scene.h"
#include "spotter/core/zone.h"
#include "spotter/floor/ground_finder.h"
#include "spotter/floor/open_use.h"
#include "spotter/floor/site_clock.h"
#include "spotter/floor/track_memory.h"
#include "spotter/floor/zone_map.h"
#include "spotter/floor/zone_watch.h"

namespace spotter::floor {

struct FloorAnalyzerOptions {
  GymId gym_id;
  std::vector<Zone> zones;
  FloorFromImage floor_from_image;  // of the cameras that have one
};

// The floor stage: who is in which zone, which machines are in use, free, dirty or cleaned. Pure: no clock, no thread,
// no I/O; the same scenes give the same events. A zone that several cameras see is one zone; their frames are laid on
// one time line as they arrive. Used by one thread.
class FloorAnalyzer {
 public:
  using Options = FloorAnalyzerOptions;
  explicit FloorAnalyzer(Options options);

  // Goes on with the uses of an earlier run, so that each is told once: whoever is there needs no second start, and
  // where nobody is, the end is told, dated to known_until. For live cameras, whose frames tell their UTC time; a file
  // that is read again begins at its start. REQUIRES: before the first Update
  void TakeUp(std::vector<OpenUse> uses) { open_uses_ = std::move(uses); }

  // Fills zone_id of each person and the scene's zones; returns the events that became known. REQUIRES: identity and
  // activity of the people are filled in.
  std::vector<Event> Update(Scene& scene);
  // The stream is over: what is going on has no end.
  std::vector<Event> Finish();

 private:
  struct Step {
    Pts at{0};  // site time
    GroundPoint ground;
  };
  using Path = TrackMemory<Step>::Entries;
  // A person's place in one frame.
  struct Place {
    const ScenePerson* person = nullptr;
    GroundPoint at;
    Path before;  // he was named
  };

  std::vector<Place> FindPlaces(const Scene& scene);
  void TakeUpUse(std::size_t zone, const Scene& scene);
  void WatchZone(std::size_t zone, const Scene& scene, const std::vector<Place>& places, std::vector<Event>& events);
  std::optional<WipeLook> LookAtHands(std::size_t zone, const Scene& scene, const Place& place) const;
  bool StandsElsewhere(std::size_t zone, const PersonId& person) const;
  void SeeObjects(std::size_t zone, const Scene& scene);
  bool LiesIn(std::size_t zone, const Scene& scene, const LeftObject& object) const;
  void Emit(std::size_t zone, std::vector<FloorFinding> findings, std::vector<Event>& events);
  Event MakeEvent(const Zone& zone, FloorFinding finding) const;
  void FillIn(Scene& scene) const;

  GymId gym_id_;
  ZoneMap map_;
  SiteClock clock_;
  GroundFinder ground_;
  // Where tracks went that identity has not vouched for yet (they may be reflections), so that who turns out to be
  // somebody is in a zone since he entered it.
  TrackMemory<Step> unnamed_;
  std::vector<OpenUse> open_uses_;                       // of zones that no frame has shown yet
  std::optional<UtcTime> captured_at_;                   // of the last frame
  std::vector<ZoneWatch> watches_;                       // one for each of map_.zones(),
  std::vector<std::map<Pts, std::string>> attempt_ids_;  // by when they began, in site time: the last of each zone
};

}  // namespace spotter::floor
