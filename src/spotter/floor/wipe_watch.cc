// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/wipe_watch.h"

#include <algorithm>

#include "spotter/geometry/strokes.h"

namespace spotter::floor {
namespace {

constexpr std::chrono::microseconds kPause{3'000'000};  // longer, and the next wipe is another attempt
constexpr std::chrono::microseconds kFrameGap{500'000};
// The activity needs to see some strokes before it speaks, and some stillness before it falls silent.
constexpr std::chrono::microseconds kLead{2'300'000};
constexpr std::chrono::microseconds kLag{1'300'000};
constexpr std::size_t kMaxPath = 4000;   // points of a hand
constexpr double kLeastStroke_m = 0.08;  // NOLINT(readability-identifier-naming): unit suffix
constexpr double kLeastVerdict = 0.5;

}  // namespace

void WipeWatch::See(Pts now, const WipeLook& look) {
  auto it = open_.find(look.person_id);
  if (it == open_.end()) {
    if (!look.wiping) return;
    it = open_.try_emplace(look.person_id).first;
    it->second.wipe.start = std::max(Pts{0}, now - kLead);
    it->second.seen = now;
  }
  Open& open = it->second;
  if (!look.wiping) return;
  open.wipe.person_id = look.person_id;
  open.wipe.track_id = look.track_id;
  open.wipe.camera_id = look.camera_id;
  open.wiping += std::min(now - open.seen, kFrameGap);
  open.seen = now;
  for (std::size_t hand = 0; hand < open.paths.size(); ++hand) {
    if (look.hands[hand] && open.paths[hand].size() < kMaxPath) open.paths[hand].push_back(*look.hands[hand]);
  }
}

std::vector<Wipe> WipeWatch::Collect(Pts now, bool everything) {
  std::vector<Wipe> wipes;
  std::erase_if(open_, [&](const auto& entry) {
    const bool over = everything || now - entry.second.seen > kPause;
    if (over) wipes.push_back(Close(entry.second));
    return over;
  });
  std::ranges::stable_sort(wipes, {}, &Wipe::start);
  return wipes;
}

Wipe WipeWatch::Close(const Open& open) {
  Wipe wipe = open.wipe;
  wipe.end = std::max(wipe.start, open.seen - kLag);
  wipe.evidence.wiping = open.wiping + (kLead - kLag);
  for (const std::vector<Point>& path : open.paths) {
    const Strokes strokes = MeasureStrokes(path, kLeastStroke_m);
    if (strokes.count < wipe.evidence.sweeps) continue;
    wipe.evidence.sweeps = strokes.count;
    wipe.evidence.extent_m = strokes.extent;
  }
  return wipe;
}

WipeVerdict Judge(const WipingEvidence& evidence) {
  const auto share = [](double value, double enough) { return std::clamp(value / enough, 0.0, 1.0); };
  const double score = 0.5 * share(ToSeconds(evidence.wiping), 6) + 0.3 * share(evidence.sweeps, 8) +
                       0.2 * share(evidence.extent_m, 0.5);
  if (score >= kLeastVerdict) return {CleaningVerdict::kCleaned, score};
  return {CleaningVerdict::kUnknown, 1 - score};
}

}  // namespace spotter::floor
