// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/services.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotter::app {
namespace {

using ::testing::ElementsAre;

TEST(CamerasOfTest, AMachineOnTheFloorIsSeenByTheCamerasThatKnowTheFloor) {
  config::SpotterConfig config;
  config.cameras.resize(3);
  for (std::size_t i = 0; i < 3; ++i) config.cameras[i].id = CameraId("cam_" + std::to_string(i));
  config.cameras[1].floor_from_image = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  config.zones = {Zone{.id = ZoneId("on_floor")}, Zone{.id = ZoneId("in_picture")}};
  config.zones[0].floor.emplace();
  config.zones[1].views[CameraId("cam_2")];
  const report::MachineCameras cameras_of = CamerasOf(config);
  EXPECT_THAT(cameras_of.at("on_floor"), ElementsAre("cam_1"));
  EXPECT_THAT(cameras_of.at("in_picture"), ElementsAre("cam_2"));
}

}  // namespace
}  // namespace spotter::app
