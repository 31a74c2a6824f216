// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/mirror_watch.h"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

namespace spotter::track {
namespace {

struct Look {
  bool anybody;
  bool reflection;
};

// Ten frames a second; how often it was told.
int Watch(MirrorWatch& watch, double duration_s, const std::function<Look(double)>& script) {
  int told = 0;
  for (int i = 0; i < duration_s * 10; ++i) {
    const double t = i / 10.0;
    const Look look = script(t);
    if (watch.Update(FromSeconds(t), look.anybody, look.reflection)) ++told;
  }
  return told;
}

TEST(MirrorWatchTest, APersonBesideTheReflectionIsNothingToTell) {
  MirrorWatch watch;
  EXPECT_EQ(Watch(watch, 20, [](double) { return Look{true, true}; }), 0);
  EXPECT_FALSE(watch.seen());
}

TEST(MirrorWatchTest, AReflectionAloneIsToldOnceAStretch) {
  MirrorWatch watch;
  const auto leaves = [](double t) { return Look{t < 5 || (t > 10 && t < 12), true}; };
  EXPECT_EQ(Watch(watch, 18, leaves), 2);
  ASSERT_TRUE(watch.seen());
  EXPECT_EQ(watch.seen()->first, FromSeconds(5));
  EXPECT_NEAR(ToSeconds(watch.seen()->duration), 5 + 5.9, 0.11);
}

TEST(MirrorWatchTest, APersonWhoIsOverlookedForAMomentIsInTheRoom) {
  MirrorWatch watch;
  EXPECT_EQ(Watch(watch, 20, [](double t) { return Look{std::fmod(t, 2) > 1.5, true}; }), 0);
}

TEST(MirrorWatchTest, AReflectionThatIsOverlookedForAMomentGoesOn) {
  MirrorWatch watch;
  EXPECT_EQ(Watch(watch, 10, [](double t) { return Look{false, std::fmod(t, 1) > 0.35}; }), 1);
  MirrorWatch gone;
  EXPECT_EQ(Watch(gone, 10, [](double t) { return Look{false, std::fmod(t, 2) < 1}; }), 0);
}

}  // namespace
}  // namespace spotter::track
