// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/yaml_reader.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "spotter/base/testing/temp_dir.h"

namespace spotter::config {
namespace {

enum class Color { kRed, kGreen };

struct Thing {
  std::string id;
  double weight = 1.5;
  int count = 0;
  bool active = false;
  Color color = Color::kRed;
  std::vector<double> point;
  std::vector<std::string> labels;
};

Thing ReadThing(const YamlNode& root) {
  const YamlMap map = root.Map({"id", "weight", "count", "active", "color", "point", "labels"});
  Thing thing;
  thing.id = map.Required("id").Text();
  if (const YamlNode weight = map.Optional("weight")) thing.weight = weight.Number(0, 10);
  if (const YamlNode count = map.Optional("count")) thing.count = count.Integer(0, 99);
  if (const YamlNode active = map.Optional("active")) thing.active = active.Flag();
  if (const YamlNode color = map.Optional("color"))
    thing.color = color.Choice<Color>({{"red", Color::kRed}, {"green", Color::kGreen}});
  if (const YamlNode point = map.Optional("point")) {
    for (const YamlNode& value : point.Items(2)) thing.point.push_back(value.Number(-1, 1));
  }
  if (const YamlNode labels = map.Optional("labels")) {
    for (const auto& [name, value] : labels.Entries()) thing.labels.push_back(name + "=" + value.Text());
  }
  return thing;
}

Result<Thing> ReadText(std::string_view text) {
  Result<YamlDocument> document = YamlDocument::Parse(text, "t.yaml");
  if (!document.ok()) return document.error();
  return document->Read<Thing>(ReadThing);
}

// An input and what is said about it.
struct Case {
  std::string text;
  std::string message;
};

std::string Complaint(std::string_view text) {
  const Result<Thing> thing = ReadText(text);
  return thing.ok() ? "(accepted)" : thing.error().message;
}

TEST(YamlReader, ReadsEveryKindOfValue) {
  const Result<Thing> thing = ReadText(R"(# a comment
id: bench_01
weight: +2.5e0
count: 7
active: true
color: green
point: [0.25, -1]  # in metres
labels: {b: "two words", a: 1}
)");
  ASSERT_TRUE(thing.ok()) << thing.error().message;
  EXPECT_EQ(thing->id, "bench_01");
  EXPECT_EQ(thing->weight, 2.5);
  EXPECT_EQ(thing->count, 7);
  EXPECT_TRUE(thing->active);
  EXPECT_EQ(thing->color, Color::kGreen);
  EXPECT_EQ(thing->point, (std::vector<double>{0.25, -1}));
  EXPECT_EQ(thing->labels, (std::vector<std::string>{"b=two words", "a=1"}));
}

TEST(YamlReader, AnAbsentOrNullKeyLeavesTheDefault) {
  for (const char* text : {"id: a", "id: a\nweight:\ncount: ~\nlabels: null\n"}) {
    const Result<Thing> thing = ReadText(text);
    ASSERT_TRUE(thing.ok()) << thing.error().message;
    EXPECT_EQ(thing->weight, 1.5);
    EXPECT_TRUE(thing->labels.empty());
  }
}

TEST(YamlReader, EveryWrongValueIsNamedWithLineKeyAndReason) {
  const std::vector<Case> cases = {
      {"", "t.yaml:1: key 'id': is missing"},
      {"# nothing\n", "t.yaml:1: key 'id': is missing"},
      {"id:\n", "t.yaml:1: key 'id': is missing"},
      {"just text", "t.yaml:1: must be a mapping (key: value), not a single value"},
      {"- id: a", "t.yaml:1: must be a mapping (key: value), not a list"},
      {"id: ''", "t.yaml:1: key 'id': must be text, not nothing"},
      {"id: [a]", "t.yaml:1: key 'id': must be text, not a list"},
      {"id: a\nwieght: 2", "t.yaml:2: key 'wieght': unknown; the nearest known key is 'weight'"},
      {"id: a\nweight: heavy", "t.yaml:2: key 'weight': must be a number, not 'heavy'"},
      {"id: a\nweight: 2 kg", "t.yaml:2: key 'weight': must be a number, not '2 kg'"},
      {"id: a\nweight: .nan", "t.yaml:2: key 'weight': must be a number, not '.nan'"},
      {"id: a\nweight: inf", "t.yaml:2: key 'weight': must be a number, not 'inf'"},
      {"id: a\nweight: 11", "t.yaml:2: key 'weight': must lie between 0 and 10, not 11"},
      {"id: a\ncount: 1.5", "t.yaml:2: key 'count': must be a whole number, not '1.5'"},
      {"id: a\ncount: 1e30", "t.yaml:2: key 'count': must lie between 0 and 99, not 1e+30"},
      {"id: a\nactive: yes", "t.yaml:2: key 'active': must be true or false, not 'yes'"},
      {"id: a\ncolor: blue", "t.yaml:2: key 'color': must be one of red, green, not 'blue'"},
      {"id: a\npoint: 1", "t.yaml:2: key 'point': must be a list, not a single value"},
      {"id: a\npoint: [1]", "t.yaml:2: key 'point': must be a list of 2 values, not of 1"},
      {"id: a\npoint:\n  - 1\n  - x", "t.yaml:4: key 'point[1]': must be a number, not 'x'"},
      {"id: a\nlabels: [b]", "t.yaml:2: key 'labels': must be a mapping (key: value), not a list"},
      {"id: a\nlabels:\n  b: {c: 1}", "t.yaml:3: key 'labels.b': must be text, not a mapping"},
  };
  for (const auto& c : cases) EXPECT_EQ(Complaint(c.text), c.message) << c.text;
}

TEST(YamlReader, WhatIsNoPlainYamlIsRefusedWithItsLine) {
  const std::vector<Case> cases = {
      {"id: a\n\tweight: 1", "t.yaml:2: broken YAML: illegal tab when looking for indentation"},
      {"id: [a\n", "t.yaml:2: broken YAML: end of sequence flow not found"},
      {"id: a\nid: b", "t.yaml:2: key 'id' is given twice"},
      {"id: a\nlabels: {x: 1,\n  x: 2}", "t.yaml:3: key 'x' is given twice"},
      {"id: &a b\nlabels: {x: *a}", "t.yaml:2: aliases (*name) are not supported; write the value out"},
      {"[a]: b", "t.yaml:1: a key must be plain text"},
      {"~: b", "t.yaml:1: a key must be plain text"},
      {"id: a\n---\nid: b", "t.yaml:1: the file must hold one YAML document, not several"},
  };
  for (const auto& c : cases) EXPECT_EQ(Complaint(c.text), c.message) << c.text;
}

TEST(YamlReader, TheFirstOfSeveralErrorsIsToldByLine) {
  EXPECT_EQ(Complaint("count: x\nid: {}\nzzz: 1"), "t.yaml:1: key 'count': must be a whole number, not 'x'");
}

TEST(YamlReader, InputThatWouldExhaustMemoryOrStackIsRefused) {
  EXPECT_EQ(Complaint("id: " + std::string(40, '[') + std::string(40, ']')), "t.yaml:1: nested too deep");
  EXPECT_NE(Complaint(std::string(100'000, '[')), "(accepted)");
  EXPECT_NE(Complaint(std::string(100'000, '{')), "(accepted)");
  std::string blocks;
  for (int i = 0; i < 500; ++i) blocks += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  EXPECT_EQ(Complaint(blocks), "t.yaml:33: nested too deep");
  std::string many = "id: [";
  for (int i = 0; i < 150'000; ++i) many += "1,";
  EXPECT_EQ(Complaint(many + "]"), "t.yaml:1: the file holds too many values");
  EXPECT_EQ(Complaint(std::string(2'000'000, ' ')), "t.yaml: larger than 1048576 bytes, which no configuration is");
}

TEST(YamlReader, PasswordsOfAddressesAreNeverRepeated) {
  const std::vector<Case> cases = {{"rtsp://me:secret@10.0.0.7:554/1", "rtsp://***@10.0.0.7:554/1"},
                                   {"rtsp://me:s@cr/et@host/1", "rtsp://***@host/1"},
                                   {"http://host/live?user=a&pwd=secret", "http://host/live?***"},
                                   {"rtsp://a:b@c/d or http://e@f/g", "rtsp://***@c/d or http://***@f/g"},
                                   {"rtsp://10.0.0.7/1", "rtsp://10.0.0.7/1"},
                                   {"videos/me@home.mp4?", "videos/me@home.mp4?"}};
  for (const auto& c : cases) {
    EXPECT_EQ(Complaint("id: a\ncount: " + c.text),
              "t.yaml:2: key 'count': must be a whole number, not '" + c.message + "'");
  }
  EXPECT_EQ(Complaint("id: a\n\"rtsp://me:secret@10.0.0.7/1\": 1").find("secret"), std::string::npos);
}

TEST(YamlReader, AnErrorIsOneLineWhateverTheFileHolds) {
  EXPECT_EQ(Complaint("\"a\\nb\": 1\n\"a\\nb\": 2"), "t.yaml:2: key 'a?b' is given twice");
  EXPECT_EQ(Complaint("id: a\ncount: \"1\\r\\n2\""), "t.yaml:2: key 'count': must be a whole number, not '1??2'");
  EXPECT_EQ(Complaint("id: a\ncount: " + std::string(100, 'x')),
            "t.yaml:2: key 'count': must be a whole number, not '" + std::string(40, 'x') + "...'");
}

TEST(YamlReader, AnErrorInTheStandInOfAMissingValueIsNotReported) {
  Result<YamlDocument> document = YamlDocument::Parse("a: 1", "t.yaml");
  ASSERT_TRUE(document.ok());
  const Result<int> read = document->Read<int>([](const YamlNode& root) {
    const YamlMap inner = root.Map({"a", "b"}).Required("b").Map({"c"});
    return inner.Required("c").Integer(5, 9);
  });
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message, "t.yaml:1: key 'b': is missing");
}

class YamlFile : public ::testing::Test {
 protected:
  const TempDir folder_;
};

TEST_F(YamlFile, IsLoadedAndNamedInErrors) {
  const std::filesystem::path path = folder_ / "a.yaml";
  std::ofstream(path) << "id: a\ncount: -1\n";
  Result<YamlDocument> document = YamlDocument::Load(path);
  ASSERT_TRUE(document.ok()) << document.error().message;
  EXPECT_EQ(document->Read<Thing>(ReadThing).error().message,
            path.string() + ":2: key 'count': must lie between 0 and 99, not -1");
}

TEST_F(YamlFile, ThatIsMissingOrADirectoryIsRefused) {
  EXPECT_EQ(YamlDocument::Load(folder_ / "none.yaml").error().message,
            (folder_ / "none.yaml").string() + ": no such file");
  EXPECT_EQ(YamlDocument::Load(folder_.path()).error().message,
            folder_.path().string() + " is a directory; give a YAML file");
}

}  // namespace
}  // namespace spotter::config
