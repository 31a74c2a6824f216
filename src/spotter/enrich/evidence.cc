// SPDX-License-Identifier: Apache-2.0
#include "spotter/enrich/evidence.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spotter::enrich {
namespace {

using nlohmann::json;

// A wipe takes a few strokes to and fro and covers a hand's width several times; less is a touch, a hand that rests
// or a machine that is adjusted.
constexpr double kFewStrokes = 3;
constexpr double kManyStrokes = 6;
constexpr double kShortWipe_s = 1.0;    // NOLINT(readability-identifier-naming): unit suffix
constexpr double kLongWipe_s = 3.0;     // NOLINT(readability-identifier-naming)
constexpr double kSmallExtent_m = 0.1;  // NOLINT(readability-identifier-naming)
constexpr double kLargeExtent_m = 0.3;  // NOLINT(readability-identifier-naming)
constexpr double kCleaned = 0.6;        // score from which on it counts as cleaned
constexpr double kNotCleaned = 0.25;    // and up to which it does not

double NumberAt(const json& object, const char* name) {
  const auto it = object.find(name);
  return it != object.end() && it->is_number() ? it->get<double>() : 0;
}

// 0 at `low`, 1 at `high`, straight between.
double Ramp(double value, double low, double high) { return std::clamp((value - low) / (high - low), 0.0, 1.0); }

// The weakest of the three decides: many strokes on one spot are no cleaning, nor is one long stroke.
double Score(const WipingEvidence& evidence) {
  return std::min({Ramp(evidence.sweeps, kFewStrokes - 1, kManyStrokes),
                   Ramp(evidence.wiping_s, kShortWipe_s / 2, kLongWipe_s),
                   Ramp(evidence.extent_m, kSmallExtent_m / 2, kLargeExtent_m)});
}

}  // namespace

std::optional<WipingEvidence> ReadEvidence(std::string_view data) {
  const json object = json::parse(data, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) return std::nullopt;
  const auto measured = object.find("evidence");
  if (measured == object.end() || !measured->is_object() || !measured->contains("sweeps")) return std::nullopt;
  WipingEvidence evidence;
  evidence.wiping_s = std::max(0.0, NumberAt(*measured, "wiping_s"));
  evidence.sweeps = static_cast<int>(std::clamp(NumberAt(*measured, "sweeps"), 0.0, 1e6));
  evidence.extent_m = std::max(0.0, NumberAt(*measured, "extent_m"));
  evidence.confidence = std::clamp(NumberAt(object, "confidence"), 0.0, 1.0);
  evidence.verdict =
      object.value("verdict", json("unknown")).is_string() ? object.value("verdict", "unknown") : "unknown";
  evidence.by_user = object.value("by_user", json(false)) == json(true);
  return evidence;
}

Enrichment Judge(const WipingEvidence& evidence) {
  const double score = Score(evidence);
  const char* verdict = score >= kCleaned ? "cleaned" : score <= kNotCleaned ? "not_cleaned" : "unclear";
  const double sureness = score >= kCleaned ? score : score <= kNotCleaned ? 1 - score : 0.5;
  // Two views of the same hands: where the floor's own verdict is the other one, neither is sure.
  const bool contradicts = (score >= kCleaned && evidence.verdict == "not_cleaned") ||
                           (score <= kNotCleaned && evidence.verdict == "cleaned");
  Enrichment outcome;
  outcome.status = MmStatus::kDone;
  outcome.description = fmt::format(
      "{} moved their hands to and fro over the machine for {:.1f} s, {} strokes, about "
      "{:.1f} m across: {}.",
      evidence.by_user ? "The last user" : "Somebody", evidence.wiping_s, evidence.sweeps, evidence.extent_m,
      contradicts            ? "unclear"
      : score >= kCleaned    ? "cleaned"
      : score <= kNotCleaned ? "not cleaned"
                             : "unclear");
  outcome.labels = {contradicts ? "unclear" : verdict, evidence.by_user ? "by_user" : "by_other"};
  if (evidence.sweeps > 0) outcome.labels.emplace_back("wiping");
  const double confidence = contradicts ? 0.5 : sureness * (0.5 + evidence.confidence / 2);
  outcome.confidence = std::round(confidence * 1e3) / 1e3;
  return outcome;
}

}  // namespace spotter::enrich
