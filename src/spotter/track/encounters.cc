// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/encounters.h"

#include <algorithm>
#include <cmath>

#include "spotter/track/affinity.h"

namespace spotter::track {
namespace {

constexpr float kBeside = 0.25F;  // of the height: the gap to somebody who has just come out beside somebody

// How much more the two look like each other than like themselves; none = nobody can say.
std::optional<double> Lead(const LearnedAppearance& a,
                           const Appearance& seen_a,
                           const LearnedAppearance& b,
                           const Appearance& seen_b) {
  if (a.Get() == nullptr || b.Get() == nullptr) return std::nullopt;
  const auto a_like_a = Similarity(*a.Get(), seen_a);
  const auto a_like_b = Similarity(*a.Get(), seen_b);
  const auto b_like_a = Similarity(*b.Get(), seen_a);
  const auto b_like_b = Similarity(*b.Get(), seen_b);
  if (!a_like_a || !a_like_b || !b_like_a || !b_like_b) return std::nullopt;
  return *a_like_b + *b_like_a - *a_like_a - *b_like_b;
}

bool IsSeen(const Tracklet& track) { return track.frames_unseen() == 0; }

bool IsNear(const Box& a, const Box& b) {
  const float reach = kBeside * std::max(a.height(), b.height());
  const Box gap = Intersect(a, b);  // of negative width or height where there is one
  return gap.width() >= -reach && gap.height() >= -reach;
}

Tracklet* FindTrack(std::span<Tracklet> tracks, TrackId id) {
  const auto it =
      std::ranges::find_if(tracks, [&](const Tracklet& track) { return track.confirmed() && track.id() == id; });
  return it != tracks.end() ? &*it : nullptr;
}

}  // namespace

void Encounters::Update(Pts now, std::span<Tracklet> tracks) {
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (AreClose(now, tracks[i], tracks[j])) Meet(now, tracks[i].id(), tracks[j].id());
    }
  }
  for (Encounter& encounter : encounters_) {
    Tracklet* a = FindTrack(tracks, encounter.a);
    Tracklet* b = FindTrack(tracks, encounter.b);
    if (a != nullptr && b != nullptr) Judge(now, encounter, *a, *b);
  }
  std::erase_if(encounters_, [&](const Encounter& encounter) { return IsOver(now, encounter, tracks); });
  Learn(tracks);
}

bool Encounters::IsHidden(const Tracklet& track) const {
  return track.confirmed() && !IsSeen(track) && std::ranges::any_of(encounters_, [&](const Encounter& encounter) {
           return encounter.a == track.id() || encounter.b == track.id();
         });
}

double Encounters::Emerges(const Tracklet& hidden, const Tracklet& other, const Observation& observation) const {
  if (!HaveMet(hidden, other) || !IsNear(other.last().box, observation.box)) return 0;
  if (!ShareASide(hidden.last().box, observation.box)) return 0;
  const auto lead = Lead(hidden.appearance(), observation.appearance, other.appearance(), other.last().appearance);
  if (!lead || std::abs(*lead) < options_.clear_lead) return 0;
  const auto mean = [](const Appearance& known_a, const Appearance& seen_a, const Appearance& known_b,
                       const Appearance& seen_b) {
    return (Similarity(known_a, seen_a).value_or(0) + Similarity(known_b, seen_b).value_or(0)) / 2;
  };
  const Appearance& one = *hidden.appearance().Get();
  const Appearance& two = *other.appearance().Get();
  const double alike = *lead > 0 ? mean(one, other.last().appearance, two, observation.appearance)
                                 : mean(one, observation.appearance, two, other.last().appearance);
  return alike >= options_.emerges_alike ? alike : 0;
}

void Encounters::Learn(std::span<Tracklet> tracks) const {
  for (Tracklet& track : tracks) {
    if (!IsSeen(track)) continue;
    const bool alone = std::ranges::none_of(tracks, [&](const Tracklet& other) {
      if (&other == &track) return false;
      if (IsSeen(other)) return Containment(track.last().box, other.last().box) > options_.apart;
      return HaveMet(track, other);
    });
    if (alone) track.LearnAppearance();
  }
}

// Who has just vanished may vanish on the way to where the other is.
bool Encounters::AreClose(Pts now, const Tracklet& a, const Tracklet& b) const {
  if (!a.confirmed() || !b.confirmed() || (!IsSeen(a) && !IsSeen(b))) return false;
  if (Containment(a.expected_box(), b.expected_box()) < options_.close) return false;
  return ToSeconds(now - std::min(a.last().pts, b.last().pts)) <= options_.vanishes_within_s;
}

void Encounters::Meet(Pts now, TrackId a, TrackId b) {
  const auto known = std::ranges::find_if(encounters_, [&](const Encounter& e) { return IsBetween(e, a, b); });
  if (known != encounters_.end()) {
    known->last_close = now;
  } else {
    encounters_.push_back({a, b, now, now});
  }
}

void Encounters::Judge(Pts now, Encounter& encounter, Tracklet& a, Tracklet& b) const {
  const double age_s = ToSeconds(now - encounter.judged_at);
  encounter.judged_at = now;
  if (IsSeen(a) != IsSeen(b)) {  // the unseen one is still with the other, as far as anybody can say
    encounter.last_close = now;
    encounter.exchanged = 0;
  }
  if (!IsSeen(a) || !IsSeen(b)) return;
  const auto lead = Lead(a.appearance(), a.last().appearance, b.appearance(), b.last().appearance);
  if (!lead) return;
  encounter.exchanged += (1 - std::exp(-std::max(0.0, age_s) / options_.judged_over_s)) * (*lead - encounter.exchanged);
  if (encounter.exchanged < options_.clear_lead) return;
  ExchangeIdentities(a, b);
  encounter.exchanged = -encounter.exchanged;
}

bool Encounters::IsOver(Pts now, const Encounter& encounter, std::span<Tracklet> tracks) const {
  const Tracklet* a = FindTrack(tracks, encounter.a);
  const Tracklet* b = FindTrack(tracks, encounter.b);
  if (a == nullptr || b == nullptr) return true;
  if (ToSeconds(now - encounter.last_close) > options_.forget_after_s) return true;
  if (!IsSeen(*a) || !IsSeen(*b)) return false;
  return encounter.exchanged < -options_.clear_lead && Containment(a->last().box, b->last().box) <= options_.apart;
}

bool Encounters::HaveMet(const Tracklet& a, const Tracklet& b) const {
  return a.confirmed() && b.confirmed() &&
         std::ranges::any_of(encounters_, [&](const Encounter& e) { return IsBetween(e, a.id(), b.id()); });
}

bool Encounters::IsBetween(const Encounter& encounter, TrackId a, TrackId b) {
  return (encounter.a == a && encounter.b == b) || (encounter.a == b && encounter.b == a);
}

}  // namespace spotter::track
