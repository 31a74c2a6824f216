// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/encounters.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "spotter/track/affinity.h"

namespace spotter::track {
namespace {

constexpr float kBeside = 0.25F;  // of the height: the gap to somebody who has just come out beside somebody

// Two tracks' own people against each the other's.
struct Comparison {
  // Mean similarities, over the parts that are known and seen of both, of what is seen of a (b) with what is known of
  // them.
  double a_as_a = 0;
  double a_as_b = 0;
  double b_as_a = 0;
  double b_as_b = 0;

  // By how much they are rather each other.
  double lead() const { return a_as_b + b_as_a - a_as_a - b_as_b; }
  // The worse of the two in the better way round.
  double fit() const { return lead() > 0 ? std::min(a_as_b, b_as_a) : std::min(a_as_a, b_as_b); }
};

// None: no part is known and seen of both.
std::optional<Comparison> Compare(const Appearance& known_a,
                                  const Appearance& seen_a,
                                  const Appearance& known_b,
                                  const Appearance& seen_b) {
  Comparison sum;
  int parts = 0;
  for (const auto part : {&Appearance::upper, &Appearance::lower}) {
    if (!(known_a.*part) || !(seen_a.*part) || !(known_b.*part) || !(seen_b.*part)) continue;
    sum.a_as_a += Similarity(*(seen_a.*part), *(known_a.*part));
    sum.a_as_b += Similarity(*(seen_a.*part), *(known_b.*part));
    sum.b_as_a += Similarity(*(seen_b.*part), *(known_a.*part));
    sum.b_as_b += Similarity(*(seen_b.*part), *(known_b.*part));
    ++parts;
  }
  if (parts == 0) return std::nullopt;
  return Comparison{sum.a_as_a / parts, sum.a_as_b / parts, sum.b_as_a / parts, sum.b_as_b / parts};
}

bool IsKnown(const Tracklet& track) {
  const Appearance& known = track.appearance().known();
  return known.upper.has_value() || known.lower.has_value();
}

bool IsSeen(const Tracklet& track) { return track.frames_unseen() == 0; }

bool IsNear(const Box& a, const Box& b) {
  const float reach = kBeside * std::max(a.height(), b.height());
  const Box gap = Intersect(a, b);  // of negative width or height where there is one
  return gap.width() >= -reach && gap.height() >= -reach;
}

// Null: it is gone.
template <typename Track>
Track* FindTrack(std::span<Track> tracks, TrackId id) {
  const auto it =
      std::ranges::find_if(tracks, [&](const Track& track) { return track.confirmed() && track.id() == id; });
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

bool Encounters::HasMet(const Tracklet& track) const {
  return track.confirmed() && std::ranges::any_of(encounters_, [&](const Encounter& e) { return e.Has(track.id()); });
}

bool Encounters::IsHidden(const Tracklet& track) const { return !IsSeen(track) && HasMet(track); }

double Encounters::Emerges(const Tracklet& hidden,
                           std::span<const Tracklet> tracks,
                           const Observation& observation) const {
  if (!ShareASide(hidden.last().box, observation.box)) return 0;
  double best = 0;
  for (const Encounter& encounter : encounters_) {
    const Tracklet* other = PartnerOf(hidden, encounter, tracks);
    if (other == nullptr || !IsNear(other->last().box, observation.box)) continue;
    const auto comparison = Compare(hidden.appearance().known(), observation.appearance, other->appearance().known(),
                                    other->last().appearance);
    if (!comparison || std::abs(comparison->lead()) < options_.clear_lead) continue;
    if (comparison->fit() >= options_.emerges_alike) best = std::max(best, comparison->fit());
  }
  return best;
}

bool Encounters::MayBeHidden(const Observation& observation, std::span<const Tracklet> tracks) const {
  return std::ranges::any_of(encounters_, [&](const Encounter& encounter) {
    const Tracklet* a = FindTrack(tracks, encounter.a);
    const Tracklet* b = FindTrack(tracks, encounter.b);
    if (a == nullptr || b == nullptr || IsSeen(*a) == IsSeen(*b) || !IsKnown(*a) || !IsKnown(*b)) return false;
    return IsNear((IsSeen(*a) ? a : b)->last().box, observation.box);
  });
}

// The other one of the encounter, if seen in this frame.
const Tracklet* Encounters::PartnerOf(const Tracklet& track,
                                      const Encounter& encounter,
                                      std::span<const Tracklet> tracks) {
  if (!track.confirmed() || !encounter.Has(track.id())) return nullptr;
  const Tracklet* other = FindTrack(tracks, encounter.a == track.id() ? encounter.b : encounter.a);
  return other != nullptr && IsSeen(*other) ? other : nullptr;
}

// Who has met somebody may have been exchanged, until that is clear.
void Encounters::Learn(std::span<Tracklet> tracks) const {
  for (Tracklet& track : tracks) {
    if (!IsSeen(track) || HasMet(track)) continue;
    const bool alone = std::ranges::none_of(tracks, [&](const Tracklet& other) {
      return &other != &track && IsSeen(other) && Containment(track.last().box, other.last().box) > options_.apart;
    });
    if (alone) track.LearnAppearance();
  }
}

// Who has just vanished may vanish on the way to where the other is.
bool Encounters::AreClose(Pts now, const Tracklet& a, const Tracklet& b) const {
  if (!a.confirmed() || !b.confirmed() || (!IsSeen(a) && !IsSeen(b))) return false;
  if (Containment(a.expected_box(), b.expected_box()) < options_.close) return false;
  return std::max(a.frames_unseen(), b.frames_unseen()) <= 1 ||
         ToSeconds(now - std::min(a.last().pts, b.last().pts)) <= options_.vanishes_within_s;
}

void Encounters::Meet(Pts now, TrackId a, TrackId b) {
  const auto known = std::ranges::find_if(encounters_, [&](const Encounter& e) { return e.Has(a) && e.Has(b); });
  if (known != encounters_.end()) {
    known->last_close = now;
  } else {
    encounters_.push_back({a, b, now, now});
  }
}

void Encounters::Judge(Pts now, Encounter& encounter, Tracklet& a, Tracklet& b) const {
  const double age_s = ToSeconds(now - encounter.judged_at);
  encounter.judged_at = now;
  if (IsSeen(a) != IsSeen(b) && IsKnown(a) && IsKnown(b)) {
    // The unseen one is still with the other, as far as anybody can say.
    encounter.last_close = now;
    encounter.lead = 0;
    encounter.frames = 0;
  }
  if (!IsSeen(a) || !IsSeen(b)) return;
  const auto comparison =
      Compare(a.appearance().known(), a.last().appearance, b.appearance().known(), b.last().appearance);
  if (!comparison) return;
  const double share = 1 - std::exp(-std::max(0.0, age_s) / options_.judged_over_s);
  encounter.lead += share * (comparison->lead() - encounter.lead);
  ++encounter.frames;
  if (encounter.frames < options_.judged_frames || encounter.lead < options_.clear_lead) return;
  ExchangeIdentities(a, b);
  encounter.lead = -encounter.lead;
}

bool Encounters::IsOver(Pts now, const Encounter& encounter, std::span<Tracklet> tracks) const {
  const Tracklet* a = FindTrack(tracks, encounter.a);
  const Tracklet* b = FindTrack(tracks, encounter.b);
  if (a == nullptr || b == nullptr) return true;
  if (ToSeconds(now - encounter.last_close) > options_.forget_after_s) return true;
  if (!IsSeen(*a) || !IsSeen(*b)) return false;
  return encounter.lead < -options_.clear_lead && Containment(a->last().box, b->last().box) <= options_.apart;
}

}  // namespace spotter::track
