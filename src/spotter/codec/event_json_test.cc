// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/event_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace spotter::codec {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

Event RepEvent(const Rep& rep) {
  return {.event_id = "e",
          .gym_id = GymId("g"),
          .camera_id = CameraId("c"),
          .pts = rep.end,
          .occurred_at = {},
          .raised_pts = rep.end,
          .person_id = {},
          .track_id = {},
          .zone_id = {},
          .data = RepCounted{.exercise = "squat", .number = 3, .rep = rep}};
}

json Printed(const Event& event) { return json::parse(EventToJson(event)); }

Set SetOf(std::vector<Rep> reps) {
  Set set;
  set.exercise = "squat";
  set.reps = std::move(reps);
  return set;
}

TEST(EventToJson, WhatIsNotKnownIsLeftOutOfTheEnvelopeAndNullInTheData) {
  const json event = Printed(RepEvent(Rep{}));
  for (const char* optional : {"occurred_at", "person_id", "track_id", "zone_id"})
    EXPECT_FALSE(event.contains(optional));
  EXPECT_TRUE(event["data"]["counted_s"].is_null());
}

TEST(EventToJson, AnEventIsOneLineWhateverItsIdsHold) {
  Event event = RepEvent(Rep{});
  event.camera_id = CameraId("a\nb\"\xff");
  const std::string text = EventToJson(event);
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_EQ(json::parse(text)["camera_id"], "a\nb\"\xef\xbf\xbd");
}

TEST(EventToJson, AnglesAreDegreesAndTimesKeepTheirMicroseconds) {
  Rep rep;
  rep.start = Pts{1'033'333};
  rep.rom_rad = 1.5707963;
  rep.eccentric = std::chrono::microseconds{850'400};
  const json data = Printed(RepEvent(rep))["data"];
  EXPECT_EQ(data["start_s"].get<double>(), 1.033333);
  EXPECT_EQ(data["rom_deg"].get<double>(), 90.0);
  EXPECT_EQ(data["eccentric_s"].get<double>(), 0.85);
}

TEST(EventToJson, AFormModelsVerdictSaysWhichJointAndWhatToDo) {
  Rep rep;
  EXPECT_FALSE(Printed(RepEvent(rep))["data"].contains("taught")) << "no model has looked at it";
  rep.taught = TaughtVerdict{.wrong_probability = 0.876, .joint = "left_knee", .cue = "Knee out"};
  const json wrong = Printed(RepEvent(rep))["data"]["taught"];
  EXPECT_EQ(wrong,
            (json{{"verdict", "wrong"}, {"wrong_probability", 0.88}, {"joint", "left_knee"}, {"cue", "Knee out"}}));
  rep.taught = TaughtVerdict{.wrong_probability = 0.1, .joint = "", .cue = ""};
  const json right = Printed(RepEvent(rep))["data"]["taught"];
  EXPECT_EQ(right, (json{{"verdict", "right"}, {"wrong_probability", 0.1}, {"joint", nullptr}, {"cue", nullptr}}));
}

TEST(EventToJson, TheCountsOfASetFollowFromItsRepetitions) {
  Rep partial;
  partial.partial = true;
  Set set = SetOf({Rep{}, partial, Rep{}});
  set.live_count = 2;
  Event event = RepEvent(Rep{});
  event.data = SetCompleted{.number = 1, .track_ids = {TrackId(4), TrackId(9)}, .set = set};
  const json data = Printed(event)["data"];
  EXPECT_EQ(data["rep_count"], 3);
  EXPECT_EQ(data["partial_count"], 1);
  EXPECT_EQ(data["live_count"], 2);
  EXPECT_EQ(data["track_ids"], json::array({4, 9}));
}

TEST(FileResultToJson, AFileWithoutAnybodyHasEmptyLists) {
  EXPECT_EQ(FileResultToJson(
                {.source = "a.mp4", .duration = milliseconds{1'500}, .frames = 45, .warnings = {}, .people = {}}),
            R"({"source":"a.mp4","duration_s":1.5,"frames":45,"warnings":[],"people":[]})");
}

}  // namespace
}  // namespace spotter::codec
