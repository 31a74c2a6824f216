// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/clip_rule.h"

#include <gtest/gtest.h>

namespace spotter::pipeline {
namespace {

using std::chrono::milliseconds;

Event EventAt(Pts pts, EventData data) {
  Event event;
  event.camera_id = CameraId("cam_01");
  event.pts = pts;
  event.data = std::move(data);
  return event;
}

const ClipRule kRule = {
    .events = {"rep_counted", "cleaning_attempt"}, .pre_roll = milliseconds(4'000), .post_roll = milliseconds(2'000)};

TEST(ClipRule, AClipLiesAroundTheTrueTime) {
  const auto command = kRule.CommandFor(EventAt(milliseconds(10'000), RepCounted{}));
  ASSERT_TRUE(command);
  EXPECT_EQ(command->camera_id, CameraId("cam_01"));
  EXPECT_EQ(command->at, milliseconds(10'000));
  EXPECT_EQ(command->from, milliseconds(6'000));
  EXPECT_EQ(command->to, milliseconds(12'000));
}

TEST(ClipRule, AnAttemptToCleanIsShownToItsEnd) {
  const CleaningAttempt attempt{.end = milliseconds(17'500)};
  const auto command = kRule.CommandFor(EventAt(milliseconds(10'000), attempt));
  ASSERT_TRUE(command);
  EXPECT_EQ(command->from, milliseconds(6'000));
  EXPECT_EQ(command->to, milliseconds(19'500));
}

TEST(ClipRule, OtherEventsHaveNone) { EXPECT_FALSE(kRule.CommandFor(EventAt(Pts{0}, SetStarted{}))); }

}  // namespace
}  // namespace spotter::pipeline
