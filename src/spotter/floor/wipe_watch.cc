// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/wipe_watch.h"

#include <algorithm>
#include <span>
#include <utility>

#include "spotter/base/median.h"
#include "spotter/geometry/strokes.h"

namespace spotter::floor {
namespace {

constexpr std::chrono::microseconds kPause{3'000'000};  // longer, and the next wipe is another attempt
constexpr std::chrono::microseconds kFrameGap{500'000};
// The activity needs to see some strokes before it speaks, and some stillness before it falls silent.
constexpr std::chrono::microseconds kLead{2'500'000};
constexpr std::chrono::microseconds kLag{1'300'000};
constexpr std::chrono::microseconds kInterval{95'000};  // of the samples: ten a second
constexpr std::size_t kMaxSamples = 4000;
constexpr double kLeastStroke_m = 0.06;  // NOLINT(readability-identifier-naming): unit suffix
constexpr double kLeastExtent_m = 0.1;   // NOLINT(readability-identifier-naming): unit suffix
constexpr double kMostExtent_m = 1.1;    // NOLINT(readability-identifier-naming): as far as an arm reaches
constexpr int kLeastSweeps = 4;
constexpr double kLeastVerdict = 0.5;

bool IsWipe(const Strokes& strokes) {
  return strokes.count >= kLeastSweeps && strokes.extent >= kLeastExtent_m && strokes.extent <= kMostExtent_m;
}

// The mean of each three samples that follow each other, 0.3 s: a hand that wipes keeps its way, a joint that jitters
// loses it.
std::vector<Point> Smoothed(std::span<const Point> path) {
  std::vector<Point> smooth;
  for (std::size_t i = 2; i < path.size(); ++i) smooth.push_back((1.0F / 3) * (path[i - 2] + path[i - 1] + path[i]));
  return smooth;
}

}  // namespace

void WipeWatch::See(Pts now, const WipeLook& look) {
  const auto it = open_.find(look.person_id);
  if (!look.wiping) {
    if (it == open_.end()) Remember(now, look);
    return;
  }
  Open& open = it == open_.end() ? Begin(now, look.person_id) : it->second;
  open.wipe.person_id = look.person_id;
  open.wipe.track_id = look.track_id;
  open.wipe.camera_id = look.camera_id;
  open.wiping += std::min(now - open.seen, kFrameGap);
  open.seen = now;
  if (open.samples.size() < kMaxSamples) Append(now, look, open.samples);
}

void WipeWatch::Append(Pts now, const WipeLook& look, std::deque<Sample>& samples) {
  if (!samples.empty() && now - samples.back().at < kInterval) return;
  samples.push_back({.at = now, .hands = look.hands, .metre = look.metre});
}

void WipeWatch::Remember(Pts now, const WipeLook& look) {
  std::deque<Sample>& recent = recent_[look.person_id];
  Append(now, look, recent);
  while (now - recent.front().at > kLead) recent.pop_front();
}

// The strokes by which the activity was known belong to the wipe.
WipeWatch::Open& WipeWatch::Begin(Pts now, const PersonId& person) {
  Open& open = open_[person];
  open.wipe.start = std::max(Pts{0}, now - kLead);
  open.seen = now;
  open.samples = std::exchange(recent_[person], {});
  while (!open.samples.empty() && now - open.samples.front().at > kLead) open.samples.pop_front();
  return open;
}

std::vector<Wipe> WipeWatch::Collect(Pts now, bool everything) {
  std::erase_if(recent_,
                [&](const auto& entry) { return entry.second.empty() || now - entry.second.back().at > kLead; });
  std::vector<Wipe> wipes;
  std::erase_if(open_, [&](const auto& entry) {
    const bool over = everything || now - entry.second.seen > kPause;
    if (!over) return false;
    if (std::optional<Wipe> wipe = Close(entry.second)) wipes.push_back(std::move(*wipe));
    return true;
  });
  std::ranges::stable_sort(wipes, {}, &Wipe::start);
  return wipes;
}

// Metres, up to `end`. Who wipes stands still: one length of a metre holds for all samples, and jitters less.
std::vector<Point> WipeWatch::PathOf(std::size_t hand, const std::deque<Sample>& samples, Pts end) {
  std::vector<Point> path;
  std::vector<float> metres;
  for (const Sample& sample : samples) {
    if (!sample.hands[hand] || sample.at > end) continue;
    path.push_back(*sample.hands[hand]);
    metres.push_back(sample.metre);
  }
  if (path.empty()) return path;
  const float metre = Median(std::move(metres));
  for (Point& point : path) point = (1 / metre) * point;
  return path;
}

std::optional<Wipe> WipeWatch::Close(const Open& open) {
  Wipe wipe = open.wipe;
  wipe.end = std::max(wipe.start, open.seen - kLag);
  wipe.evidence.wiping = open.wiping + (kLead - kLag);
  bool is_wipe = false;
  // The last strokes of a short one lie in the lag; of a long one the hand may have gone on to something else by then.
  for (const Pts end : {wipe.end, open.seen}) {
    for (const std::size_t hand : {0U, 1U}) {
      const Strokes strokes = MeasureStrokes(Smoothed(PathOf(hand, open.samples, end)), {.least = kLeastStroke_m});
      if (!IsWipe(strokes) || strokes.count < wipe.evidence.sweeps) continue;
      wipe.evidence.sweeps = strokes.count;
      wipe.evidence.extent_m = strokes.extent;
      is_wipe = true;
    }
    if (is_wipe) return wipe;
  }
  return std::nullopt;
}

WipeVerdict Judge(const WipingEvidence& evidence) {
  const auto share = [](double value, double enough) { return std::clamp(value / enough, 0.0, 1.0); };
  const double score = 0.5 * share(ToSeconds(evidence.wiping), 6) + 0.3 * share(evidence.sweeps, 8) +
                       0.2 * share(evidence.extent_m, 0.5);
  if (score >= kLeastVerdict) return {CleaningVerdict::kCleaned, score};
  return {CleaningVerdict::kUnknown, 1 - score};
}

}  // namespace spotter::floor
