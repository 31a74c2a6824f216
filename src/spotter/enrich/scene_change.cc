// SPDX-License-Identifier: Apache-2.0
#include "spotter/enrich/scene_change.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>

#include "spotter/base/median.h"

namespace spotter::enrich {
namespace {

constexpr float kPatch = 0.35F;                      // of a torso, to each side of the wrist
constexpr double kMoves = 2.0;                       // grey levels more than twice the picture's own flicker
constexpr std::chrono::microseconds kPair{500'000};  // longest distance of two pictures that are compared
constexpr int kObjectLevels = 24;                    // grey levels that something else differs by
constexpr int kLeastValues = 3;                      // pictures that must show a pixel without people
constexpr float kAroundPeople = 0.15F;               // of their boxes: shadows, loads in the hand
constexpr double kSmallestObject = 0.001;            // of the picture's area
constexpr double kLargestObject = 0.05;
constexpr double kClearlyMoreEdges = 1.15;

// Pixels [x0, x1) x [y0, y1), inside of the picture.
struct Area {
  int x0 = 0;
  int y0 = 0;
  int x1 = 0;
  int y1 = 0;
};

Area Clamped(const GreyPicture& picture, Point low, Point high) {
  return {.x0 = std::clamp(static_cast<int>(std::floor(low.x)), 0, picture.width),
          .y0 = std::clamp(static_cast<int>(std::floor(low.y)), 0, picture.height),
          .x1 = std::clamp(static_cast<int>(std::ceil(high.x)), 0, picture.width),
          .y1 = std::clamp(static_cast<int>(std::ceil(high.y)), 0, picture.height)};
}

std::size_t IndexOf(const GreyPicture& picture, int x, int y) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x);
}

double MeanChange(const GreyPicture& before, const GreyPicture& after, const Area& area) {
  int sum = 0;
  for (int y = area.y0; y < area.y1; ++y) {
    for (int x = area.x0; x < area.x1; ++x) {
      const std::size_t at = IndexOf(after, x, y);
      sum += std::abs(int{after.pixels[at]} - int{before.pixels[at]});
    }
  }
  return static_cast<double>(sum) / std::max(1, (area.x1 - area.x0) * (area.y1 - area.y0));
}

// What most of the picture changes by though nothing happens there.
double Flicker(const GreyPicture& before, const GreyPicture& after) {
  std::array<std::size_t, 256> histogram{};
  for (std::size_t i = 0; i < after.pixels.size(); ++i)
    ++histogram[static_cast<std::size_t>(std::abs(int{after.pixels[i]} - int{before.pixels[i]}))];
  std::size_t below = 0;
  std::size_t level = 0;
  while (level < 255 && (below += histogram[level]) * 2 < after.pixels.size()) ++level;
  return static_cast<double>(level);
}

const BodySample& NearestSample(const Subject& subject, Pts at) {
  return *std::ranges::min_element(subject.samples, {}, [at](const BodySample& s) { return abs(s.pts - at); });
}

bool AreComparable(const GreyPicture& before, const GreyPicture& after) {
  return before.width == after.width && before.height == after.height && after.pts - before.pts <= kPair;
}

// Pictures with their people: what stands in front of the scene at that time.
struct Scenery {
  const GreyPicture* picture = nullptr;
  std::vector<Area> people;
};

Scenery SceneryOf(const GreyPicture& picture, std::span<const Perception> poses) {
  Scenery scenery = {.picture = &picture, .people = {}};
  const auto nearest = std::ranges::min_element(poses, {}, [&](const auto& p) { return abs(p.pts - picture.pts); });
  if (nearest == poses.end()) return scenery;
  for (const PerceivedPerson& person : nearest->people) {
    const Point margin = {kAroundPeople * person.box.width(), kAroundPeople * person.box.height()};
    const auto in_pixels = [&](Point p) {
      return Point{p.x * static_cast<float>(picture.width), p.y * static_cast<float>(picture.height)};
    };
    scenery.people.push_back(Clamped(picture, in_pixels(Point{person.box.x0, person.box.y0} - margin),
                                     in_pixels(Point{person.box.x1, person.box.y1} + margin)));
  }
  return scenery;
}

bool IsBehindSomebody(const Scenery& scenery, int x, int y) {
  return std::ranges::any_of(scenery.people,
                             [&](const Area& a) { return x >= a.x0 && x < a.x1 && y >= a.y0 && y < a.y1; });
}

constexpr int kUnknown = -1;

// The scene without people: the median of each pixel, kUnknown where people stood.
std::vector<int> Background(std::span<const Scenery> row) {
  const GreyPicture& size = *row.front().picture;
  std::vector<int> background(size.pixels.size(), kUnknown);
  std::vector<std::uint8_t> values;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const std::size_t at = IndexOf(size, x, y);
      values.clear();
      for (const Scenery& scenery : row) {
        if (!IsBehindSomebody(scenery, x, y)) values.push_back(scenery.picture->pixels[at]);
      }
      if (std::ssize(values) < kLeastValues) continue;
      background[at] = Median(values);
    }
  }
  return background;
}

