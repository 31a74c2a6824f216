// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/occupancy.h"

#include <gtest/gtest.h>

namespace spotter::floor {
namespace {

// One visitor of a machine, ten frames a second; `depth_m`: how deep inside, none = not seen.
class OccupancyTest : public ::testing::Test {
 protected:
  void Play(double until_s, std::optional<double> depth_m) {
    for (; frame_ < until_s * 10; ++frame_) {
      const Pts now = FromSeconds(frame_ * 0.1);
      if (depth_m) visitors_[PersonId("p1")].stay.Update(now, *depth_m);
      for (const FloorFinding& finding : occupancy_.Update(now, std::chrono::microseconds{0}, visitors_)) {
        if (std::holds_alternative<MachineOccupiedStart>(finding.data)) starts_.push_back(ToSeconds(finding.at));
        if (std::holds_alternative<MachineOccupiedEnd>(finding.data)) ends_.push_back(ToSeconds(finding.at));
      }
    }
  }

  Occupancy occupancy_{Zone{}};
  Visitors visitors_;
  std::vector<double> starts_;
  std::vector<double> ends_;
  int frame_ = 0;
};

TEST_F(OccupancyTest, AUseThatIsOverBeginsNoOtherOne) {
  Play(8, 0.5);
  Play(11.5, std::nullopt);  // out of sight, on the way out
  Play(14, -1);              // seen outside: that the stay is over is known after the use's end
  ASSERT_EQ(starts_.size(), 1U);
  ASSERT_EQ(ends_.size(), 1U);
  EXPECT_NEAR(ends_[0], 7.9, 1e-6);
}

TEST_F(OccupancyTest, WhoIsSeenAgainWhereTheyWereBeginsAnotherUse) {
  Play(8, 0.5);
  Play(15, std::nullopt);
  Play(22, 0.5);
  Play(30, -1);
  ASSERT_EQ(starts_.size(), 2U);
  ASSERT_EQ(ends_.size(), 2U);
  EXPECT_GT(starts_[1], ends_[0]);
  EXPECT_LE(starts_[1], 15.0);
  EXPECT_NEAR(ends_[1], 21.9, 1e-6);
}

}  // namespace
}  // namespace spotter::floor
