// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "spotter/background/grey_picture.h"

namespace spotter::background {

// The level of a pixel that people hide.
inline constexpr float kUnseen = -1;

// Two pixels differ by more grey levels than noise and compression make: something else is there.
inline constexpr float kOtherThing = 24;

// A change of the light on the whole scene: level -> gain * level + offset.
struct Light {
  float gain = 1;
  float offset = 0;

  float On(float level) const { return gain * level + offset; }
  float TakenOff(float level) const { return (level - offset) / gain; }
};

// The light that turned `before` into `after`: by the median change of the pixels darker and of those
// brighter than the mean, which things that come and go do not move. Pixels unseen in one of them are left out.
// REQUIRES: equal sizes
Light FitLight(std::span<const float> before, std::span<const float> after);

// One place at two times, rows of `width` pixels, in the same light; kUnseen where people hid it both times.
struct SceneChange {
  int width = 0;
  std::span<const float> before;
  std::span<const float> after;
};

// Pixels that hang together, by their index.
struct Patch {
  std::vector<std::size_t> pixels;
  PixelArea area;  // around them
};

// The patches (4-connected) of the marked pixels, in the order of their first pixels.
std::vector<Patch> FindPatches(std::vector<bool> marked, int width);

// What made a patch change.
enum class ObjectChange { kNone, kLeft, kTaken };

// Something that was left stands out against what is around it after, something that was taken did so before; the edges
// along the outline of the patch say which. kNone: neither, such as a shadow.
ObjectChange ExplainPatch(const SceneChange& change, const Patch& patch);

}  // namespace spotter::background
