// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/silent_cameras.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "spotter/base/utc.h"

namespace spotter::report {
namespace {

UtcTime At(double seconds) { return FromUnixSeconds(seconds); }

// The state of a machine in use since 900 s, seen by two cameras, at 1,000 s.
MachineStateSince StateWith(const std::vector<store::CameraSeen>& cameras) {
  GymReport report;
  report.machines.push_back(
      {.zone_id = "bench",
       .now = MachineStateSince{.since = At(900), .state = MachineState::kInUse, .person_id = "p1"}});
  BlindTheUnseen(cameras, {{"bench", {"a", "b"}}}, At(1'000), report);
  return *report.machines[0].now;
}

TEST(SilentCameras, AMachineIsBlindSinceTheLastPictureOfAnyOfItsCameras) {
  const MachineStateSince state = StateWith({{"a", 940}, {"b", 970}});
  EXPECT_EQ(state.state, MachineState::kBlind);
  EXPECT_EQ(state.since, At(970));
  EXPECT_TRUE(state.person_id.empty());
}

TEST(SilentCameras, OneCameraThatSeesItIsEnough) {
  EXPECT_EQ(StateWith({{"a", 940}, {"b", 995}}).state, MachineState::kInUse);
}

TEST(SilentCameras, OfACameraThatNeverWasLiveNothingIsKnown) {
  EXPECT_EQ(StateWith({{"a", 940}}).state, MachineState::kInUse);
  EXPECT_EQ(StateWith({}).state, MachineState::kInUse);
}

}  // namespace
}  // namespace spotter::report
