// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "spotter/core/perception.h"

namespace spotter::codec {

// How large a pose's box is across and down, as natural logarithms of torso lengths (shoulder to hip).
struct BoxSize {
  double across = 0;
  double down = 0;
};

// Gives one person's poses the proportions back that they lost when each was scaled to fill its box, across and down
// apart. Bones keep their lengths (Drillis & Contini 1966) and can only look shorter in a picture: taken is the size of
// the box at which hardly a bone is longer than a body's and few are much shorter, near the size in the frame before.
// What is lost with the places is set: the lowest joint stands on the floor, the ankles stay in the middle.
// One owner, not thread safe.
class PoseRestorer {
 public:
  // `poses` are the person's first ones, in `box`: the more, the better the proportions at the beginning.
  // REQUIRES: some poses, a box with an area
  PoseRestorer(std::span<const Pose> poses, const Box& box);

  // Restores the next pose, and draws the box around it, in a frame of `width` x `height` pixels.
  // REQUIRES: a box with an area
  void Restore(PerceivedPerson& person, int width, int height);

 private:
  BoxSize size_;  // in the last frame
};

// Finds recordings of poses that fill their boxes whatever the person does, as data sets of poses without their videos
// have them, and restores the poses. The box of such a person is the very same in every frame although the trunk moves
// in it; what a camera has seen never looks like that. Frames are kept back until that is known: two of what a camera
// has seen, about a second of the others. People with 33 landmarks stay as they are. One owner, not thread safe.
class BoxedPoses {
 public:
  // The perceptions that are ready, in order.
  std::vector<Perception> Push(Perception perception);
  // What is still kept back at the end of the recording.
  std::vector<Perception> Flush();

  // Whether the recording is of that kind, as far as is known.
  bool found() const { return kind_ == Kind::kBoxed; }

 private:
  enum class Kind { kUnknown, kPlain, kBoxed };

  void Examine(const Perception& perception);
  void Decide();
  void Restore(Perception& perception);

  Kind kind_ = Kind::kUnknown;
  std::vector<Perception> kept_;          // from the first one with a person on
  std::optional<PerceivedPerson> first_;  // who is examined, as last seen
  std::vector<Pose> poses_;               // that person's, in each of which the trunk has moved
  std::map<std::pair<CameraId, TrackId>, PoseRestorer> restorers_;
};

}  // namespace spotter::codec
