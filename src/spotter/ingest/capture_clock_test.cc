// SPDX-License-Identifier: Apache-2.0
#include "spotter/ingest/capture_clock.h"

#include <gtest/gtest.h>

namespace spotter::ingest {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr UtcTime kStart{seconds(1'700'000'000)};
constexpr milliseconds kStep{40};

// Pictures every 40 ms that arrive `lateness` after they were taken, on a computer whose clock is off by `clock_error`.
class Camera {
 public:
  // How far the mapping is from the computer's clock after the picture.
  microseconds Next(microseconds lateness = {}, microseconds clock_error = {}) {
    const microseconds steady = pts_ + lateness;
    const UtcTime mapped = clock_.Map(pts_, {kStart + steady + clock_error, seconds(99) + steady});
    EXPECT_GT(mapped, last_);
    last_ = mapped;
    const microseconds error = mapped - (kStart + pts_ + clock_error);
    pts_ += kStep;
    return error;
  }

 private:
  CaptureClock clock_;
  Pts pts_{0};
  UtcTime last_ = UtcTime::min();
};

TEST(CaptureClock, TheFirstPictureAnchorsIt) {
  Camera camera;
  EXPECT_EQ(camera.Next(), microseconds{0});
  EXPECT_EQ(camera.Next(), microseconds{0});
}

TEST(CaptureClock, LatePicturesHardlyMoveIt) {
  Camera camera;
  camera.Next();
  for (int i = 0; i < 25; ++i) EXPECT_LE(camera.Next(seconds(3)), milliseconds(1));
}

TEST(CaptureClock, DriftOfTheCamerasClockIsFollowed) {
  CaptureClock clock;
  microseconds worst{0};
  for (int i = 0; i < 25 * 3600; ++i) {
    const Pts pts = kStep * i;
    const microseconds real = pts + pts / 10'000;  // 100 ppm: 0.36 s an hour
    const UtcTime mapped = clock.Map(pts, {kStart + real, real});
    worst = std::max(worst, kStart + real - mapped);
  }
  EXPECT_LT(worst, milliseconds(2));
}

TEST(CaptureClock, AStepForwardIsTakenAtOnce) {
  Camera camera;
  camera.Next();
  EXPECT_EQ(camera.Next({}, seconds(3600)), microseconds{0});
  EXPECT_EQ(camera.Next({}, seconds(3600)), microseconds{0});
}

TEST(CaptureClock, AStepBackIsWaitedForWithoutRunningBackwards) {
  Camera camera;
  camera.Next();
  EXPECT_GT(camera.Next({}, -seconds(2)), seconds(1));
  for (int i = 0; i < 25 * 5; ++i) camera.Next({}, -seconds(2));  // Camera::Next expects that time only increases
  EXPECT_EQ(camera.Next({}, -seconds(2)), microseconds{0});
}

}  // namespace
}  // namespace spotter::ingest
