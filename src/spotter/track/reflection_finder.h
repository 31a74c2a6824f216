// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <limits>
#include <optional>
#include <vector>

#include "spotter/core/perception.h"
#include "spotter/track/figure.h"
#include "spotter/track/learned_mirror.h"
#include "spotter/track/mirror_evidence.h"

namespace spotter::track {

// Times in seconds.
struct ReflectionOptions {
  double window_s = 4;           // how far back two people are compared
  double prove_after_s = 3;      // least time that both were seen, for a verdict by their movement alone,
  double prove_for_s = 0.5;      // which must hold so long
  double known_after_s = 1;      // the same for a verdict by the place in a mirror that is known
  double apart_after_s = 1.5;    // least time to say that two do not move as one
  double young_s = 3;            // who was seen for less is in doubt already for standing like a reflection,
  double longest_doubt_s = 8;    // and nobody is for longer
  double forget_after_s = 10;    // tracks that are not seen
  std::size_t most_people = 32;  // who are compared with each other; further people of a frame are not judged
};

// Finds the reflections among the tracked people of one camera, by what a plane mirror does: an image with left and
// right exchanged, smaller, that moves at the same instant (mirror_evidence.h). From proven pairs it learns where the
// mirror is, and then knows reflections in it by their place, also where their source is out of the picture. People who
// could turn out to be reflections are in doubt for some seconds. A person alone is never rejected before a mirror is
// known. A verdict is taken back when the two move apart, unless the tracker exchanged two reflections. One owner, not
// thread safe.
class ReflectionFinder {
 public:
  explicit ReflectionFinder(const ReflectionOptions& options = {}) : options_(options) {}

  // Sets in_doubt of the people and moves reflections from them to `reflections`. Perceptions come in the order of
  // their pts; when time runs back, all is forgotten.
  void Update(Perception& perception);

 private:
  struct Track {
    TrackId id;
    Pts first_seen{0};
    std::deque<Figure> figures;  // oldest first
    bool is_reflection = false;
    bool in_doubt = false;
    std::optional<TrackId> source;       // whose reflection it is; none where only the place told that it is one
    bool was_exchanged = false;          // and since the tracker exchanged two, nothing has confirmed it
    std::optional<Pts> proven_since;     // without a break
    std::optional<Pts> suspected_since;  // looks like a reflection, without a break
    std::optional<Pts> behind_since;     // a known mirror, without a break
    bool was_before_mirror = false;
  };
  // What the best source of a track says.
  struct Suspicion {
    const Track* source = nullptr;
    MirrorEvidence evidence;
    bool moves_as_one = false;
    bool in_known_mirror = false;
  };

  static void Trim(Track& track, double seconds);
  bool Remember(const Perception& perception);
  void Judge(Pts now);
  void JudgeTrack(Track& track, const std::vector<Track*>& present);
  void Recheck(Track& reflection, const std::vector<Track*>& present);
  static const Track* SourceOf(const Track& reflection, const std::vector<Track*>& present);
  bool HandOver(Track& reflection, const std::vector<Track*>& present) const;
  void Revoke(Track& reflection, const std::vector<Track*>& present);
  const Track* SourceInMirror(const Track& image, const std::vector<Track*>& present) const;
  bool IsMirrorConfirmed(const std::vector<Track*>& present) const;
  std::optional<Suspicion> Suspect(const Track& track, const std::vector<Track*>& present) const;
  std::optional<Suspicion> Suspect(const Track& track, const Track& source) const;
  bool IsProven(Track& track, const std::optional<Suspicion>& suspicion, Pts now) const;
  bool IsInDoubt(Track& track, const std::optional<Suspicion>& suspicion, Pts now) const;
  bool StandsBehindMirror(Track& track, Pts now) const;
  bool IsStillMirrored(const Track& source, const Track& image) const;
  // Over the last seconds; all that is remembered where nothing is said.
  std::optional<MirrorEvidence> CompareTracks(const Track& source,
                                              const Track& image,
                                              double last_s = std::numeric_limits<double>::infinity()) const;
  Track* Find(TrackId id);

  ReflectionOptions options_;
  std::vector<Track> tracks_;
  LearnedMirror mirror_;
  std::optional<Pts> last_pts_;
  std::optional<Pts> sampled_at_;
  std::optional<Pts> judged_at_;
};

}  // namespace spotter::track
