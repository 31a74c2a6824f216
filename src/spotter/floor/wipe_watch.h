// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include "spotter/core/event.h"
#include "spotter/core/ids.h"
#include "spotter/geometry/box.h"

namespace spotter::floor {

// One frame of somebody near a zone, for the cleaning of it.
struct WipeLook {
  PersonId person_id;
  TrackId track_id;
  CameraId camera_id;
  bool wiping = false;                        // the activity says so, and a hand is over the zone
  std::array<std::optional<Point>, 2> hands;  // left, right: from the hips, about metres
};

// A wipe that is over; site times.
struct Wipe {
  PersonId person_id;
  TrackId track_id;
  CameraId camera_id;
  Pts start{0};
  Pts end{0};
  WipingEvidence evidence;
};

// Gathers the frames in which people wipe one machine into attempts to clean it, with short pauses in between. One
// owner, not thread safe.
class WipeWatch {
 public:
  void See(Pts now, const WipeLook& look);
  // The wipes that are over because nothing more came; all, when `everything`.
  std::vector<Wipe> Collect(Pts now, bool everything);

 private:
  struct Open {
    Wipe wipe;
    Pts seen{0};                              // last frame with wiping
    std::chrono::microseconds wiping{0};      // in all
    std::array<std::vector<Point>, 2> paths;  // of the hands, bounded
  };

  static Wipe Close(const Open& open);

  std::map<PersonId, Open> open_;
};

// A wipe's verdict: with the seconds, strokes and reach that a proper cleaning takes it is "cleaned", else "unknown";
// joints cannot say that something was cleaned badly. Confidence = 0.5 min(1, wiping / 6 s) + 0.3 min(1, strokes / 8) +
// 0.2 min(1, extent / 0.5 m); from 0.5 on it is "cleaned", below "unknown" with one minus that.
struct WipeVerdict {
  CleaningVerdict verdict = CleaningVerdict::kUnknown;
  double confidence = 0;
};
WipeVerdict Judge(const WipingEvidence& evidence);

}  // namespace spotter::floor
