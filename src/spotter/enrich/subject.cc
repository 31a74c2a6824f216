// SPDX-License-Identifier: Apache-2.0
#include "spotter/enrich/subject.h"

#include <algorithm>
#include <map>
#include <utility>

#include "spotter/base/quantile.h"

namespace spotter::enrich {
namespace {

using enum KeypointId;

constexpr std::chrono::microseconds kLeastView{1'500'000};
constexpr std::chrono::microseconds kLongestGap{1'000'000};  // of a track that goes on under another id
constexpr float kSamePlace = 0.3F;                           // overlap of its boxes
constexpr float kLeastSeen = 0.3F;                           // confidence of a hand
constexpr double kTorsoQuantile = 0.8;  // a torso that leans towards the camera looks shorter than it is

using Sightings = std::vector<std::pair<const Perception*, const PerceivedPerson*>>;

const PerceivedPerson* Find(const Perception& perception, TrackId id) {
  const auto it = std::ranges::find(perception.people, id, &PerceivedPerson::track_id);
  return it == perception.people.end() ? nullptr : &*it;
}

const PerceivedPerson* AtPlace(const Perception& perception, const Box& box) {
  const auto nearest = std::ranges::max_element(perception.people, {}, [&](const auto& p) { return Iou(p.box, box); });
  return nearest == perception.people.end() || Iou(nearest->box, box) < kSamePlace ? nullptr : &*nearest;
}

// Track ids change in the middle of a movement: whoever stands where the lost one stood is that one.
Sightings Follow(std::span<const Perception> poses, TrackId id) {
  Sightings seen;
  for (const Perception& perception : poses) {
    const PerceivedPerson* person = Find(perception, id);
    if (person == nullptr && !seen.empty() && perception.pts - seen.back().first->pts <= kLongestGap) {
      person = AtPlace(perception, seen.back().second->box);
      if (person != nullptr) id = person->track_id;
    }
    if (person != nullptr) seen.emplace_back(&perception, person);
  }
  return seen;
}

Subject ToSubject(const Sightings& seen) {
  Subject subject;
  std::vector<float> torsos;
  for (const auto& [perception, person] : seen) {
    const float aspect = static_cast<float>(perception->width) / static_cast<float>(std::max(1, perception->height));
    const auto at = [&](KeypointId joint) {
      const Keypoint& point = person->pose[joint];
      return Point{point.x * aspect, point.y};
    };
    const auto hand = [&](KeypointId wrist) {
      return person->pose[wrist].confidence < kLeastSeen ? std::nullopt : std::optional(at(wrist));
    };
    const Point hips = Midpoint(at(kLeftHip), at(kRightHip));
    torsos.push_back(Distance(Midpoint(at(kLeftShoulder), at(kRightShoulder)), hips));
    subject.samples.push_back({.pts = perception->pts,
                               .hips = hips,
                               .feet = Midpoint(at(kLeftAnkle), at(kRightAnkle)),
                               .hands = {hand(kLeftWrist), hand(kRightWrist)}});
  }
  subject.torso = std::max(Quantile(std::move(torsos), kTorsoQuantile), 1e-3F);
  return subject;
}

bool IsLongEnough(const Sightings& seen) {
  return !seen.empty() && seen.back().first->pts - seen.front().first->pts >= kLeastView;
}

std::span<const Perception> Within(std::span<const Perception> poses, const LookAt& look) {
  const auto first = std::ranges::lower_bound(poses, look.from, {}, &Perception::pts);
  const auto end = std::ranges::upper_bound(first, poses.end(), look.to, {}, &Perception::pts);
  return {first, end};
}

}  // namespace

std::vector<Subject> FindSubjects(std::span<const Perception> poses, const LookAt& look) {
  poses = Within(poses, look);
  if (look.track_id) {
    const Sightings seen = Follow(poses, *look.track_id);
    if (IsLongEnough(seen)) return {ToSubject(seen)};
  }
  std::map<TrackId, Sightings> everybody;
  for (const Perception& perception : poses) {
    for (const PerceivedPerson& person : perception.people)
      everybody[person.track_id].emplace_back(&perception, &person);
  }
  std::vector<Subject> subjects;
  for (const auto& [id, seen] : everybody) {
    if (IsLongEnough(seen)) subjects.push_back(ToSubject(seen));
  }
  return subjects;
}

}  // namespace spotter::enrich
