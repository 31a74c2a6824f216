// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
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
// What is lost with the places is set: the lowest joint stands on the floor, the ankles stay in the middle of the box.
// One owner, not thread safe.
class PoseRestorer {
 public:
  // `poses` are the person's first ones, in `box`: the more, the better the proportions at the beginning.
  // REQUIRES: some poses, a box with an area
  PoseRestorer(std::span<const Pose> poses, const Box& box);

  // Restores the next pose, and draws the box around it, in a frame of `width` x `height` pixels. Who is in another box
  // stays as he is.
  void Restore(PerceivedPerson& person, int width, int height);

 private:
  Box box_;
  BoxSize size_;  // in the last frame
};

// Finds cameras of a recording whose poses fill their boxes whatever the person does, as data sets of poses without
// their videos have them, and restores the poses. The box of such a person is the very same in every frame although the
// trunk moves in it, and in it the body has the proportions of no body; what a camera has seen never looks like that.
// Frames are kept back until that is known of everybody's camera: two of what a camera has seen, some seconds at most
// of the others. People with 33 landmarks stay as they are. One owner, not thread safe.
class BoxedPoses {
 public:
  // The perceptions that are ready, in the order in which they came.
  std::vector<Perception> Push(Perception perception);
  // What is still kept back at the end of the recording.
  std::vector<Perception> Flush();

  // Whether a camera is of that kind, as far as is known.
  bool found() const;

 private:
  enum class Kind { kNobodyYet, kUnknown, kPlain, kBoxed };
  struct Camera {
    Kind kind = Kind::kNobodyYet;
    PerceivedPerson first;                        // who is examined, as last seen
    std::vector<Pose> poses{};                    // that person's, in each of which the trunk has moved
    std::map<TrackId, PoseRestorer> restorers{};  // of everybody, once it is kBoxed
  };

  static void Examine(const Perception& perception, Camera& camera);
  static void Restore(Perception& perception, Camera& camera);
  std::vector<Perception> Release();

  std::map<CameraId, Camera> cameras_;
  std::vector<Perception> kept_;
};

}  // namespace spotter::codec
