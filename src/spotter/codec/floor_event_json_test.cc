// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/floor_event_json.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace spotter::codec {
namespace {

using nlohmann::json;

// The example of the form's description.
const std::string kBody =
    R"({"event_id":"8f3c","ts_utc":1767261600.25,"store_id":"gym_demo","camera_id":"cam_01","person_id":"p_7",)"
    R"("track_id":"7","event_type":"MACHINE_OCCUPIED_START","zone_id":"machine_bench_01","metrics":{"dwell_s":5.2},)"
    R"("needs_mm":false,"media":{"kind":"CLIP","path":"data/media/8f3c.mp4","start_ts_utc":1767261596.25,)"
    R"("end_ts_utc":1767261604.25}})";

json Body() { return json::parse(kBody); }

std::string ErrorOf(const json& body) {
  const Result<EventRecord> read = FloorEventFromJson(body.dump());
  return read.ok() ? "" : read.error().message;
}

TEST(FloorEventJson, ReadsTheExample) {
  const Result<EventRecord> read = FloorEventFromJson(kBody);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->event_id, "8f3c");
  EXPECT_EQ(read->type, "machine_occupied_start");
  EXPECT_EQ(read->gym_id, "gym_demo");
  EXPECT_EQ(read->ts_utc, 1767261600.25);
  EXPECT_EQ(read->data, R"({"dwell_s":5.2})");
  EXPECT_EQ(read->media.path, "data/media/8f3c.mp4");
  EXPECT_FALSE(read->needs_mm);
}

TEST(FloorEventJson, WhatIsPrintedIsReadAsTheSame) {
  EventRecord record = *FloorEventFromJson(kBody);
  EXPECT_EQ(FloorEventToJson(record), kBody);
  record.event_id = "\xF0\x9F\x8F\x8B\"\\\n/..";
  record.ts_utc = 1767261600.2534567;
  record.pts_s = 12.466;
  record.raised_pts_s = 13.0;
  record.needs_mm = true;
  EXPECT_EQ(*FloorEventFromJson(FloorEventToJson(record)), record);
}

TEST(FloorEventJson, OptionalFieldsHaveTheirDefaultsAndUnknownOnesAreIgnored) {
  json body = Body();
  for (const char* name : {"metrics", "needs_mm"}) body.erase(name);
  body["media"].erase("kind");
  body["more"] = {{"deep", {1, 2, 3}}};
  const Result<EventRecord> read = FloorEventFromJson(body.dump());
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->data, "{}");
  EXPECT_EQ(read->media.kind, "CLIP");
}

TEST(FloorEventJson, EveryMissingFieldIsNamed) {
  const json body = Body();
  for (const auto& [name, value] : body.items()) {
    if (name == "metrics" || name == "needs_mm") continue;
    json without = body;
    without.erase(name);
    EXPECT_EQ(ErrorOf(without), "field '" + name + "' is missing");
  }
  for (const char* name : {"path", "start_ts_utc", "end_ts_utc"}) {
    json without = body;
    without["media"].erase(name);
    EXPECT_EQ(ErrorOf(without), std::string("field '") + name + "' is missing");
  }
}

TEST(FloorEventJson, AZeroByteInAPathIsRefused) {
  json body = Body();
  body["media"]["path"] = std::string("clip.mp4\0.txt", 13);
  EXPECT_EQ(ErrorOf(body), "field 'media.path' must not hold a zero byte");
}

TEST(FloorEventJson, WrongValuesAreRefusedWithTheirField) {
  struct Case {
    const char* field;
    json value;
  };
  const std::vector<Case> cases = {{"event_id", 7},
                                   {"event_id", ""},
                                   {"event_id", std::string(257, 'x')},
                                   {"ts_utc", "2026-01-01"},
                                   {"ts_utc", 1767261600250.0},
                                   {"ts_utc", -1},
                                   {"track_id", 7},
                                   {"event_type", "machine_occupied_start"},
                                   {"event_type", "PARTY"},
                                   {"event_type", nullptr},
                                   {"metrics", json::array()},
                                   {"metrics", {{"long", std::string(1'100'000, 'x')}}},
                                   {"needs_mm", 1},
                                   {"media", nullptr}};
  for (const Case& wrong : cases) {
    json body = Body();
    body[wrong.field] = wrong.value;
    EXPECT_NE(ErrorOf(body).find(wrong.field), std::string::npos) << wrong.field << ": " << ErrorOf(body);
  }
  json backwards = Body();
  backwards["media"]["end_ts_utc"] = 1.0;
  EXPECT_NE(ErrorOf(backwards).find("end_ts_utc"), std::string::npos);
}

