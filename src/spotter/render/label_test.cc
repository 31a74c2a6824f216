// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/label.h"

#include <gtest/gtest.h>

namespace spotter::render {
namespace {

// Width of the label of somebody in the middle of `set`: what is written more makes it wider.
float WidthOf(const SetInProgress& set) {
  ScenePerson person;
  person.set = set;
  const SubjectView view{.person = &person, .name = "p1", .text_px = 20};
  return Label(view, false, FromSeconds(30), 10'000).width();
}

SetInProgress Squats() {
  return {.exercise = "squat", .start = FromSeconds(20), .number = 1, .live_count = 8, .phase = Phase::kEccentric};
}

TEST(LabelTest, WhatTheSetAimsAtStandsBehindTheCount) {
  SetInProgress aimed = Squats();
  aimed.target = SetTarget{8, 12};
  EXPECT_GT(WidthOf(aimed), WidthOf(Squats()));
}

TEST(LabelTest, SetsAreNumberedFromTheSecondOneOn) {
  SetInProgress unnumbered = Squats();
  unnumbered.number = 0;
  EXPECT_EQ(WidthOf(Squats()), WidthOf(unnumbered));
  SetInProgress second = Squats();
  second.number = 2;
  EXPECT_GT(WidthOf(second), WidthOf(Squats()));
}

TEST(LabelTest, ACyclicExerciseShowsItsCadence) {
  SetInProgress slow{.exercise = "bike", .start = FromSeconds(20)};
  slow.cadence_rpm = 82.0;
  SetInProgress fast = slow;
  fast.cadence_rpm = 108.0;
  EXPECT_GT(WidthOf(fast), WidthOf(slow)) << "a digit more";
}

TEST(LabelTest, AHoldShowsWhatWasSaidAboutIt) {
  SetInProgress plank{.exercise = "plank", .start = FromSeconds(20)};
  SetInProgress sagging = plank;
  sagging.cue = "Tighten your core.";
  EXPECT_GT(WidthOf(sagging), WidthOf(plank));
}

}  // namespace
}  // namespace spotter::render
