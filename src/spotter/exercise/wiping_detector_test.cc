// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/wiping_detector.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <utility>

#include <gtest/gtest.h>

namespace spotter::exercise {
namespace {

using enum KeypointId;

constexpr float kTorso = 0.2F;    // frame heights
constexpr double kRate_hz = 0.9;  // NOLINT(readability-identifier-naming): unit suffix

// A swing of `size` torso lengths at `t` seconds.
float Swing(double t, double size, double rate_hz = kRate_hz) {  // NOLINT(readability-identifier-naming): unit suffix
  return kTorso * static_cast<float>(size * std::sin(2 * std::numbers::pi * rate_hz * t));
}

// Stands upright with the right hand `height` torso lengths above the hips; everything is seen well.
Joints Standing(double t, float height) {
  Joints joints{.pts = FromSeconds(t)};
  const auto put = [&](KeypointId id, float x, float y) {
    joints[id] = {{0.5F + kTorso * x, 0.5F + kTorso * y}, 0.9F};
  };
  put(kLeftShoulder, 0.3F, -1);
  put(kRightShoulder, -0.3F, -1);
  put(kLeftHip, 0.2F, 0);
  put(kRightHip, -0.2F, 0);
  put(kLeftAnkle, 0.2F, 1.68F);
  put(kRightAnkle, -0.2F, 1.68F);
  put(kLeftWrist, 0.4F, 0.1F);
  put(kRightWrist, -0.4F, -height);
  return joints;
}

Joints Wiping(double t, float height = 0.2F) {
  Joints joints = Standing(t, height);
  joints[kRightWrist].at.x += Swing(t, 0.5);
  return joints;
}

// Whether who moves like this for four seconds at ten pictures a second wipes at the end.
bool Wipes(const std::function<Joints(double)>& pose, float known_torso_length = kTorso) {
  WipingDetector detector;
  for (int i = 0; i <= 40; ++i) detector.Update(pose(0.1 * i), known_torso_length);
  return detector.wiping();
}

TEST(WipingDetector, AHandThatGoesToAndFroOverASurfaceWipes) {
  EXPECT_TRUE(Wipes([](double t) { return Wiping(t); }));
  EXPECT_FALSE(Wipes([](double t) { return Standing(t, 0.2F); }));
}

TEST(WipingDetector, SeenFromAboveTheSurfaceLooksAsHighAsTheChest) {
  EXPECT_TRUE(Wipes([](double t) { return Wiping(t, 0.8F); }));
  EXPECT_FALSE(Wipes([](double t) { return Wiping(t, 1.5F); }));
}

TEST(WipingDetector, AsHighAsTheShouldersOnlyWideLevelStrokesAreWiping) {
  const auto wiping = [](double across, double up) {
    return [=](double t) {
      Joints joints = Standing(t, 1.1F);
      joints[kRightWrist].at.x += Swing(t, across);
      joints[kRightWrist].at.y += Swing(t, up);
      return joints;
    };
  };
  EXPECT_TRUE(Wipes(wiping(0.4, 0.05)));
  EXPECT_FALSE(Wipes(wiping(0.18, 0.05)));
  EXPECT_FALSE(Wipes(wiping(0.4, 0.28)));
}

TEST(WipingDetector, LegsTellTheSizeOfWhoLeansTowardsTheCamera) {
  EXPECT_TRUE(Wipes([](double t) { return Wiping(t, 0.6F); }, 0.6F * kTorso));
}

TEST(WipingDetector, WalkingOnATreadmillIsNoWiping) {
  EXPECT_FALSE(Wipes([](double t) {
    Joints joints = Wiping(t);
    joints[kLeftAnkle].at.x += Swing(t, 0.5);  // the middle between both feet stays
    joints[kRightAnkle].at.x -= Swing(t, 0.5);
    return joints;
  }));
}

TEST(WipingDetector, RunningOnTheSpotIsNoWiping) {
  EXPECT_FALSE(Wipes([](double t) {
    Joints joints = Wiping(t);
    joints[kLeftAnkle].at.y -= std::max(0.0F, Swing(t, 0.9));  // one of them is always down
    joints[kRightAnkle].at.y -= std::max(0.0F, -Swing(t, 0.9));
    return joints;
  }));
}

TEST(WipingDetector, WhoBendsToTheFloorAndUpAgainLifts) {
  EXPECT_FALSE(Wipes([](double t) {
    Joints joints = Wiping(t);
    const float bend = kTorso * static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * 0.35 * t));
    joints[kLeftShoulder].at.y += bend;
    joints[kRightShoulder].at.y += bend;
    return joints;
  }));
}

TEST(WipingDetector, AFootThatIsGuessedNowHereNowThereDoesNotHinder) {
  EXPECT_TRUE(Wipes([](double t) {
    Joints joints = Wiping(t);
    const int step = static_cast<int>(std::lround(10 * t));
    if (step % 3 != 0) joints[kLeftAnkle] = {{0.5F + 0.9F * kTorso, 0.5F + 0.3F * kTorso}, 0.4F};
    if (step % 2 == 0) std::swap(joints[kLeftAnkle], joints[kRightAnkle]);
    return joints;
  }));
}

TEST(WipingDetector, GoesOnWithFewerStrokesThanItTakesToBegin) {
  const auto slow = [](double t) {
    Joints joints = Standing(t, 0.2F);
    joints[kRightWrist].at.x += Swing(t, 0.5, 0.5);
    return joints;
  };
  EXPECT_FALSE(Wipes(slow));
  EXPECT_TRUE(Wipes([&](double t) { return t < 2.5 ? Wiping(t) : slow(t); }));
}

TEST(WipingDetector, AHandThatGoesFarAndTremblesThereIsNoWiping) {
  EXPECT_FALSE(Wipes([](double t) {
    Joints joints = Standing(t, 0.2F);
    joints[kRightWrist].at.x += Swing(t, 0.1) + (t > 2.8 ? 1.3F * kTorso : 0);
    return joints;
  }));
}

TEST(WipingDetector, HiddenFeetDoNotHinder) {
  EXPECT_TRUE(Wipes([](double t) {
    Joints joints = Wiping(t);
    joints[kLeftAnkle].weight = 0;
    joints[kRightAnkle].weight = 0;
    return joints;
  }));
}

TEST(WipingDetector, AHandThatIsHardlySeenSaysNothing) {
  EXPECT_FALSE(Wipes([](double t) {
    Joints joints = Wiping(t);
    joints[kRightWrist].weight = 0.2F;
    return joints;
  }));
}

TEST(WipingDetector, AHiddenHandThatIsGuessedToAndFroSaysNothing) {
  EXPECT_FALSE(Wipes([](double t) {
    Joints joints = Wiping(t);
    joints[kRightWrist].weight = 0.36F;
    return joints;
  }));
}

TEST(WipingDetector, ACurlIsNoWiping) {
  EXPECT_FALSE(Wipes([](double t) {
    Joints joints = Standing(t, 0.3F);
    joints[kRightWrist].at.y += Swing(t, 0.55);
    return joints;
  }));
}

}  // namespace
}  // namespace spotter::exercise
