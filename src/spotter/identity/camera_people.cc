// SPDX-License-Identifier: Apache-2.0
#include "spotter/identity/camera_people.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace spotter::identity {
namespace {

constexpr std::size_t kNobody = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kInDoubt = kNobody - 1;  // may be a reflection: gets no id before that is decided
constexpr double kVelocityMemoryS = 0.4;
constexpr double kStatureMemoryS = 2.0;
constexpr double kLongestGuessS = 1.0;   // how long a lost person is thought to go on as before
constexpr float kEdge = 0.02F;           // nearness of the picture's edge, frame heights
constexpr double kLeavingSpeed = 0.25;   // to a side, statures per second
constexpr double kClockJumpS = 2.0;      // time running back by more than this is a new stream, with other people
constexpr double kCostPerSecond = 0.04;  // of absence
constexpr double kUnfamiliarCost = 0.3;

float Aspect(const Scene& scene) {
  return scene.height > 0 ? static_cast<float>(scene.width) / static_cast<float>(scene.height) : 1.0F;
}

bool Has(const std::vector<TrackId>& tracks, TrackId track) {
  return std::find(tracks.begin(), tracks.end(), track) != tracks.end();
}

bool WalksOut(const BodyMeasure& body, Point velocity, float frame_aspect) {
  const double speed = kLeavingSpeed * body.stature;
  return (body.box.x0 < kEdge && velocity.x < -speed) || (body.box.x1 > frame_aspect - kEdge && velocity.x > speed);
}

}  // namespace

void CameraPeople::Identify(Scene& scene, const std::function<PersonId()>& make_id) {
  Forget(scene.pts);
  const float aspect = Aspect(scene);
  std::vector<BodyMeasure> bodies;
  bodies.reserve(scene.people.size());
  for (const ScenePerson& seen : scene.people) bodies.push_back(MeasureBody(seen.perceived, aspect));
  std::vector<std::size_t> person_of = FollowTracks(scene);
  for (std::size_t i = 0; i < scene.people.size(); ++i) {
    if (person_of[i] == kNobody && scene.people[i].perceived.in_doubt) person_of[i] = kInDoubt;
  }
  LinkLost(bodies, scene.pts, person_of);
  for (std::size_t i = 0; i < scene.people.size(); ++i) {
    if (person_of[i] == kInDoubt) continue;
    const TrackId track = scene.people[i].perceived.track_id;
    if (person_of[i] == kNobody) {
      person_of[i] = people_.size();
      people_.push_back({make_id(), {}, track, scene.pts, scene.pts, bodies[i]});
    }
    Person& person = people_[person_of[i]];
    person.track = track;
    if (!Has(person.track_ids, track)) person.track_ids.push_back(track);
    See(person, bodies[i], scene.pts, aspect);
    scene.people[i].person_id = person.id;
    scene.people[i].track_ids = person.track_ids;
  }
}

void CameraPeople::Forget(Pts now) {
  std::erase_if(people_, [&](const Person& person) {
    const double away_s = ToSeconds(now - person.last_seen);
    return away_s > RememberedFor(person) || away_s < -kClockJumpS;
  });
}

double CameraPeople::RememberedFor(const Person& person) const {
  const bool passes_by = person.leaving && person.stayed_s < options_.stays_after_s;
  return passes_by ? options_.forget_passer_after_s : options_.forget_after_s;
}

std::size_t CameraPeople::FindByTrack(TrackId track) const {
  const auto by = [&](auto is_theirs) {
    return static_cast<std::size_t>(std::find_if(people_.begin(), people_.end(), is_theirs) - people_.begin());
  };
  std::size_t person = by([&](const Person& p) { return p.track == track; });
  if (person == people_.size()) person = by([&](const Person& p) { return Has(p.track_ids, track); });
  return person == people_.size() ? kNobody : person;
}

// When the tracker finds an old track again while the person's present one is there, the old one was somebody else's.
std::vector<std::size_t> CameraPeople::FollowTracks(const Scene& scene) const {
  std::vector<std::size_t> person_of(scene.people.size(), kNobody);
  std::vector<bool> taken(people_.size(), false);
  const auto follow = [&](std::size_t seen, bool present_only) {
    const TrackId track = scene.people[seen].perceived.track_id;
    const std::size_t person = FindByTrack(track);
    if (person_of[seen] != kNobody || person == kNobody || taken[person]) return;
    if (present_only && people_[person].track != track) return;
    person_of[seen] = person;
    taken[person] = true;
  };
  for (std::size_t seen = 0; seen < scene.people.size(); ++seen) follow(seen, true);
  for (std::size_t seen = 0; seen < scene.people.size(); ++seen) follow(seen, false);
  return person_of;
}

