// SPDX-License-Identifier: Apache-2.0
#include "spotter/core/event.h"

#include <gtest/gtest.h>

namespace spotter {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

constexpr UtcTime kMorning = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + hours{7};

Event SetStartedAt(Pts pts, std::optional<UtcTime> occurred_at) {
  return {.event_id = {},
          .gym_id = GymId("gym_01"),
          .camera_id = CameraId("cam_01"),
          .pts = pts,
          .occurred_at = occurred_at,
          .raised_pts = pts,
          .person_id = PersonId("p1"),
          .track_id = {},
          .zone_id = {},
          .data = SetStarted{.exercise = "squat"}};
}

TEST(MakeEventId, TheSameFactHasTheSameIdWhateverIsKnownLater) {
  Event event = SetStartedAt(milliseconds{12'500}, kMorning);
  const std::string id = MakeEventId(event, "p1");
  event.raised_pts += milliseconds{900};
  event.track_id = TrackId(7);
  EXPECT_EQ(MakeEventId(event, "p1"), id);
}

TEST(MakeEventId, ACameraWhoseStreamTimeStartsOverMakesNewIds) {
  const Pts pts = milliseconds{12'500};
  EXPECT_NE(MakeEventId(SetStartedAt(pts, kMorning), "p1"), MakeEventId(SetStartedAt(pts, kMorning + hours{9}), "p1"));
}

TEST(MakeEventId, TheSameMomentHasTheSameIdInAStreamThatStartedEarlier) {
  EXPECT_EQ(MakeEventId(SetStartedAt(milliseconds{500}, kMorning), "p1"),
            MakeEventId(SetStartedAt(milliseconds{90'500}, kMorning), "p1"));
}

TEST(MakeEventId, WithoutUtcTheStreamTimeCounts) {
  const auto id_at = [](Pts pts) { return MakeEventId(SetStartedAt(pts, {}), "p1"); };
  EXPECT_EQ(id_at(milliseconds{500}), id_at(milliseconds{500}));
  EXPECT_NE(id_at(milliseconds{500}), id_at(milliseconds{501}));
}

TEST(MakeEventId, SubjectsAndPlacesAreKeptApart) {
  Event event = SetStartedAt(milliseconds{500}, kMorning);
  const std::string id = MakeEventId(event, "p1");
  EXPECT_NE(MakeEventId(event, "p2"), id);
  event.camera_id = CameraId("cam_02");
  EXPECT_NE(MakeEventId(event, "p1"), id);
}

}  // namespace
}  // namespace spotter
