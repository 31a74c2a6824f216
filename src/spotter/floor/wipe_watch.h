// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "spotter/core/event.h"
#include "spotter/core/ids.h"
#include "spotter/geometry/box.h"

namespace spotter::floor {

// One frame of somebody whose hands may reach a zone, for the cleaning of it.
struct WipeLook {
  PersonId person_id;
  TrackId track_id;
  CameraId camera_id;
  bool wiping = false;                        // the activity says so, and a hand is over the zone
  std::array<std::optional<Point>, 2> hands;  // left, right, in the picture: isotropic, any unit
  float metre = 0;                            // how long one looks at this person, in that unit; > 0
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

// Gathers the frames in which people wipe one machine into attempts to clean it, with short pauses in between. It keeps
// the hands' last seconds of everybody, because wiping is known only after some strokes. One owner, not thread safe.
class WipeWatch {
 public:
  void See(Pts now, const WipeLook& look);
  // The wipes that are over because nothing more came; all, when `everything`. What is too short or too small for a
  // hand that cleans (four strokes of 6 cm, 10 cm across), or too far, is left out.
  std::vector<Wipe> Collect(Pts now, bool everything);

 private:
  struct Sample {
    Pts at{0};
    std::array<std::optional<Point>, 2> hands;
    float metre = 0;
  };
  struct Open {
    Wipe wipe;
    Pts seen{0};                          // last frame with wiping
    std::chrono::microseconds wiping{0};  // in all
    std::deque<Sample> samples;           // while wiping, bounded
  };

  void Remember(Pts now, const WipeLook& look);
  Open& Begin(Pts now, const PersonId& person);

  static void Append(Pts now, const WipeLook& look, std::deque<Sample>& samples);
  static std::vector<Point> PathOf(std::size_t hand, const std::deque<Sample>& samples, Pts end);
  static std::optional<Wipe> Close(const Open& open);

  std::map<PersonId, Open> open_;
  std::map<PersonId, std::deque<Sample>> recent_;  // of who does not wipe
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
