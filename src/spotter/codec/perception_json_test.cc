// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/perception_json.h"

#include <limits>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace spotter::codec {
namespace {

Perception Example() {
  Perception p{.camera_id = CameraId("cam_01"),
               .pts = Pts(12'466'667),
               .captured_at = UtcTime(Pts(1'000'000)),
               .width = 1280,
               .height = 720,
               .people = {}};
  PerceivedPerson person{
      .track_id = TrackId(7), .confidence = 0.9134F, .box = {0.1F, -0.02F, 0.31234567F, 1.004F}, .pose = {}};
  for (std::size_t i = 0; i < kKeypointCount; ++i)
    person.pose.keypoints[i] = {0.0123456F * static_cast<float>(i), 0.3F, 0.5F};
  person.landmarks.emplace();
  person.world_landmarks.emplace();
  (*person.world_landmarks)[3] = {-0.12345F, 0.5F, 1.0F};
  p.people.push_back(person);
  RoundToWire(p);
  return p;
}

TEST(PerceptionJson, ReadsBackWhatItPrints) {
  const Perception p = Example();
  const Result<Perception> read = PerceptionFromJson(PerceptionToJson(p));
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(*read, p);
}

TEST(PerceptionJson, SaysWhoIsInDoubtAndWhoIsAReflection) {
  Perception p = Example();
  p.people[0].in_doubt = true;
  p.reflections = {TrackId(3), TrackId(9)};
  const std::string line = PerceptionToJson(p);
  EXPECT_NE(line.find(R"("in_doubt":true)"), std::string::npos);
  EXPECT_NE(line.find(R"("reflections":[3,9])"), std::string::npos);
  EXPECT_EQ(*PerceptionFromJson(line), p);
  p.reflections.emplace();  // looked for, none found
  EXPECT_EQ(*PerceptionFromJson(PerceptionToJson(p)), p);
}

TEST(PerceptionJson, TellsWhatWasLeft) {
  Perception p = Example();
  p.objects = {{.box = {0.1F, 0.2F, 0.15000001F, 0.25F}, .since = Pts(3'500'000)}};
  RoundToWire(p);
  const std::string line = PerceptionToJson(p);
  EXPECT_NE(line.find(R"("objects":[{"box":[0.1,0.2,0.15,0.25],"since":3.5}])"), std::string::npos) << line;
  EXPECT_EQ(*PerceptionFromJson(line), p);
}

TEST(PerceptionJson, AnEmptyFrameIsAPerceptionToo) {
  EXPECT_EQ(PerceptionToJson(
                {.camera_id = CameraId("c"), .pts = Pts(0), .captured_at = {}, .width = 2, .height = 1, .people = {}}),
            R"({"v":1,"camera_id":"c","pts":0,"width":2,"height":1,"people":[]})");
}

TEST(PerceptionJson, UnknownFieldsAreIgnored) {
  EXPECT_TRUE(
      PerceptionFromJson(R"({"v":1,"camera_id":"c","pts":0.5,"width":2,"height":1,"people":[],"later":{"a":[1]}})")
          .ok());
}

TEST(PerceptionJson, ErrorsNameTheField) {
  const auto message = [](std::string_view line) { return PerceptionFromJson(line).error().message; };
  EXPECT_EQ(message(R"({"v":1,"camera_id":"c","width":2,"height":1,"people":[]})"), "field 'pts' is missing");
  EXPECT_EQ(message(R"({"v":2,"camera_id":"c","pts":0,"width":2,"height":1,"people":[]})"),
            "version 2 is not known, only 1");
  EXPECT_EQ(message(R"({"v":1,"camera_id":"c","pts":0,"width":0,"height":1,"people":[]})"),
            "field 'width' must lie between 1 and 65535");
  EXPECT_EQ(message(R"({"v":1,"camera_id":"c","pts":0,"width":2,"height":1,"people":[{"track_id":-1}]})"),
            "field 'track_id' must lie between 1 and 9223372036854775807");
  EXPECT_EQ(message("[]"), "a perception must be a JSON object");
  EXPECT_EQ(message(R"({"v":1,"camera_id":"c","pts":0,"width":2,"height":1,"people":[],"objects":{}})"),
            "field 'objects' must be an array");
  EXPECT_EQ(message(R"({"v":1,"camera_id":"c","pts":0,"width":2,"height":1,"people":[],"objects":[1]})"),
            "field 'objects' must hold objects");
  EXPECT_EQ(
      message(R"({"v":1,"camera_id":"c","pts":0,"width":2,"height":1,"people":[],"objects":[{"box":[0,0,1,1]}]})"),
      "field 'since' is missing");
  EXPECT_EQ(message(R"({"v":1,"camera_id":"c","pts":2,"width":2,"height":1,"people":[],)"
                    R"("objects":[{"box":[0,0,1,1],"since":2},{"box":[0,0,1,1],"since":2.1}]})"),
            "field 'since' must not lie after 'pts'");
  EXPECT_TRUE(message("{\"v\":1,").starts_with("not valid JSON: "));
}

TEST(PerceptionJson, NumbersThatAreNoneAreRefused) {
  const auto line = [](const std::string& pts, const std::string& people) {
    return R"({"v":1,"camera_id":"c","pts":)" + pts + R"(,"width":2,"height":1,"people":)" + people + "}";
  };
  EXPECT_FALSE(PerceptionFromJson(line("1e400", "[]")).ok());
  EXPECT_FALSE(PerceptionFromJson(line("NaN", "[]")).ok());
  EXPECT_FALSE(PerceptionFromJson(line("\"1\"", "[]")).ok());
  EXPECT_FALSE(PerceptionFromJson(line("0", "{}")).ok());
  EXPECT_FALSE(PerceptionFromJson(line("0", "[1]")).ok());
  EXPECT_FALSE(PerceptionFromJson(line("0", R"([{"track_id":18446744073709551615}])")).ok());
  EXPECT_FALSE(PerceptionFromJson(std::string(1'000'000, '[')).ok());
}

// `text` in the place of the first `place` of the example's line.
std::string Changed(std::string_view place, std::string_view text) {
  Perception example = Example();
  example.people.push_back(example.people[0]);
  example.people[1].track_id = TrackId(8);
  std::string line = PerceptionToJson(example);
  line.replace(line.find(place), place.size(), text);
  return line;
}

TEST(RecordingLine, AJointThatIsNoNumberIsNotSeenAndTakesNobodyAlong) {
  for (const std::string_view wrong : {"NaN", "null", "-Infinity", "1e30", "\"NaN\""}) {
    const std::string line = Changed("[0.01235,", fmt::format("[{},", wrong));
    EXPECT_FALSE(PerceptionFromJson(line).ok());
    const Result<RecordingLine> read = ReadRecordingLine(line);
    ASSERT_TRUE(read.ok()) << wrong << ": " << read.error().message;
    EXPECT_EQ(read->lost_joints, 1) << wrong;
    EXPECT_EQ(read->lost_people, 0) << wrong;
    ASSERT_EQ(read->perception.people.size(), 2U);
    EXPECT_EQ(read->perception.people[0].pose.keypoints[1], Keypoint{});
    EXPECT_EQ(read->perception.people[0].pose.keypoints[2], Example().people[0].pose.keypoints[2]);
  }
}

TEST(RecordingLine, APersonThatCannotBeReadIsLostAlone) {
  for (const auto& [place, text] : {std::pair{"\"box\":[0.1,", "\"box\":[null,"},
                                    {"\"track_id\":7", "\"track_id\":-7"},
                                    {"\"keypoints\":[[", "\"keypoints\":[[0,0,0],["},
                                    {"{\"track_id\":7", "5,{\"track_id\":7"}}) {
    const Result<RecordingLine> read = ReadRecordingLine(Changed(place, text));
    ASSERT_TRUE(read.ok()) << text << ": " << read.error().message;
    EXPECT_EQ(read->lost_people, 1) << text;
    EXPECT_TRUE(read->first_lost_person.starts_with("field '")) << read->first_lost_person;
    EXPECT_EQ(read->perception.people.back().track_id, TrackId(8));
  }
}

TEST(RecordingLine, LandmarksThatCannotBeReadAreLost) {
  const Result<RecordingLine> read = ReadRecordingLine(Changed("-0.1235", "NaN"));
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->lost_joints, 1);
  EXPECT_FALSE(read->perception.people[0].world_landmarks.has_value());
  EXPECT_TRUE(read->perception.people[0].landmarks.has_value());
}

