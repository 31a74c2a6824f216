// SPDX-License-Identifier: Apache-2.0
#include "spotter/bus/inproc/perception_bus.h"

#include <thread>

#include <gtest/gtest.h>

namespace spotter::bus {
namespace {

PerceptionPtr At(const char* camera, int pts_us) {
  return std::make_shared<const Perception>(Perception{
      .camera_id = CameraId(camera), .pts = Pts(pts_us), .captured_at = {}, .width = 1, .height = 1, .people = {}});
}

TEST(PerceptionBus, FilesAreMergedByStreamTimeWhateverTheirSpeed) {
  PerceptionBus bus(2);
  auto& a = bus.AddCamera(DropPolicy::kWait);
  auto& b = bus.AddCamera(DropPolicy::kWait);
  std::thread fast([&] {
    for (int i = 0; i < 50; ++i) a.Publish(At("a", 2 * i));
    a.Finish();
  });
  std::thread slow([&] {
    for (int i = 0; i < 50; ++i) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
      b.Publish(At("b", 2 * i + 1));
    }
    b.Finish();
  });
  int expected = 0;
  while (const PerceptionPtr p = bus.Next()) EXPECT_EQ(p->pts.count(), expected++);
  EXPECT_EQ(expected, 100);
  fast.join();
  slow.join();
}

TEST(PerceptionBus, ALiveCameraDropsItsOldestAndCounts) {
  PerceptionBus bus(2);
  auto& camera = bus.AddCamera(DropPolicy::kDropOldest);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(camera.Publish(At("live", i)));
  camera.Finish();
  EXPECT_EQ(camera.dropped(), 3U);
  EXPECT_EQ(bus.Next()->pts.count(), 3);
  EXPECT_EQ(bus.Next()->pts.count(), 4);
  EXPECT_EQ(bus.Next(), nullptr);
}

TEST(PerceptionBus, ADeadFileDoesNotHoldUpALiveCamera) {
  PerceptionBus bus(2);
  bus.AddCamera(DropPolicy::kWait);
  auto& live = bus.AddCamera(DropPolicy::kDropOldest);
  live.Publish(At("live", 7));
  EXPECT_EQ(bus.Next()->pts.count(), 7);
}

TEST(PerceptionBus, CloseFreesAWaitingPublisher) {
  PerceptionBus bus(1);
  auto& camera = bus.AddCamera(DropPolicy::kWait);
  camera.Publish(At("file", 0));
  std::thread closer([&] { bus.Close(); });
  bool accepted = true;
  while (accepted) accepted = camera.Publish(At("file", 1));
  closer.join();
  EXPECT_EQ(bus.Next(), nullptr);
}

}  // namespace
}  // namespace spotter::bus
