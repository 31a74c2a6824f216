// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <vector>

#include "spotter/background/grey_picture.h"
#include "spotter/background/scene_change.h"

namespace spotter::background {

// How one camera's place looks without people, pixel by pixel: `empty`, what has been there for long, and `now`, what
// was seen there last. Two backgrounds of different inertia, after Porikli, "Detection of temporarily static regions by
// processing video at different frame rates" (AVSS 2007). Both are in the light of the first look: a change of the
// light on the whole place is found and taken off. Memory: 36 bytes a pixel. One owner, not thread safe.
class PlaceModel {
 public:
  // Takes in one look; people (fractions of the picture) hide what is behind them. False: it is another place than
  // before (the first look, a camera that moved, light on a part of it), which is learned from now on. REQUIRES: the
  // pictures' pts do not fall
  bool Learn(const GreyPicture& picture, std::span<const Box> people);

  // The last look, without its pixels.
  const GreyPicture& size() const { return size_; }
  // Seconds that the last look stands for.
  float elapsed_s() const { return elapsed_s_; }

  // Of the pixel at an index: was it visible in the last look? Is something else there than in the empty place?
  bool IsVisible(std::size_t at) const { return look_.levels[at] != kUnseen; }
  bool IsOther(std::size_t at) const;

  // Of each pixel: its levels, how long `now` has been in view, and in view with nobody within reach, and since when.
  std::span<const float> empty() const { return empty_; }
  std::span<const float> now() const { return now_; }
  std::span<const float> still_s() const { return still_s_; }
  std::span<const float> alone_s() const { return alone_s_; }
  std::span<const Pts> since() const { return since_; }
  // Of each pixel where something else is: the length in pixels of who was within reach when it came there; 0 = nobody.
  std::span<const float> brought_by() const { return brought_by_; }
  SceneChange change() const { return {.width = size_.width, .before = empty_, .after = now_}; }

  // Is anybody within reach of the area in the last look?
  bool IsWithinReach(const PixelArea& area) const;

  // What is at the pixel now belongs to the empty place.
  void Adopt(std::size_t at);

 private:
  // The last picture without people.
  struct Look {
    std::vector<float> levels;       // kUnseen where people are
    std::vector<bool> within_reach;  // of people
  };
  struct Sighting {
    Pts pts{0};
    std::vector<Box> people;  // fractions
  };

  void Begin();
  void LookAt(const GreyPicture& picture);
  void LearnPixel(std::size_t at, float level);
  float LengthOfPersonNear(std::size_t at) const;

  GreyPicture size_;
  float elapsed_s_ = 0;
  Look look_;
  std::deque<Sighting> sightings_;  // the last ones, the newest at the end
  std::vector<float> empty_;        // kUnseen until it was seen
  std::vector<float> known_s_;      // how long it was in view
  std::vector<float> now_;
  std::vector<float> still_s_;
  std::vector<float> alone_s_;
  std::vector<Pts> since_;
  std::vector<float> brought_by_;
};

}  // namespace spotter::background
