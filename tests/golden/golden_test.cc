// SPDX-License-Identifier: Apache-2.0
// The wire forms, byte for byte.
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "example_facts.h"
#include "expect_golden.h"
#include "spotter/codec/event_json.h"
#include "spotter/codec/perception_json.h"

namespace spotter::golden {
namespace {

TEST(Golden, PerceptionsPrintAsTheyDid) {
  std::string printed;
  for (const Perception& perception : ExamplePerceptions()) printed += codec::PerceptionToJson(perception) + "\n";
  ExpectGolden("perception.jsonl", printed);
}

TEST(Golden, RecordedPerceptionsReadAsTheyDid) {
  std::istringstream file(ReadFile(kFolder + "perception.jsonl"));
  std::string line;
  for (const Perception& expected : ExamplePerceptions()) {
    ASSERT_TRUE(std::getline(file, line));
    const Result<Perception> read = codec::PerceptionFromJson(line);
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(*read, expected);
  }
  EXPECT_FALSE(std::getline(file, line));
}

TEST(Golden, EventsPrintAsTheyDid) {
  std::string printed;
  for (const Event& event : ExampleEvents()) printed += codec::EventToJson(event) + "\n";
  ExpectGolden("events.jsonl", printed);
}

TEST(Golden, ResultsPrintAsTheyDid) { ExpectGolden("result.json", codec::FileResultToJson(ExampleResult()) + "\n"); }

}  // namespace
}  // namespace spotter::golden
