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

using background::GreyPicture;
using background::Light;
using background::ObjectChange;
using background::Patch;
using background::PixelArea;
using background::SceneChange;

constexpr float kPatch = 0.35F;                      // of a torso, to each side of the wrist
constexpr double kMoves = 2.0;                       // grey levels more than twice the picture's own flicker
constexpr std::chrono::microseconds kPair{500'000};  // longest distance of two pictures that are compared
constexpr int kLeastValues = 3;                      // pictures that must show a pixel without people
constexpr float kAroundPeople = 0.15F;               // of their boxes: shadows, loads in the hand
constexpr double kSmallestObject = 0.001;            // of the picture's area
constexpr double kLargestObject = 0.05;

double MeanChange(const GreyPicture& before, const GreyPicture& after, const PixelArea& area) {
  int sum = 0;
  for (int y = area.y0; y < area.y1; ++y) {
    for (int x = area.x0; x < area.x1; ++x) {
      const std::size_t at = after.IndexOf(x, y);
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

// A picture with its people: what stands in front of the scene at that time.
struct Scenery {
  const GreyPicture* picture = nullptr;
  std::vector<PixelArea> people;
};

Scenery SceneryOf(const GreyPicture& picture, std::span<const Perception> poses) {
  Scenery scenery = {.picture = &picture, .people = {}};
  const auto nearest = std::ranges::min_element(poses, {}, [&](const auto& p) { return abs(p.pts - picture.pts); });
  if (nearest == poses.end()) return scenery;
  for (const PerceivedPerson& person : nearest->people)
    scenery.people.push_back(AreaOf(picture, background::Grown(person.box, kAroundPeople)));
  return scenery;
}

bool IsBehindSomebody(const Scenery& scenery, int x, int y) {
  return std::ranges::any_of(scenery.people, [&](const PixelArea& area) { return area.Contains(x, y); });
}

// The scene without people: the median of each pixel.
std::vector<float> Background(std::span<const Scenery> row) {
  const GreyPicture& size = *row.front().picture;
  std::vector<float> levels(size.pixels.size(), background::kUnseen);
  std::vector<std::uint8_t> values;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const std::size_t at = size.IndexOf(x, y);
      values.clear();
      for (const Scenery& scenery : row) {
        if (!IsBehindSomebody(scenery, x, y)) values.push_back(scenery.picture->pixels[at]);
      }
      if (std::ssize(values) < kLeastValues) continue;
      levels[at] = Median(values);
    }
  }
  return levels;
}

void TakeOff(const Light& light, std::vector<float>& scene) {
  for (float& level : scene) {
    if (level != background::kUnseen) level = std::max(0.0F, light.TakenOff(level));
  }
}

std::vector<bool> ChangedPixels(const SceneChange& change) {
  std::vector<bool> changed(change.before.size());
  for (std::size_t i = 0; i < changed.size(); ++i) {
    const bool is_known = change.before[i] != background::kUnseen && change.after[i] != background::kUnseen;
    changed[i] = is_known && std::abs(change.after[i] - change.before[i]) > background::kOtherThing;
  }
  return changed;
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
      const Point at = height * *hand;
      const PixelArea area = AreaOfPixels(after, {at.x - side, at.y - side, at.x + side, at.y + side});
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
  const std::vector<float> before = Background(std::span(row).first(third));
  std::vector<float> after = Background(std::span(row).last(third));
  TakeOff(background::FitLight(before, after), after);
  const SceneChange change = {.width = clip.pictures.front().width, .before = before, .after = after};
  const std::vector<Patch> patches = background::FindPatches(ChangedPixels(change), change.width);
  const auto largest = std::ranges::max_element(patches, {}, [](const Patch& patch) { return patch.pixels.size(); });
  if (largest == patches.end()) return ObjectChange::kNone;
  const double share = static_cast<double>(largest->pixels.size()) / static_cast<double>(before.size());
  if (share < kSmallestObject || share > kLargestObject) return ObjectChange::kNone;
  return ExplainPatch(change, *largest);
}

}  // namespace spotter::enrich
