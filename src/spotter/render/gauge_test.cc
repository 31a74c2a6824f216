// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/gauge.h"

#include <array>
#include <limits>

#include <gtest/gtest.h>

namespace spotter::render {
namespace {

constexpr Color kGrey{128, 128, 128};
constexpr Color kSubject{220, 60, 200};
constexpr int kSide = 400;

SetInProgress Squats() {
  SetInProgress set{.exercise = "squat", .live_count = 3, .phase = Phase::kEccentric};
  set.progress = 0.5;
  set.angle_rad = 1.6;
  return set;
}

struct Drawn {
  Canvas canvas;
  float width = 0;
  float height = 0;
};

// The gauge of somebody in the middle of `set`, in the upper left corner.
Drawn Draw(const SetInProgress& set, bool bar_right = false) {
  ScenePerson person;
  person.set = set;
  const SubjectView view{
      .person = &person, .name = "p1", .color = kSubject, .box = {0, 0, 100, 300}, .text_px = 24, .line_px = 2};
  const Gauge gauge(view);
  Drawn drawn{Canvas(kSide, kSide, kGrey), gauge.width(), gauge.height()};
  gauge.Draw(drawn.canvas, {4, 4, 4 + gauge.width(), 4 + gauge.height()}, bar_right);
  return drawn;
}

// Pixels of the person's colour: the filled part of the bar.
int Filled(const Canvas& canvas) {
  int count = 0;
  for (int y = 0; y < canvas.height(); ++y) {
    for (int x = 0; x < canvas.width(); ++x) count += canvas.At(x, y) == kSubject ? 1 : 0;
  }
  return count;
}

// Where the middle of the filled part lies, across.
double MiddleX(const Canvas& canvas) {
  double sum = 0;
  for (int y = 0; y < canvas.height(); ++y) {
    for (int x = 0; x < canvas.width(); ++x) sum += canvas.At(x, y) == kSubject ? x : 0;
  }
  return sum / Filled(canvas);
}

int Differing(const Canvas& a, const Canvas& b) {
  int count = 0;
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) count += a.At(x, y) == b.At(x, y) ? 0 : 1;
  }
  return count;
}

TEST(Gauge, TheBarFillsWithTheRepetition) {
  SetInProgress set = Squats();
  std::array<int, 3> filled{};
  for (std::size_t i = 0; i < filled.size(); ++i) {
    set.progress = 0.5 * static_cast<double>(i);
    filled[i] = Filled(Draw(set).canvas);
  }
  EXPECT_GT(filled[0], 0) << "even an empty bar shows whose it is";
  EXPECT_GT(filled[1], 3 * filled[0]);
  EXPECT_NEAR(filled[2], 2 * filled[1], 0.15 * filled[2]);
}

TEST(Gauge, StandsOnTheSideThatIsAskedFor) {
  const Drawn left = Draw(Squats());
  EXPECT_LT(MiddleX(left.canvas), 4 + 0.2 * left.width);
  const Drawn right = Draw(Squats(), true);
  EXPECT_GT(MiddleX(right.canvas), 4 + 0.8 * right.width);
}

TEST(Gauge, TheAngleThePhaseAndTheTempoAreWritten) {
  const Drawn before = Draw(Squats());
  SetInProgress other_angle = Squats();
  other_angle.angle_rad = 2.4;
  EXPECT_GT(Differing(Draw(other_angle).canvas, before.canvas), 20);
  SetInProgress other_phase = Squats();
  other_phase.phase = Phase::kConcentric;
  EXPECT_GT(Differing(Draw(other_phase).canvas, before.canvas), 20);
  SetInProgress with_tempo = Squats();
  with_tempo.tempo_s = {2.0, 0.1, 1.0, 0.4};
  EXPECT_GT(Differing(Draw(with_tempo).canvas, before.canvas), 50);
}

TEST(Gauge, KeepsItsSizeWhileTheWordsChange) {
  SetInProgress paused = Squats();
  paused.phase = Phase::kPauseStretched;
  paused.tempo_s = {2.0, 0.1, 1.0, 0.4};
  EXPECT_EQ(Draw(paused).width, Draw(Squats()).width);
  EXPECT_EQ(Draw(paused).height, Draw(Squats()).height);
}

// The joints of the main angle are hidden, and nothing is known of the phase.
TEST(Gauge, WhatIsNotKnownIsNotWritten) {
  SetInProgress hidden = Squats();
  hidden.angle_rad = std::numeric_limits<double>::quiet_NaN();
  hidden.phase = Phase::kNone;
  hidden.progress = std::numeric_limits<double>::quiet_NaN();
  const Drawn drawn = Draw(hidden);
  const int middle = 4 + static_cast<int>(0.6F * drawn.width);
  for (int y = 0; y < kSide; ++y) EXPECT_EQ(drawn.canvas.At(middle, y), kGrey) << y;
  EXPECT_GT(Filled(drawn.canvas), 0);
}

}  // namespace
}  // namespace spotter::render
