// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/scene.h"
#include "spotter/identity/body_measure.h"

namespace spotter::identity {

// Lengths in statures of the person, times in seconds.
struct PersonLinkerOptions {
  double forget_after_s = 10.5;  // a person unseen for longer (ten seconds and some frames) is never recognised again,
  double forget_passer_after_s = 1;  // one who only walked through sooner: the next to come is likely another
  double stays_after_s = 3;          // who stood or moved in one place for so long is no passer-by, and may come back
  double reach_at_once = 0.7;        // how far from the last place a person may re-appear at once,
  double reach_per_s = 0.8;          // how much farther for each second (a brisk walk),
  double reach_at_most = 2.5;        // and never farther
  double largest_growth = 1.6;       // ratio of the statures before and after,
  double largest_growth_at_edge = 1.25;  // and of who walks out and in again: the whole body is seen both times
  double clear_lead = 0.25;     // the best candidate's cost (1 = barely possible) is lower than any rival's by this
  double familiar_after_s = 1;  // who was seen for less is no rival to somebody who was seen for longer
};

// The people that one camera knows: those in the picture and those who were there a moment ago.
class CameraPeople {
 public:
  explicit CameraPeople(const PersonLinkerOptions& options) : options_(options) {}

  // Fills person_id and track_ids of everybody in the scene; `make_id` is called for each person who is new. Somebody
  // new who is in doubt gets neither.
  void Identify(Scene& scene, const std::function<PersonId()>& make_id);
  // Those in the picture and those not forgotten yet.
  std::size_t size() const { return people_.size(); }

 private:
  struct Person {
    PersonId id;
    std::vector<TrackId> track_ids;  // oldest first
    TrackId track;                   // the one that was seen last
    Pts first_seen{0};
    Pts last_seen{0};
    BodyMeasure body;      // when last seen; the stature is smoothed
    Point velocity;        // of the anchor, frame heights per second, smoothed
    double stayed_s = 0;   // how long they did not walk to either side
    bool leaving = false;  // was about to walk out of the picture
  };
  struct Link {
    std::size_t seen = 0;  // index in Scene::people
    std::size_t lost = 0;  // index in people_
    double cost = 0;       // < 1
  };

  void Forget(Pts now);
  double RememberedFor(const Person& person) const;
  std::size_t FindByTrack(TrackId track) const;
  // Index of the person of each of Scene::people, or kNobody.
  std::vector<std::size_t> FollowTracks(const Scene& scene) const;
  void LinkLost(std::span<const BodyMeasure> bodies, Pts now, std::vector<std::size_t>& person_of) const;
  std::vector<Link> PossibleLinks(std::span<const BodyMeasure> bodies,
                                  Pts now,
                                  const std::vector<std::size_t>& person_of) const;
  std::optional<double> Cost(const Person& lost, const BodyMeasure& body, Pts now) const;
  double CostOfReturn(const Person& lost, const BodyMeasure& body) const;
  bool IsClear(const Link& best, std::span<const Link> links) const;
  bool IsFamiliar(const Person& person) const;
  static void See(Person& person, const BodyMeasure& body, Pts now, float frame_aspect);

  PersonLinkerOptions options_;
  std::vector<Person> people_;  // in the order of first appearance
};

}  // namespace spotter::identity
