// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/stay.h"

#include <cmath>

#include <gtest/gtest.h>

namespace spotter::floor {
namespace {

// Feeds depths (metres inside the border) ten times a second.
class StayTest : public ::testing::Test {
 protected:
  void Spend(double seconds, double depth_m) {
    const long frames = std::lround(seconds * 10);
    for (long i = 0; i < frames; ++i) {
      stay_.Update(now_, depth_m);
      now_ += Pts{100'000};
    }
  }
  double SinceS() const { return ToSeconds(stay_.since()); }
  double LastThereS() const { return ToSeconds(stay_.last_there()); }

  Stay stay_;
  Pts now_{0};
};

TEST_F(StayTest, EntryIsDatedBackToTheBorder) {
  Spend(1, -0.5);
  Spend(0.3, 0.05);
  EXPECT_FALSE(stay_.inside());
  Spend(0.2, 0.5);
  EXPECT_TRUE(stay_.inside());
  EXPECT_DOUBLE_EQ(SinceS(), 1.0);
}

TEST_F(StayTest, OneWrongFrameIsNoEntry) {
  Spend(1, -0.5);
  Spend(0.1, 0.5);
  Spend(1, -0.5);
  EXPECT_FALSE(stay_.inside());
}

TEST_F(StayTest, LeavingIsDatedBackToTheBorder) {
  Spend(2, 0.5);
  Spend(0.2, -0.1);
  Spend(0.5, -0.6);
  EXPECT_FALSE(stay_.inside());
  EXPECT_DOUBLE_EQ(LastThereS(), 1.9);
}

TEST_F(StayTest, LeaningOutForAMomentIsNoLeaving) {
  Spend(2, 0.5);
  Spend(0.2, -0.6);
  Spend(1, 0.5);
  EXPECT_TRUE(stay_.inside());
  EXPECT_DOUBLE_EQ(SinceS(), 0);
}

TEST_F(StayTest, StandingOnTheBorderIsStillBeingThere) {
  Spend(2, 0.5);
  Spend(5, -0.1);
  EXPECT_TRUE(stay_.inside());
  EXPECT_DOUBLE_EQ(LastThereS(), 6.9);
}

}  // namespace
}  // namespace spotter::floor
