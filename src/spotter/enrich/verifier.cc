// SPDX-License-Identifier: Apache-2.0
#include "spotter/enrich/verifier.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "spotter/base/quantile.h"
#include "spotter/enrich/evidence.h"
#include "spotter/enrich/hand_work.h"
#include "spotter/enrich/scene_change.h"
#include "spotter/enrich/subject.h"

namespace spotter::enrich {
namespace {

constexpr double kWiped_s = 1.8;     // NOLINT(readability-identifier-naming): unit suffix
constexpr double kTouched_s = 0.9;   // NOLINT(readability-identifier-naming)
constexpr double kLongWipe_s = 4;    // NOLINT(readability-identifier-naming)
constexpr double kStillHand = 0.25;  // share of moving pictures: less, and the joints only jittered
constexpr double kContact = 0.4;     // share of the time
constexpr double kUnsure = 0.6;      // most confidence of a verdict that is contradicted
constexpr double kMostSure = 0.95;
constexpr double kUsualPeople = 0.9;  // quantile of the people in a frame: passers-by for a moment do not count
constexpr std::chrono::microseconds kAround{1'000'000};  // the attempt, in what is looked at

// What was seen of the one who wiped most.
struct Seen {
  HandWork work;
  std::optional<double> motion;
  int people = 0;
  background::ObjectChange object = background::ObjectChange::kNone;

  bool hand_is_still() const { return motion && *motion < kStillHand; }
  double wiping_s() const { return hand_is_still() ? 0 : work.wiping_s; }
};

LookAt LookAtOf(const EventRecord& event) {
  LookAt look;
  std::int64_t track = 0;
  const char* end = event.track_id.data() + event.track_id.size();
  if (std::from_chars(event.track_id.data(), end, track).ptr == end && track > 0) look.track_id = TrackId(track);
  const nlohmann::json data = nlohmann::json::parse(event.data, nullptr, /*allow_exceptions=*/false);
  if (!event.pts_s || !data.is_object() || !data.contains("end_s") || !data["end_s"].is_number()) return look;
  look.from = FromSeconds(*event.pts_s) - kAround;
  look.to = FromSeconds(data["end_s"].get<double>()) + kAround;
  return look;
}

int CountPeople(const std::vector<Perception>& poses) {
  if (poses.empty()) return 0;
  const auto count = [](const Perception& perception) { return static_cast<int>(perception.people.size()); };
  return Quantile(ValuesOf(poses, count), kUsualPeople);
}

Seen LookAtClip(const EventRecord& event, const ClipEvidence& clip) {
  Seen seen;
  for (const Subject& subject : FindSubjects(clip.poses, LookAtOf(event))) {
    HandWork work = MeasureHandWork(subject);
    if (std::pair(work.wiping_s, work.quality) < std::pair(seen.work.wiping_s, seen.work.quality)) continue;
    seen.motion = MotionAtHands(clip, subject, work);
    seen.work = std::move(work);
  }
  seen.people = CountPeople(clip.poses);
  seen.object = FindObjectChange(clip);
  return seen;
}

std::string VerdictOf(const Seen& seen) {
  if (seen.wiping_s() >= kWiped_s) return "cleaned";
  return seen.wiping_s() <= kTouched_s ? "not_cleaned" : "unclear";
}

double ConfidenceIn(const std::string& verdict, const Seen& seen, const std::optional<WipingEvidence>& measured) {
  double confidence = 0.5;
  if (verdict == "cleaned") confidence += 0.5 * std::min(1.0, seen.wiping_s() / kLongWipe_s) * seen.work.quality;
  if (verdict == "not_cleaned") confidence += 0.5 * (seen.hand_is_still() ? 0.5 : 1 - seen.work.quality);
  const std::string other = measured ? Judge(*measured).labels.front() : verdict;
  if (other != verdict && other != "unclear") confidence = std::min(confidence, kUnsure);
  return std::round(std::min(confidence, kMostSure) * 1e3) / 1e3;
}

std::string DescribeHands(const Seen& seen) {
  if (seen.work.stretches.empty()) return "Nobody's hand went to and fro over a surface";
  return fmt::format("A hand went to and fro over a surface for {:.1f} s, {} strokes, about {:.1f} m across{}",
                     seen.work.wiping_s, seen.work.strokes, seen.work.extent_m,
                     !seen.motion           ? ""
                     : seen.hand_is_still() ? ", but the picture stands still there"
                                            : ", and the picture shows it move");
}

std::string Describe(const Seen& seen, const std::string& verdict) {
  std::string text = DescribeHands(seen);
  text += fmt::format(". {} {} in view.", seen.people, seen.people == 1 ? "person" : "people");
  if (seen.object == background::ObjectChange::kLeft) text += " Something was left behind.";
  if (seen.object == background::ObjectChange::kTaken) text += " Something was taken away.";
  return text + " Verdict: " + (verdict == "not_cleaned" ? "not cleaned" : verdict) + ".";
}

std::vector<std::string> LabelsOf(const Seen& seen, const std::string& verdict) {
  std::vector<std::string> labels = {verdict};
  if (seen.wiping_s() > 0) labels.emplace_back("wiping");
  if (seen.work.contact >= kContact) labels.emplace_back("hand_on_surface");
  if (seen.motion) labels.emplace_back(seen.hand_is_still() ? "still_hand" : "moving_hand");
  if (seen.object == background::ObjectChange::kLeft) labels.emplace_back("object_left");
  if (seen.object == background::ObjectChange::kTaken) labels.emplace_back("object_taken");
  labels.emplace_back(seen.people == 0 ? "nobody" : seen.people == 1 ? "one_person" : "several_people");
  return labels;
}

}  // namespace

std::optional<Enrichment> Verify(const EventRecord& event, const ClipEvidence& clip) {
  const std::optional<WipingEvidence> measured = ReadEvidence(event.data);
  if (clip.poses.empty()) return measured ? std::optional(Judge(*measured)) : std::nullopt;
  const Seen seen = LookAtClip(event, clip);
  const std::string verdict = VerdictOf(seen);
  Enrichment outcome = {.status = MmStatus::kDone,
                        .description = Describe(seen, verdict),
                        .labels = LabelsOf(seen, verdict),
                        .confidence = ConfidenceIn(verdict, seen, measured)};
  if (measured) outcome.labels.emplace_back(measured->by_user ? "by_user" : "by_other");
  return outcome;
}

}  // namespace spotter::enrich
