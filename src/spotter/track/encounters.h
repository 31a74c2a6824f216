// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/ids.h"
#include "spotter/track/tracklet.h"

namespace spotter::track {

// Similarities of appearance (learned_appearance.h) are in [0, 1].
struct EncounterOptions {
  double close = 0.5;  // part of the smaller box in the other from which on two people are close to each other
  double apart = 0.1;  // and up to which they are apart
  double vanishes_within_s = 0.5;  // who is not seen any more is expected elsewhere for so long
  double clear_lead = 0.3;         // of the two similarities together by which it is clear who is who
  double emerges_alike = 0.5;      // least similarity of each of two who part again
  double judged_over_s = 0.3;      // time constant of the mean of the lead,
  int judged_frames = 3;           // which is of so many frames at least
  double forget_after_s = 2.0;     // apart without its having become clear
};

// Who met whom. When two people are so close that one hides the other, motion and pose cannot tell who is who when they
// part again; the colours of their clothes, learned while they were alone, mostly can. One owner, not thread safe.
class Encounters {
 public:
  explicit Encounters(const EncounterOptions& options) : options_(options) {}

  // Looks at this frame: lets everybody who is alone be learned, notes who is close to whom, and exchanges the
  // identities of two whose tracks have clearly taken each other's person. Tracks without an id are left alone.
  void Update(Pts now, std::span<Tracklet> tracks);

  // Whether the unseen `track` was last seen close to somebody, and may be hidden there.
  bool IsHidden(const Tracklet& track) const;
  // How well `observation`, which is nobody's, fits the unseen `hidden` who comes out beside somebody seen in this
  // frame: the lesser similarity of the two in the better way round. 0 = it does not, or it is not clear who is who.
  double Emerges(const Tracklet& hidden, std::span<const Tracklet> tracks, const Observation& observation) const;
  // Whether somebody may be hidden beside whom `observation` is: as long as its clothes are not seen it may be them.
  bool MayBeHidden(const Observation& observation, std::span<const Tracklet> tracks) const;

 private:
  struct Encounter {
    TrackId a;
    TrackId b;
    Pts last_close{0};
    Pts judged_at{0};
    double lead = 0;  // mean of that of "each is the other" before "each is who the track says",
    int frames = 0;   // over so many, since both are seen again

    bool Has(TrackId id) const { return a == id || b == id; }
  };

  static const Tracklet* PartnerOf(const Tracklet& track, const Encounter& encounter, std::span<const Tracklet> tracks);
  bool AreClose(Pts now, const Tracklet& a, const Tracklet& b) const;
  void Learn(std::span<Tracklet> tracks) const;
  void Meet(Pts now, TrackId a, TrackId b);
  void Judge(Pts now, Encounter& encounter, Tracklet& a, Tracklet& b) const;
  bool IsOver(Pts now, const Encounter& encounter, std::span<Tracklet> tracks) const;
  bool HasMet(const Tracklet& track) const;

  EncounterOptions options_;
  std::vector<Encounter> encounters_;
};

}  // namespace spotter::track