// How the scene looked before and after.
struct Change {
  int width = 0;
  int height = 0;
  std::vector<int> before;
  std::vector<int> after;

  std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
  }
  bool is_known(std::size_t i) const { return before[i] != kUnknown && after[i] != kUnknown; }
};

// By how much the light changed.
int LightChange(const Change& change) {
  std::vector<int> differences;
  for (std::size_t i = 0; i < change.before.size(); ++i) {
    if (change.is_known(i)) differences.push_back(change.after[i] - change.before[i]);
  }
  return differences.empty() ? 0 : Median(std::move(differences));
}

std::vector<bool> ChangedPixels(const Change& change) {
  const int light = LightChange(change);
  std::vector<bool> changed(change.before.size());
  for (std::size_t i = 0; i < changed.size(); ++i)
    changed[i] = change.is_known(i) && std::abs(change.after[i] - change.before[i] - light) > kObjectLevels;
  return changed;
}

// Takes the connected patch at `start` out of `changed`.
std::vector<std::size_t> TakePatch(std::vector<bool>& changed, std::size_t start, int width) {
  std::vector<std::size_t> patch = {start};
  changed[start] = false;
  const auto row = static_cast<std::size_t>(width);
  for (std::size_t i = 0; i < patch.size(); ++i) {
    const std::size_t at = patch[i];
    const auto reach = [&](std::size_t next) {
      if (!changed[next]) return;
      changed[next] = false;
      patch.push_back(next);
    };
    if (at % row > 0) reach(at - 1);
    if (at % row + 1 < row) reach(at + 1);
    if (at >= row) reach(at - row);
    if (at + row < changed.size()) reach(at + row);
  }
  return patch;
}

std::vector<std::size_t> LargestPatch(const Change& change) {
  std::vector<bool> changed = ChangedPixels(change);
  std::vector<std::size_t> largest;
  for (std::size_t i = 0; i < changed.size(); ++i) {
    if (!changed[i]) continue;
    std::vector<std::size_t> patch = TakePatch(changed, i, change.width);
    if (patch.size() > largest.size()) largest = std::move(patch);
  }
  return largest;
}

// An object stands out against what is behind it: there are edges where there is one.
double Edges(const Change& change, const std::vector<int>& scene, const std::vector<std::size_t>& patch) {
  double sum = 0;
  const auto row = static_cast<std::size_t>(change.width);
  for (const std::size_t at : patch) {
    for (const std::size_t next : {at + 1, at + row, at - 1, at - row}) {
      if (next < scene.size() && scene[next] != kUnknown) sum += std::abs(scene[next] - scene[at]);
    }
  }
  return sum;
}

}  // namespace

std::optional<double> MotionAtHands(const ClipEvidence& clip, const Subject& subject, const HandWork& work) {
  int pairs = 0;
  int moving = 0;
  for (const WipingStretch& stretch : work.stretches) {
    for (std::size_t i = 1; i < clip.pictures.size(); ++i) {
      const GreyPicture& before = clip.pictures[i - 1];
      const GreyPicture& after = clip.pictures[i];
      if (before.pts < stretch.from || after.pts > stretch.to || !AreComparable(before, after)) continue;
      const std::optional<Point>& hand = NearestSample(subject, after.pts).hands[stretch.hand];
      if (!hand) continue;
      const auto height = static_cast<float>(after.height);
      const float side = std::max(2.0F, kPatch * subject.torso * height);
      const Area area = Clamped(after, height * *hand - Point{side, side}, height * *hand + Point{side, side});
      ++pairs;
      if (MeanChange(before, after, area) > 2 * Flicker(before, after) + kMoves) ++moving;
    }
  }
  return pairs == 0 ? std::nullopt : std::optional(static_cast<double>(moving) / pairs);
}

ObjectChange FindObjectChange(const ClipEvidence& clip) {
  const std::size_t third = clip.pictures.size() / 3;
  if (third < static_cast<std::size_t>(kLeastValues)) return ObjectChange::kNone;
  std::vector<Scenery> row;
  for (const GreyPicture& picture : clip.pictures) {
    if (picture.pixels.size() == clip.pictures.front().pixels.size()) row.push_back(SceneryOf(picture, clip.poses));
  }
  if (row.size() != clip.pictures.size()) return ObjectChange::kNone;  // another format in the middle
  const Change change = {.width = clip.pictures.front().width,
                         .height = clip.pictures.front().height,
                         .before = Background(std::span(row).first(third)),
                         .after = Background(std::span(row).last(third))};
  const std::vector<std::size_t> patch = LargestPatch(change);
  const double share = static_cast<double>(patch.size()) / static_cast<double>(change.before.size());
  if (share < kSmallestObject || share > kLargestObject) return ObjectChange::kNone;
  const double before = Edges(change, change.before, patch);
  const double after = Edges(change, change.after, patch);
  if (after > kClearlyMoreEdges * before) return ObjectChange::kLeft;
  if (before > kClearlyMoreEdges * after) return ObjectChange::kTaken;
  return ObjectChange::kNone;
}

}  // namespace spotter::enrich