void CameraPeople::LinkLost(std::span<const BodyMeasure> bodies, Pts now, std::vector<std::size_t>& person_of) const {
  std::vector<Link> links = PossibleLinks(bodies, now, person_of);
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) { return a.cost < b.cost; });
  std::vector<bool> lost_taken(people_.size(), false);
  for (const Link& link : links) {
    if (person_of[link.seen] != kNobody || lost_taken[link.lost] || !IsClear(link, links)) continue;
    person_of[link.seen] = link.lost;
    lost_taken[link.lost] = true;
  }
}

std::vector<CameraPeople::Link> CameraPeople::PossibleLinks(std::span<const BodyMeasure> bodies,
                                                            Pts now,
                                                            const std::vector<std::size_t>& person_of) const {
  std::vector<Link> links;
  for (std::size_t lost = 0; lost < people_.size(); ++lost) {
    if (std::find(person_of.begin(), person_of.end(), lost) != person_of.end()) continue;  // is in the picture
    for (std::size_t seen = 0; seen < bodies.size(); ++seen) {
      if (person_of[seen] != kNobody) continue;
      if (const auto cost = Cost(people_[lost], bodies[seen], now)) links.push_back({seen, lost, *cost});
    }
  }
  return links;
}

// 0 = at the same place with the same size just now, 1 = barely possible; none = impossible.
std::optional<double> CameraPeople::Cost(const Person& lost, const BodyMeasure& body, Pts now) const {
  const double away_s = ToSeconds(now - lost.last_seen);
  if (lost.leaving && away_s > options_.forget_passer_after_s) {
    const double cost = CostOfReturn(lost, body);
    return cost < 1 ? std::optional(cost) : std::nullopt;
  }
  const Point guess = lost.body.anchor + static_cast<float>(std::min(away_s, kLongestGuessS)) * lost.velocity;
  const double distance = std::min(Distance(lost.body.anchor, body.anchor), Distance(guess, body.anchor));
  const double reach = std::min(options_.reach_at_once + options_.reach_per_s * away_s, options_.reach_at_most);
  const double growth = std::abs(std::log(body.stature / lost.body.stature)) / std::log(options_.largest_growth);
  const double far = distance / (reach * std::max(lost.body.stature, body.stature));
  if (far > 1 || growth > 1) return std::nullopt;
  const double cost = std::hypot(far, growth) + kCostPerSecond * away_s + (IsFamiliar(lost) ? 0 : kUnfamiliarCost);
  return cost < 1 ? std::optional(cost) : std::nullopt;
}

// Who walked out of the picture comes in again where they left it. How long they were away says nothing about the
// place.
double CameraPeople::CostOfReturn(const Person& lost, const BodyMeasure& body) const {
  const double stature = std::max(lost.body.stature, body.stature);
  const double far = Distance(lost.body.anchor, body.anchor) / (options_.reach_at_once * stature);
  const double growth =
      std::abs(std::log(body.stature / lost.body.stature)) / std::log(options_.largest_growth_at_edge);
  return std::hypot(far, growth);
}

bool CameraPeople::IsClear(const Link& best, std::span<const Link> links) const {
  return std::none_of(links.begin(), links.end(), [&](const Link& rival) {
    const bool rivals = (rival.seen == best.seen) != (rival.lost == best.lost);
    if (!rivals || rival.cost > best.cost + options_.clear_lead) return false;
    return IsFamiliar(people_[rival.lost]) || !IsFamiliar(people_[best.lost]);
  });
}

bool CameraPeople::IsFamiliar(const Person& person) const {
  return ToSeconds(person.last_seen - person.first_seen) >= options_.familiar_after_s;
}

void CameraPeople::See(Person& person, const BodyMeasure& body, Pts now, float frame_aspect) {
  const double dt_s = ToSeconds(now - person.last_seen);
  const double stature = person.body.stature;
  if (dt_s > 0) {
    const auto share = static_cast<float>(1 - std::exp(-dt_s / kVelocityMemoryS));
    const Point moved = (1.0F / static_cast<float>(dt_s)) * (body.anchor - person.body.anchor);
    person.velocity = person.velocity + share * (moved - person.velocity);
    if (std::abs(person.velocity.x) < kLeavingSpeed * stature) person.stayed_s += std::min(dt_s, kLongestGuessS);
  }
  person.body = body;
  person.body.stature = stature + (1 - std::exp(-dt_s / kStatureMemoryS)) * (body.stature - stature);
  person.last_seen = now;
  person.leaving = WalksOut(person.body, person.velocity, frame_aspect);
}

}  // namespace spotter::identity
