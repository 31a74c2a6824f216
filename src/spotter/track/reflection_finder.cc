// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/reflection_finder.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace spotter::track {
namespace {

constexpr std::chrono::microseconds kSampleInterval{50'000};
constexpr std::chrono::microseconds kJudgeInterval{250'000};
constexpr double kBehindFor_s = 0.5;  // NOLINT(readability-identifier-naming): unit suffix

// Long enough to see where somebody is, short enough to have forgotten who was there before.
constexpr double kRecently_s = 0.5;  // NOLINT(readability-identifier-naming): unit suffix

// A first hint that two move as one; less than what proves it.
constexpr double kHintShared = 0.15;
constexpr double kHintCorrelation = 0.5;
constexpr double kHintLag_s = 0.1;  // NOLINT(readability-identifier-naming): unit suffix

// In a known mirror the place says the most: a network that sees a reflection's back as a front makes it a copy.
constexpr double kKnownError = 0.15;
constexpr double kStillError = 0.25;  // of somebody who has been a reflection already

bool HintsAtMirror(const MirrorEvidence& evidence) {
  return evidence.shared >= kHintShared && evidence.correlation >= kHintCorrelation &&
         std::abs(evidence.lag_s) <= kHintLag_s;
}

double ShapeErrorOf(const MirrorEvidence& evidence) {
  return std::min(evidence.mirrored.across, evidence.copied.across);
}

double SecondsSince(const std::optional<Pts>& since, Pts now) { return since ? ToSeconds(now - *since) : 0; }

// Sets when a condition began to hold without a break; returns for how many seconds it has.
double HoldsFor(bool holds, Pts now, std::optional<Pts>& since) {
  if (!holds) since.reset();
  if (holds && !since) since = now;
  return SecondsSince(since, now);
}

}  // namespace

void ReflectionFinder::Update(Perception& perception) {
  if (last_pts_ && perception.pts < *last_pts_) *this = ReflectionFinder(options_);
  last_pts_ = perception.pts;
  if (!sampled_at_ || perception.pts - *sampled_at_ >= kSampleInterval) {
    sampled_at_ = perception.pts;
    const bool somebody_new = Remember(perception);
    if (somebody_new || !judged_at_ || perception.pts - *judged_at_ >= kJudgeInterval) Judge(perception.pts);
  }
  perception.reflections.emplace();
  std::erase_if(perception.people, [&](PerceivedPerson& person) {
    const Track* track = Find(person.track_id);
    person.in_doubt = track != nullptr && track->in_doubt;
    const bool is_reflection = track != nullptr && track->is_reflection;
    if (is_reflection) perception.reflections->push_back(person.track_id);
    return is_reflection;
  });
}

// Forgets what was before the last seconds of a track.
void ReflectionFinder::Trim(Track& track, double seconds) {
  while (ToSeconds(track.figures.back().pts - track.figures.front().pts) > seconds) track.figures.pop_front();
}

// True when somebody is seen for the first time.
bool ReflectionFinder::Remember(const Perception& perception) {
  const Pts now = perception.pts;
  bool somebody_new = false;
  const float aspect = static_cast<float>(perception.width) / static_cast<float>(std::max(perception.height, 1));
  for (const PerceivedPerson& person : perception.people) {
    Track* track = Find(person.track_id);
    if (track == nullptr) {
      track = &tracks_.emplace_back();
      track->id = person.track_id;
      track->first_seen = now;
      somebody_new = true;
    } else if (track->figures.back().pts == now) {
      continue;  // the same id twice in one frame
    }
    track->figures.push_back(MakeFigure(now, aspect, person));
    Trim(*track, options_.window_s);
  }
  std::erase_if(
      tracks_, [&](const Track& track) { return ToSeconds(now - track.figures.back().pts) > options_.forget_after_s; });
  return somebody_new;
}

ReflectionFinder::Track* ReflectionFinder::Find(TrackId id) {
  const auto it = std::find_if(tracks_.begin(), tracks_.end(), [&](const Track& track) { return track.id == id; });
  return it != tracks_.end() ? &*it : nullptr;
}

void ReflectionFinder::Judge(Pts now) {
  judged_at_ = now;
  std::vector<Track*> present;
  for (Track& track : tracks_) {
    if (track.figures.back().pts == now && present.size() < options_.most_people) present.push_back(&track);
  }
  for (Track* track : present) {
    if (track->is_reflection) {
      Recheck(*track, present);
    } else {
      JudgeTrack(*track, present);
    }
  }
}

void ReflectionFinder::JudgeTrack(Track& track, const std::vector<Track*>& present) {
  const Pts now = track.figures.back().pts;
  const std::optional<Suspicion> suspicion = Suspect(track, present);
  const bool behind = StandsBehindMirror(track, now);
  if (IsProven(track, suspicion, now)) {
    track.source = suspicion->source->id;
    mirror_.Learn(suspicion->evidence, suspicion->source->figures.back(), track.figures.back());
    track.is_reflection = true;
  } else if (behind) {
    track.is_reflection = true;
  }
  track.in_doubt = !track.is_reflection && IsInDoubt(track, suspicion, now);
}

// Null: it has none, or that one is not seen.
const ReflectionFinder::Track* ReflectionFinder::SourceOf(const Track& reflection, const std::vector<Track*>& present) {
  const auto it = std::ranges::find_if(present, [&](const Track* track) { return track->id == reflection.source; });
  return it != present.end() ? *it : nullptr;
}

// A verdict can be wrong, or the tracker may have exchanged two people since.
void ReflectionFinder::Recheck(Track& reflection, const std::vector<Track*>& present) {
  if (!reflection.source) {
    if (mirror_.IsBehind(reflection.figures.back()) == false) reflection.is_reflection = false;
    return;
  }
  const Track* source = SourceOf(reflection, present);
  if (source == nullptr) return;
  const std::optional<MirrorEvidence> evidence = CompareTracks(*source, reflection);
  if (!evidence || evidence->seconds < options_.prove_after_s) return;
  if (MovesApart(*evidence)) {
    if (!HandOver(reflection, present)) Revoke(reflection, present);
  } else if (IsMirrored(*evidence) && IsStillMirrored(*source, reflection)) {
    reflection.was_exchanged = false;
    mirror_.Learn(*evidence, source->figures.back(), reflection.figures.back());
  }
}

// Right now, too: the tracker may have exchanged two people a moment ago.
bool ReflectionFinder::IsStillMirrored(const Track& source, const Track& image) const {
  const std::optional<MirrorEvidence> evidence = CompareTracks(source, image, kRecently_s);
  return evidence && IsMirrored(*evidence);
}

// Where somebody else stands so that the reflection can be his, the tracker has exchanged two reflections that passed
// each other. False: nobody does, or that was tried last time.
bool ReflectionFinder::HandOver(Track& reflection, const std::vector<Track*>& present) const {
  if (reflection.was_exchanged) return false;
  const Track* other = SourceInMirror(reflection, present);
  if (other == nullptr) return false;
  reflection.source = other->id;
  reflection.was_exchanged = true;
  Trim(reflection, kRecently_s);
  return true;
}

// What was learned from the pair is wrong then, too, unless other reflections say the same of the mirror.
void ReflectionFinder::Revoke(Track& reflection, const std::vector<Track*>& present) {
  reflection.is_reflection = false;
  reflection.was_exchanged = false;
  reflection.source.reset();
  reflection.proven_since.reset();
  reflection.suspected_since.reset();
  reflection.behind_since.reset();
  if (IsMirrorConfirmed(present)) return;
  mirror_ = LearnedMirror();
  for (Track& track : tracks_) {
    if (!track.source) track.is_reflection = false;
  }
}

// The one besides its source whom the known mirror would show there, and who looks most like it; null: nobody.
const ReflectionFinder::Track* ReflectionFinder::SourceInMirror(const Track& image,
                                                                const std::vector<Track*>& present) const {
  if (mirror_.IsBehind(image.figures.back()) == false) return nullptr;
  const Track* best = nullptr;
  double least = kStillError;
  for (const Track* track : present) {
    if (track == &image || track->is_reflection || track->id == image.source) continue;
    const std::optional<MirrorEvidence> evidence = CompareTracks(*track, image, kRecently_s);
    if (!evidence || evidence->seconds < kRecently_s / 2 || !mirror_.Explains(*evidence)) continue;
    const double error = ShapeErrorOf(*evidence);
    if (error > least) continue;
    least = error;
    best = track;
  }
  return best;
}

// Whether somebody and his reflection stand as the known mirror has it, and have not moved apart.
bool ReflectionFinder::IsMirrorConfirmed(const std::vector<Track*>& present) const {
  return std::ranges::any_of(present, [&](const Track* image) {
    if (!image->is_reflection || image->was_exchanged) return false;
    const Track* source = SourceOf(*image, present);
    if (source == nullptr) return false;
    const std::optional<MirrorEvidence> evidence = CompareTracks(*source, *image);
    return evidence && evidence->seconds >= options_.prove_after_s && IsMirrored(*evidence) && !MovesApart(*evidence) &&
           mirror_.Explains(*evidence);
  });
}

// The likeliest source among the others, if there is any.
std::optional<ReflectionFinder::Suspicion> ReflectionFinder::Suspect(const Track& track,
                                                                     const std::vector<Track*>& present) const {
  std::optional<Suspicion> best;
  const auto rank = [](const Suspicion& s) {
    return std::tuple(!s.in_known_mirror, !s.moves_as_one, s.evidence.mirrored.across);
  };
  for (const Track* source : present) {
    if (source == &track || source->is_reflection) continue;
    const std::optional<Suspicion> suspicion = Suspect(track, *source);
    if (suspicion && (!best || rank(*suspicion) < rank(*best))) best = suspicion;
  }
  return best;
}

std::optional<ReflectionFinder::Suspicion> ReflectionFinder::Suspect(const Track& track, const Track& source) const {
  const std::optional<MirrorEvidence> evidence = CompareTracks(source, track);
  if (!evidence) return std::nullopt;
  if (evidence->seconds >= options_.apart_after_s && MovesApart(*evidence)) return std::nullopt;
  Suspicion suspicion{.source = &source, .evidence = *evidence};
  suspicion.in_known_mirror = evidence->seconds >= options_.known_after_s && ShapeErrorOf(*evidence) <= kKnownError &&
                              mirror_.Explains(*evidence);
  if (!suspicion.in_known_mirror && !IsMirrored(*evidence)) return std::nullopt;
  suspicion.moves_as_one = evidence->seconds >= options_.prove_after_s && MovesAsOne(*evidence);
  return suspicion;
}

bool ReflectionFinder::IsProven(Track& track, const std::optional<Suspicion>& suspicion, Pts now) const {
  const bool proof = suspicion && (suspicion->moves_as_one || suspicion->in_known_mirror);
  return HoldsFor(proof, now, track.proven_since) >= options_.prove_for_s;
}

bool ReflectionFinder::IsInDoubt(Track& track, const std::optional<Suspicion>& suspicion, Pts now) const {
  const bool young = ToSeconds(now - track.first_seen) < options_.young_s;
  const bool suspect = suspicion && (young || suspicion->in_known_mirror || HintsAtMirror(suspicion->evidence));
  const double for_s = HoldsFor(suspect, now, track.suspected_since);
  return suspect && for_s <= options_.longest_doubt_s;
}

bool ReflectionFinder::StandsBehindMirror(Track& track, Pts now) const {
  const std::optional<bool> behind = mirror_.IsBehind(track.figures.back());
  if (behind == false) track.was_before_mirror = true;
  const bool holds = behind == true && !track.was_before_mirror;
  return HoldsFor(holds, now, track.behind_since) >= kBehindFor_s;
}

std::optional<MirrorEvidence> ReflectionFinder::CompareTracks(const Track& source,
                                                              const Track& image,
                                                              double last_s) const {
  const Pts now = image.figures.back().pts;
  std::vector<FigurePair> frames;
  frames.reserve(std::min(source.figures.size(), image.figures.size()));
  auto s = source.figures.begin();
  for (const Figure& figure : image.figures) {
    while (s != source.figures.end() && s->pts < figure.pts) ++s;
    if (s == source.figures.end()) break;
    if (ToSeconds(now - figure.pts) > last_s) continue;
    if (s->pts == figure.pts) frames.push_back({&*s, &figure});
  }
  return Compare(frames);
}

}  // namespace spotter::track
