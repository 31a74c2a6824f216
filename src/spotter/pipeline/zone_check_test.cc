// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/zone_check.h"

#include <gtest/gtest.h>

namespace spotter::pipeline {
namespace {

Zone PixelZone(const std::string& id, Point low, Point high) {
  Zone zone;
  zone.id = ZoneId(id);
  const Region region = {.outline = {low, {high.x, low.y}, high, {low.x, high.y}}, .holes = {}};
  zone.views[CameraId("cam_01")] = {.region = region, .in_pixels = true};
  return zone;
}

Perception Frame(const std::string& camera_id) {
  Perception frame;
  frame.camera_id = CameraId(camera_id);
  frame.width = 640;
  frame.height = 360;
  return frame;
}

TEST(ZoneCheck, AZoneDrawnForALargerPictureIsNamedWithItsCamera) {
  const ZoneCheck check({PixelZone("inside", {0, 0}, {640, 360}), PixelZone("outside", {700, 400}, {1200, 700}),
                         PixelZone("across", {600, 300}, {700, 350})});
  const std::vector<std::string> complaints = check.Complaints(Frame("cam_01"));
  ASSERT_EQ(complaints.size(), 2U);
  for (const char* word : {"'outside'", "'cam_01'", "640 x 360"})
    EXPECT_NE(complaints[0].find(word), std::string::npos) << complaints[0];
  EXPECT_NE(complaints[1].find("'across'"), std::string::npos);
}

TEST(ZoneCheck, AnEdgeThatIsAPixelOutsideAndAnotherCamerasZoneAreNotWorthAWord) {
  const ZoneCheck check({PixelZone("edge", {-1, 0}, {641, 361}), PixelZone("outside", {700, 400}, {1200, 700})});
  EXPECT_EQ(check.Complaints(Frame("cam_01")).size(), 1U);
  EXPECT_TRUE(check.Complaints(Frame("cam_02")).empty());
}

TEST(ZoneCheck, FractionsAreNoPixels) {
  Zone zone = PixelZone("fractions", {0.1F, 0.1F}, {0.9F, 0.9F});
  zone.views[CameraId("cam_01")].in_pixels = false;
  EXPECT_TRUE(ZoneCheck({zone}).Complaints(Frame("cam_01")).empty());
}

}  // namespace
}  // namespace spotter::pipeline
