// SPDX-License-Identifier: Apache-2.0
#include "spotter/background/place_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace spotter::background {
namespace {

constexpr float kLongestStep = 1;     // seconds that one look stands for, at most
constexpr float kOtherLevel = 12;     // grey levels, above noise: something else is there now
constexpr float kNowRate = 0.2F;      // share of a look that goes into `now`
constexpr float kEmptyRate = 0.02F;   // and of `now` into `empty`, while both look alike
constexpr float kKnown = 5;           // seconds in view; until then the empty place is whatever is there
constexpr float kHidden = 0.15F;      // of people's boxes beside them: shadows, loads in the hand
constexpr float kReach = 0.3F;        // of a body's length: an arm
constexpr double kOtherPlace = 0.25;  // share of the picture that is something else at once
constexpr std::chrono::microseconds kReachedBefore{2'000'000};  // who was there so long ago may have left something

template <typename Values>
void Fill(Values& values, const GreyPicture& size, const PixelArea& area, typename Values::value_type value) {
  for (int y = area.y0; y < area.y1; ++y) {
    const auto row = values.begin() + static_cast<std::ptrdiff_t>(size.IndexOf(0, y));
    std::fill(row + area.x0, row + area.x1, value);
  }
}

// Of a person's body, in pixels: of who stands or lies the longer side.
float LengthOf(const Box& person, const GreyPicture& size) {
  return std::max(person.width() * static_cast<float>(size.width), person.height() * static_cast<float>(size.height));
}

// Where a person's arms reach, in fractions of the picture.
Box ReachOf(const Box& person, const GreyPicture& size) {
  const float reach = kReach * LengthOf(person, size);
  const float x = reach / static_cast<float>(size.width);
  const float y = reach / static_cast<float>(size.height);
  return {person.x0 - x, person.y0 - y, person.x1 + x, person.y1 + y};
}

}  // namespace

bool PlaceModel::Learn(const GreyPicture& picture, std::span<const Box> people) {
  const bool is_same_size = picture.width == size_.width && picture.height == size_.height;
  elapsed_s_ = std::clamp(static_cast<float>(ToSeconds(picture.pts - size_.pts)), 0.0F, kLongestStep);
  size_ = {.pts = picture.pts, .width = picture.width, .height = picture.height, .pixels = {}};
  if (!is_same_size) Begin();
  sightings_.push_back({.pts = picture.pts, .people = {people.begin(), people.end()}});
  while (sightings_.front().pts < picture.pts - kReachedBefore) sightings_.pop_front();
  LookAt(picture);
  const Light light = FitLight(empty_, look_.levels);
  std::size_t other = 0;
  for (std::size_t at = 0; at < look_.levels.size(); ++at) {
    if (!IsVisible(at)) continue;
    LearnPixel(at, std::max(0.0F, light.TakenOff(look_.levels[at])));
    if (IsOther(at)) ++other;
  }
  // Of the little that is seen beside people who stand before the camera, all may be their shadow.
  const bool is_same_place = static_cast<double>(other) <= kOtherPlace * static_cast<double>(look_.levels.size());
  if (!is_same_place) Begin();
  return is_same_size && is_same_place;
}

void PlaceModel::Begin() {
  const std::size_t count = size_.IndexOf(0, size_.height);
  empty_.assign(count, kUnseen);
  known_s_.assign(count, 0);
  now_.assign(count, kUnseen);
  still_s_.assign(count, 0);
  alone_s_.assign(count, 0);
  since_.assign(count, size_.pts);
  brought_by_.assign(count, 0);
}

void PlaceModel::LookAt(const GreyPicture& picture) {
  look_.levels.assign(picture.pixels.begin(), picture.pixels.end());
  look_.within_reach.assign(picture.pixels.size(), false);
  for (const Box& person : sightings_.back().people) {
    Fill(look_.levels, picture, AreaOf(picture, Grown(person, kHidden)), kUnseen);
    Fill(look_.within_reach, picture, AreaOf(picture, ReachOf(person, picture)), true);
  }
}

void PlaceModel::LearnPixel(std::size_t at, float level) {
  if (now_[at] == kUnseen || std::abs(level - now_[at]) > kOtherLevel) {
    now_[at] = level;
    still_s_[at] = alone_s_[at] = 0;
    since_[at] = size_.pts;
    brought_by_[at] = LengthOfPersonNear(at);
    if (known_s_[at] < kKnown) Adopt(at);
  } else {
    now_[at] += kNowRate * (level - now_[at]);
    still_s_[at] += elapsed_s_;
    if (!look_.within_reach[at]) alone_s_[at] += elapsed_s_;
  }
  if (IsOther(at)) return;
  empty_[at] += kEmptyRate * (now_[at] - empty_[at]);
  known_s_[at] += elapsed_s_;
  brought_by_[at] = 0;
}

bool PlaceModel::IsOther(std::size_t at) const { return std::abs(now_[at] - empty_[at]) > kOtherThing; }

void PlaceModel::Adopt(std::size_t at) {
  empty_[at] = now_[at];
  known_s_[at] = still_s_[at];
  brought_by_[at] = 0;
}

bool PlaceModel::IsWithinReach(const PixelArea& area) const {
  return std::ranges::any_of(sightings_.back().people, [&](const Box& person) {
    const PixelArea reached = AreaOf(size_, ReachOf(person, size_));
    return reached.x0 < area.x1 && area.x0 < reached.x1 && reached.y0 < area.y1 && area.y0 < reached.y1;
  });
}

// Of who is or was within reach of the pixel, the largest; 0 = nobody.
float PlaceModel::LengthOfPersonNear(std::size_t at) const {
  const auto width = static_cast<float>(size_.width);
  const auto height = static_cast<float>(size_.height);
  const int column = static_cast<int>(at) % size_.width;
  const int row = static_cast<int>(at) / size_.width;
  const float x = static_cast<float>(column) / width;
  const float y = static_cast<float>(row) / height;
  float length = 0;
  for (const Sighting& sighting : sightings_) {
    for (const Box& person : sighting.people) {
      const Box reach = ReachOf(person, size_);
      if (x < reach.x0 || x > reach.x1 || y < reach.y0 || y > reach.y1) continue;
      length = std::max(length, LengthOf(person, size_));
    }
  }
  return length;
}

}  // namespace spotter::background