TEST(RecordingLine, WhatIsInOrderIsReadAsItIsAndWhatIsNoLineIsRefused) {
  const Result<RecordingLine> read = ReadRecordingLine(PerceptionToJson(Example()));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->perception, Example());
  EXPECT_EQ(read->lost_joints + read->lost_people, 0);
  EXPECT_FALSE(ReadRecordingLine("{\"v\":1,").ok());
  EXPECT_FALSE(ReadRecordingLine("[]").ok());
  EXPECT_FALSE(ReadRecordingLine(R"({"v":1,"camera_id":"NaN","pts":NaN,"width":2,"height":1,"people":[]})").ok());
}

TEST(PerceptionJson, AJointThatIsNowhereIsNotSeen) {
  Perception p = Example();
  p.people[0].pose.keypoints[3] = {std::numeric_limits<float>::quiet_NaN(), 0.5F, 0.9F};
  RoundToWire(p);
  EXPECT_EQ(p.people[0].pose.keypoints[3].confidence, 0);
}

TEST(PerceptionJson, WhateverIsRoundedToTheWireCanBeReadBack) {
  Perception p = Example();
  p.people[0].box.x1 = 3e7F;
  p.people[0].pose.keypoints[0] = {-1e30F, std::numeric_limits<float>::infinity(), 1.0004F};
  p.people[0].pose.keypoints[1].confidence = -0.2F;
  RoundToWire(p);
  const Result<Perception> read = PerceptionFromJson(PerceptionToJson(p));
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(*read, p);
}

TEST(PerceptionJson, ALineWithBytesThatAreNoUtf8IsRefusedNotFatal) {
  EXPECT_FALSE(PerceptionFromJson("{\"v\":1,\"camera_id\":\"\xff\"}").ok());
  Perception p = Example();
  p.camera_id = CameraId("a\xff");
  EXPECT_TRUE(PerceptionFromJson(PerceptionToJson(p)).ok());
}

}  // namespace
}  // namespace spotter::codec
