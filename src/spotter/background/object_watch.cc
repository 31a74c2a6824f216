// SPDX-License-Identifier: Apache-2.0
#include "spotter/background/object_watch.h"

#include <algorithm>
#include <cmath>

#include "spotter/base/median.h"

namespace spotter::background {
namespace {

constexpr std::chrono::microseconds kEvery{450'000};          // at most twice a second
constexpr std::chrono::microseconds kLongest{3'600'000'000};  // then it belongs to the place
// Seconds in view:
constexpr float kStill = 5;     // something may be an object
constexpr float kSettled = 30;  // with nobody near: what is no object by then belongs to the place
constexpr float kGone = 2;      // an object is there no more
// Shares of a patch:
constexpr double kMost = 0.7;
constexpr double kHalf = 0.5;
constexpr double kUnrest = 0.1;  // that may flicker, its border included
constexpr int kBorder = 2;       // pixels
constexpr std::size_t kMostObjects = 32;

// In lengths of a body, of about 1.7 m.
constexpr float kSmallestArea = 0.003F;  // a bottle
constexpr float kLargestArea = 0.2F;     // a bath towel
constexpr float kLongestSide = 0.65F;
constexpr std::size_t kLeastPixels = 8;
constexpr float kThinnest = 2;  // pixels: the edges of something that was pushed a little are thinner

// Of the same thing at another place:
constexpr double kSimilarArea = 2.5;  // times
constexpr double kSimilarLevel = kOtherThing;

using Pixels = std::vector<std::size_t>;

double Share(const Pixels& pixels, auto predicate) {
  return static_cast<double>(std::ranges::count_if(pixels, predicate)) / static_cast<double>(pixels.size());
}

double Mean(const Pixels& pixels, std::span<const float> levels) {
  double sum = 0;
  for (const std::size_t at : pixels) sum += levels[at];
  return sum / static_cast<double>(pixels.size());
}

// Of the patch's values.
auto MiddleOf(const Pixels& pixels, auto values) {
  return MedianOf(pixels, [&](std::size_t at) { return values[at]; });
}

// From the edge of one to the edge of the other, pixels.
float Gap(const PixelArea& a, const PixelArea& b) {
  const int x = std::max({0, a.x0 - b.x1, b.x0 - a.x1});
  const int y = std::max({0, a.y0 - b.y1, b.y0 - a.y1});
  return std::hypot(static_cast<float>(x), static_cast<float>(y));
}

}  // namespace

const std::vector<LeftObject>& ObjectWatch::Update(const Frame& frame, std::span<const PerceivedPerson> people) {
  if (!taken_.empty() && frame.pts - place_.size().pts < kEvery) return objects_;
  std::vector<Box> boxes;
  for (const PerceivedPerson& person : people) boxes.push_back(person.box);
  if (!place_.Learn(ToGrey(frame, frame.pts), boxes)) ForgetEverything();
  ForgetGone();
  FindNew();
  ListObjects();
  return objects_;
}

void ObjectWatch::ForgetEverything() {
  taken_.assign(place_.now().size(), false);
  found_.clear();
}

void ObjectWatch::ForgetGone() {
  const auto is_back = [&](std::size_t at) { return place_.IsVisible(at) && !place_.IsOther(at); };
  for (Found& found : found_) {
    const double visible = Share(found.pixels, [&](std::size_t at) { return place_.IsVisible(at); });
    if (visible < kHalf) continue;
    found.gone_s = Share(found.pixels, is_back) > kHalf * visible ? found.gone_s + place_.elapsed_s() : 0;
  }
  const auto is_over = [&](const Found& found) {
    return found.gone_s >= kGone || place_.size().pts - found.object.since > kLongest;
  };
  for (const Found& found : found_) {
    if (is_over(found)) Forget(found);
  }
  std::erase_if(found_, is_over);
}

// What is left of it, if anything, belongs to the place.
void ObjectWatch::Forget(const Found& found) {
  for (const std::size_t at : found.pixels) {
    taken_[at] = false;
    if (place_.IsOther(at)) place_.Adopt(at);
  }
}

void ObjectWatch::FindNew() {
  std::vector<bool> other(taken_.size());
  for (std::size_t at = 0; at < other.size(); ++at) other[at] = place_.still_s()[at] >= kStill && place_.IsOther(at);
  const std::vector<Patch> patches = FindPatches(std::move(other), place_.size().width);
  std::vector<const Patch*> left;
  std::vector<const Patch*> settled;
  for (const Patch& patch : patches) {
    if (!CanBeJudged(patch)) continue;
    if (IsLeft(patch, patches))
      left.push_back(&patch);
    else if (MiddleOf(patch.pixels, place_.alone_s()) >= kSettled)
      settled.push_back(&patch);
  }
  for (const Patch* patch : left) {
    if (found_.size() < kMostObjects) Remember(*patch);
  }
  for (const Patch* patch : settled) {
    for (const std::size_t at : patch->pixels) place_.Adopt(at);
  }
}

bool ObjectWatch::CanBeJudged(const Patch& patch) const {
  return std::ranges::none_of(patch.pixels, [&](std::size_t at) { return taken_[at]; }) &&
         !place_.IsWithinReach(patch.area) && IsStill(patch);
}

bool ObjectWatch::IsLeft(const Patch& patch, std::span<const Patch> all) const {
  return HasSizeOfObject(patch) && ExplainPatch(place_.change(), patch) == ObjectChange::kLeft &&
         !StoodElsewhere(patch, all);
}

bool ObjectWatch::HasSizeOfObject(const Patch& patch) const {
  const double brought = Share(patch.pixels, [&](std::size_t at) { return place_.brought_by()[at] > 0; });
  if (brought < kMost || patch.pixels.size() < kLeastPixels) return false;
  const float length = MiddleOf(patch.pixels, place_.brought_by());
  const auto side = static_cast<float>(std::max(patch.area.x1 - patch.area.x0, patch.area.y1 - patch.area.y0));
  const auto area = static_cast<float>(patch.pixels.size());
  return area >= kSmallestArea * length * length && area <= kLargestArea * length * length &&
         side <= kLongestSide * length && area >= kThinnest * side;
}

// Nothing stirs in the patch or right beside it, as it does at somebody who was not found.
bool ObjectWatch::IsStill(const Patch& patch) const {
  const GreyPicture& size = place_.size();
  int stirring = 0;
  int count = 0;
  for (int y = std::max(0, patch.area.y0 - kBorder); y < std::min(size.height, patch.area.y1 + kBorder); ++y) {
    for (int x = std::max(0, patch.area.x0 - kBorder); x < std::min(size.width, patch.area.x1 + kBorder); ++x) {
      ++count;
      if (place_.still_s()[size.IndexOf(x, y)] < kStill) ++stirring;
    }
  }
  return stirring <= kUnrest * count;
}

// Something as large and as bright is missing nearby: it was moved, as weights and benches are.
bool ObjectWatch::StoodElsewhere(const Patch& patch, std::span<const Patch> all) const {
  const float length = MiddleOf(patch.pixels, place_.brought_by());
  const double level = Mean(patch.pixels, place_.now());
  return std::ranges::any_of(all, [&](const Patch& other) {
    const double ratio = static_cast<double>(other.pixels.size()) / static_cast<double>(patch.pixels.size());
    return &other != &patch && ratio < kSimilarArea && ratio > 1 / kSimilarArea &&
           Gap(patch.area, other.area) < length &&
           std::abs(Mean(other.pixels, place_.empty()) - level) < kSimilarLevel &&
           ExplainPatch(place_.change(), other) == ObjectChange::kTaken;
  });
}

void ObjectWatch::Remember(const Patch& patch) {
  const auto width = static_cast<float>(place_.size().width);
  const auto height = static_cast<float>(place_.size().height);
  const Box box = {static_cast<float>(patch.area.x0) / width, static_cast<float>(patch.area.y0) / height,
                   static_cast<float>(patch.area.x1) / width, static_cast<float>(patch.area.y1) / height};
  found_.push_back(
      {.object = {.box = box, .since = MiddleOf(patch.pixels, place_.since())}, .pixels = patch.pixels, .gone_s = 0});
  for (const std::size_t at : patch.pixels) taken_[at] = true;
}

void ObjectWatch::ListObjects() {
  objects_.clear();
  for (const Found& found : found_) objects_.push_back(found.object);
  std::ranges::stable_sort(objects_, {}, &LeftObject::since);
}

}  // namespace spotter::background
