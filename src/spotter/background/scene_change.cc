// SPDX-License-Identifier: Apache-2.0
#include "spotter/background/scene_change.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>

namespace spotter::background {
namespace {

constexpr int kLevels = 256;
constexpr float kTwoTones = 16;  // between dark and bright: less tells nothing of a gain
constexpr float kLeastGain = 0.25F;
constexpr float kLargestGain = 4;
constexpr int kAcross = 2;  // pixels from one side of an edge to the other: pictures are a little blurred
constexpr double kClearlyMoreEdges = 1.15;
constexpr double kClearEdge = 12;  // grey levels; shadows fade out

// Counts of whole values, for the median of many.
class Histogram {
 public:
  void Add(float value) {
    constexpr float kEnd = kLevels;
    ++counts_[static_cast<std::size_t>(std::lround(std::clamp(value, -kEnd, kEnd)) + kLevels)];
  }

  // The upper median; nullopt = nothing was added.
  std::optional<float> Median() const {
    std::size_t total = 0;
    for (const std::size_t count : counts_) total += count;
    if (total == 0) return std::nullopt;
    std::size_t below = 0;
    std::size_t at = 0;
    while ((below += counts_[at]) * 2 <= total) ++at;
    return static_cast<float>(at) - kLevels;
  }

 private:
  std::array<std::size_t, std::size_t{2} * kLevels + 1> counts_{};  // of -256 .. 256
};

// The middle level of some pixels, and the middle of what they changed by.
struct Tone {
  Histogram levels;
  Histogram changes;
};

// One pixel of the patch's rim and the step that leads out of it.
struct RimStep {
  std::size_t inside;
  std::size_t outside;
};

std::vector<RimStep> RimOf(const SceneChange& change, const Patch& patch) {
  const int height = static_cast<int>(change.before.size()) / change.width;
  std::vector<bool> is_inside(change.before.size());
  for (const std::size_t at : patch.pixels) is_inside[at] = true;
  std::vector<RimStep> rim;
  for (const std::size_t at : patch.pixels) {
    const int x = static_cast<int>(at) % change.width;
    const int y = static_cast<int>(at) / change.width;
    for (const auto& [right, down] : {std::pair{1, 0}, std::pair{-1, 0}, std::pair{0, 1}, std::pair{0, -1}}) {
      const int to_x = x + kAcross * right;
      const int to_y = y + kAcross * down;
      if (to_x < 0 || to_x >= change.width || to_y < 0 || to_y >= height) continue;
      const auto index = [&](int column, int row) {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(change.width) +
               static_cast<std::size_t>(column);
      };
      if (is_inside[index(x + right, y + down)] || is_inside[index(to_x, to_y)]) continue;
      rim.push_back({.inside = at, .outside = index(to_x, to_y)});
    }
  }
  return rim;
}

// The mean step of brightness over the rim.
double EdgeAlong(const std::vector<RimStep>& rim, std::span<const float> scene) {
  double sum = 0;
  int count = 0;
  for (const RimStep& step : rim) {
    if (scene[step.inside] == kUnseen || scene[step.outside] == kUnseen) continue;
    sum += std::abs(scene[step.inside] - scene[step.outside]);
    ++count;
  }
  return count == 0 ? 0 : sum / count;
}

// Takes the connected patch at `start` out of `marked`.
Patch TakePatch(std::vector<bool>& marked, std::size_t start, int width) {
  const auto row = static_cast<std::size_t>(width);
  Patch patch = {.pixels = {start}, .area = {.x0 = width, .y0 = static_cast<int>(marked.size()), .x1 = 0, .y1 = 0}};
  marked[start] = false;
  for (std::size_t i = 0; i < patch.pixels.size(); ++i) {
    const std::size_t at = patch.pixels[i];
    const int x = static_cast<int>(at % row);
    const int y = static_cast<int>(at / row);
    patch.area = {.x0 = std::min(patch.area.x0, x),
                  .y0 = std::min(patch.area.y0, y),
                  .x1 = std::max(patch.area.x1, x + 1),
                  .y1 = std::max(patch.area.y1, y + 1)};
    const auto reach = [&](std::size_t next) {
      if (!marked[next]) return;
      marked[next] = false;
      patch.pixels.push_back(next);
    };
    if (x > 0) reach(at - 1);
    if (x + 1 < width) reach(at + 1);
    if (y > 0) reach(at - row);
    if (at + row < marked.size()) reach(at + row);
  }
  return patch;
}

}  // namespace

Light FitLight(std::span<const float> before, std::span<const float> after) {
  const auto is_seen = [&](std::size_t i) { return before[i] != kUnseen && after[i] != kUnseen; };
  double sum = 0;
  double count = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!is_seen(i)) continue;
    sum += before[i];
    ++count;
  }
  if (count == 0) return {};
  const auto mean = static_cast<float>(sum / count);
  Tone dark;
  Tone bright;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!is_seen(i)) continue;
    Tone& tone = before[i] < mean ? dark : bright;
    tone.levels.Add(before[i]);
    tone.changes.Add(after[i] - before[i]);
  }
  const float bright_level = bright.levels.Median().value_or(mean);
  const float bright_change = bright.changes.Median().value_or(0);
  const float dark_level = dark.levels.Median().value_or(bright_level);
  if (bright_level - dark_level < kTwoTones) return {.gain = 1, .offset = bright_change};
  const float slope = (bright_change - *dark.changes.Median()) / (bright_level - dark_level);
  const float gain = std::clamp(1 + slope, kLeastGain, kLargestGain);
  return {.gain = gain, .offset = bright_level + bright_change - gain * bright_level};
}

std::vector<Patch> FindPatches(std::vector<bool> marked, int width) {
  std::vector<Patch> patches;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i]) patches.push_back(TakePatch(marked, i, width));
  }
  return patches;
}

ObjectChange ExplainPatch(const SceneChange& change, const Patch& patch) {
  const std::vector<RimStep> rim = RimOf(change, patch);
  const double before = EdgeAlong(rim, change.before);
  const double after = EdgeAlong(rim, change.after);
  if (after > kClearEdge && after > kClearlyMoreEdges * before) return ObjectChange::kLeft;
  if (before > kClearEdge && before > kClearlyMoreEdges * after) return ObjectChange::kTaken;
  return ObjectChange::kNone;
}

}  // namespace spotter::background