TEST(FloorEventJson, BrokenOrTooDeepJsonIsRefused) {
  for (const std::string& text : {std::string("{"), std::string("[]"), std::string("7"), std::string("\xFF"),
                                  std::string(100'000, '['), std::string(R"({"event_id":"\ud800"})")}) {
    EXPECT_FALSE(FloorEventFromJson(text).ok());
  }
}

TEST(FloorEventJson, AStoredEventHasExactlyTheFieldsOfTheForm) {
  StoredEvent event{.seq = 3, .record = *FloorEventFromJson(kBody), .enrichment = {.status = MmStatus::kPending}};
  event.record.pts_s = 4;
  json expected = Body();
  expected["mm_status"] = "PENDING";
  expected["mm_description"] = nullptr;
  expected["mm_labels"] = json::array();
  expected["mm_confidence"] = nullptr;
  EXPECT_EQ(json::parse(StoredFloorEventToJson(event)), expected);
  event.enrichment = {.status = MmStatus::kDone, .description = "wiped", .labels = {"wiping"}, .confidence = 0.75};
  expected["mm_status"] = "DONE";
  expected["mm_description"] = "wiped";
  expected["mm_labels"] = {"wiping"};
  expected["mm_confidence"] = 0.75;
  EXPECT_EQ(json::parse(StoredFloorEventToJson(event)), expected);
}

TEST(FloorEventJson, AnEventMadeHereIsTranslatedByItsTypeAndData) {
  Event event;
  event.event_id = "id";
  event.gym_id = GymId("gym_01");
  event.camera_id = CameraId("cam_01");
  event.pts = FromSeconds(12.466);
  event.raised_pts = FromSeconds(13);
  event.occurred_at = UtcTime(FromSeconds(1767261600.25));
  event.person_id = PersonId("p1");
  event.track_id = TrackId(7);
  event.data = SetStarted{.exercise = "squat"};
  const EventRecord record = ToRecord(event);
  EXPECT_EQ(record.type, "set_started");
  EXPECT_EQ(record.track_id, "7");
  EXPECT_EQ(record.zone_id, "");
  EXPECT_EQ(record.ts_utc, 1767261600.25);
  EXPECT_EQ(record.pts_s, 12.466);
  EXPECT_EQ(record.data, R"({"exercise":"squat","number":0,"target":null})");
  EXPECT_EQ(json::parse(FloorEventToJson(record))["event_type"], "SET_STARTED");
  EXPECT_TRUE(FloorEventFromJson(FloorEventToJson(record)).ok()) << "another Spotter takes it";
  event.occurred_at.reset();
  EXPECT_EQ(ToRecord(event).ts_utc, 12.466);
}

TEST(FloorEventJson, AnHourOfRepetitionsInOneSetIsTaken) {
  Event event;
  event.event_id = "id";
  SetCompleted done;
  done.set.exercise = "jumping_jack";
  const FormFault fault = {.name = "arms_not_overhead", .measure = "shoulder", .value = 1, .limit = 2, .confidence = 1};
  for (int i = 0; i < 1'800; ++i) done.set.reps.push_back({.start = FromSeconds(2 * i), .faults = {fault}});
  event.data = done;
  const EventRecord record = ToRecord(event);
  const std::string body = FloorEventToJson(record);
  EXPECT_GT(body.size(), 512 * 1024U);
  EXPECT_LT(body.size(), 1024 * 1024U) << "what a Spotter's port takes at once";
  const Result<EventRecord> taken = FloorEventFromJson(body);
  ASSERT_TRUE(taken.ok()) << taken.error().message;
  EXPECT_EQ(taken->data, record.data);
}

TEST(FloorEventJson, AnIdIsReadWhateverElseIsWrong) {
  EXPECT_EQ(FloorEventId(kBody), "8f3c");
  EXPECT_EQ(FloorEventId(R"({"event_id":"8f3c","event_type":7})"), "8f3c");
  for (const char* body : {"{", "[]", "{}", R"({"event_id":7})", R"({"event_id":""})"})
    EXPECT_EQ(FloorEventId(body), "");
}

TEST(FloorEventJson, TheFourTypesOfTheFormAreKnown) {
  for (const char* type :
       {"machine_occupied_start", "machine_occupied_end", "cleaning_window_open", "cleaning_attempt"}) {
    EXPECT_TRUE(IsCompatibleType(type)) << type;
    EXPECT_TRUE(IsFloorFormType(type)) << type;
  }
  for (const char* type :
       {"machine_user_changed", "machine_state_changed", "cleaning_window_closed", "rep_counted", ""})
    EXPECT_FALSE(IsCompatibleType(type)) << type;
}

TEST(FloorEventJson, TheOwnFormAddsWhereTheEventIsKept) {
  const StoredEvent event{.seq = 3, .record = *FloorEventFromJson(kBody), .enrichment = {}};
  const json value = json::parse(StoredEventToJson(event));
  EXPECT_EQ(value["seq"], 3);
  EXPECT_EQ(value["type"], "machine_occupied_start");
  EXPECT_EQ(value["occurred_at"], "2026-01-01T10:00:00.250Z");
  EXPECT_EQ(value["data"]["dwell_s"], 5.2);
  EXPECT_EQ(value["enrichment"]["status"], "SKIPPED");
}

}  // namespace
}  // namespace spotter::codec
