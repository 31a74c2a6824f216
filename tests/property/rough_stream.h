// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "spotter/core/perception.h"
#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::testing {

// Bytes that decide what happens, one after the other; all 0 once they are used up.
class Choices {
 public:
  explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  bool empty() const { return next_ >= bytes_.size(); }
  std::uint8_t Byte() { return empty() ? std::uint8_t{0} : bytes_[next_++]; }
  std::size_t Below(std::size_t count) { return Byte() % count; }
  // A number from `low` to `high`.
  double Between(double low, double high) { return low + (high - low) * Byte() / 255.0; }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t next_ = 0;
};

// Everything that the bytes make of a recording: a few stick figures that exercise, walk or stand, filmed by one camera
// or two, with joints that are no number, go astray or are missing, boxes of no size, the same person or track id
// twice, new track ids, crowds of 300, reflections, times that stand still, run back or leap, gaps, and other picture
// sizes. The same bytes always give the same stream.
class RoughStream {
 public:
  // What may go wrong.
  enum class Faults {
    kAll,
    kInput,  // all but joints at places where nobody is: who stands is seen to stand
  };
  RoughStream(std::span<const std::uint8_t> bytes, Faults faults);

  // None when the bytes are used up.
  std::optional<Perception> Next();

 private:
  struct Figure {
    exercise::testing::Photographer photographer;
    std::size_t movement = 0;
    double period_s = 2;
    float x = 0;  // of the picture's middle, frame widths
    int track = 1;
    bool is_away = false;
  };

  void AddFigure();
  void PlanShot();
  void Disturb();
  Perception Film();
  PerceivedPerson Photograph(Figure& figure);
  void Spoil(Perception& perception);
  void SpoilPerson(PerceivedPerson& person);
  void AddCrowd(Perception& perception);

  Choices choices_;
  Faults faults_;
  std::deque<Figure> figures_;
  int tracks_made_ = 0;
  double at_s_ = 0;
  double frame_s_ = 0.1;
  int frames_left_ = 0;  // of this shot
  // What is wrong with the frames of this shot.
  std::size_t fault_ = 0;
  std::uint8_t degree_ = 0;
  bool second_camera_ = false;
  int width_ = 1280;
};

}  // namespace spotter::testing
