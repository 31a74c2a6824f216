// SPDX-License-Identifier: Apache-2.0
// The examples in docs/ are facts of tests/golden or configurations that load: what a reader copies works.
#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "example_facts.h"
#include "read_file.h"
#include "spotter/codec/clip_json.h"
#include "spotter/codec/event_json.h"
#include "spotter/codec/floor_event_json.h"
#include "spotter/codec/perception_json.h"
#include "spotter/config/exercise_library.h"
#include "spotter/config/spotter_config.h"

namespace spotter::golden {
namespace {

using nlohmann::json;

// The fenced blocks of a document that are opened by "```" + `fence`.
std::vector<std::string> Blocks(const std::string& document, const std::string& fence) {
  std::vector<std::string> blocks;
  std::istringstream text(ReadFile(document));
  bool inside = false;
  for (std::string line; std::getline(text, line);) {
    if (!inside && line == "```" + fence) {
      inside = true;
      blocks.emplace_back();
    } else if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

TEST(DocsExamples, PerceptionsAreReadAsTheFactsTheyShow) {
  const std::vector<std::string> blocks = Blocks("docs/formats/perception.md", "json perception");
  ASSERT_EQ(blocks.size(), 3U);
  const std::vector<Perception> facts = ExamplePerceptions();
  for (const std::string& block : blocks) {
    const Result<Perception> read = codec::PerceptionFromJson(block);
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_NE(std::ranges::find(facts, *read), facts.end()) << block;
  }
}

// One row of the table in configs/exercises/README.md.
std::string RowOf(const exercise::ExerciseDefinition& exercise) {
  return fmt::format("| {} | {} | {} | {} |", exercise.id, exercise.variant_of.empty() ? "" : exercise.variant_of,
                     exercise.only_pinned ? "pinned" : "by itself",
                     exercise.verified() ? std::to_string(exercise.evidence.size()) : "not verified");
}

TEST(DocsExamples, TheTableOfExercisesIsThatOfTheFiles) {
  const Result<exercise::ExerciseLibrary> library =
      config::LoadExerciseLibrary(std::string(SPOTTER_SOURCE_DIR) + "/configs/exercises");
  ASSERT_TRUE(library.ok()) << library.error().message;
  std::string expected = "| exercise | variant of | recognised | clips it was right on |\n| --- | --- | --- | --- |\n";
  for (const exercise::ExerciseDefinition& exercise : library->exercises()) expected += RowOf(exercise) + "\n";
  const std::string document = ReadFile("configs/exercises/README.md");
  EXPECT_NE(document.find(expected), std::string::npos) << "the table should be:\n" << expected;
}

TEST(DocsExamples, EveryEventTypeIsShownAsItIsPrinted) {
  std::vector<json> facts;
  for (const Event& event : ExampleEvents()) facts.push_back(json::parse(codec::EventToJson(event)));
  std::vector<std::string> shown;
  for (const std::string& block : Blocks("docs/formats/event.md", "json event")) {
    const json example = json::parse(block);
    EXPECT_NE(std::ranges::find(facts, example), facts.end()) << block;
    shown.push_back(example["type"].get<std::string>());
  }
  for (const json& fact : facts) {
    const auto type = fact["type"].get<std::string>();
    EXPECT_NE(std::ranges::find(shown, type), shown.end()) << type;
  }
}

TEST(DocsExamples, EveryFieldOfAnEventAndAResultIsExplained) {
  const std::string text = ReadFile("docs/formats/event.md") + ReadFile("docs/formats/result.md");
  json all = json::parse(codec::FileResultToJson(ExampleResult()));
  for (const Event& event : ExampleEvents()) all["events"].push_back(json::parse(codec::EventToJson(event)));
  const json flat = all.flatten();
  for (const auto& [path, value] : flat.items()) {
    std::istringstream parts(path);
    for (std::string key; std::getline(parts, key, '/');) {
      if (key.find_first_not_of("0123456789") == std::string::npos || key == "events") continue;
      EXPECT_NE(text.find("`" + key + "`"), std::string::npos) << key << " of " << path;
    }
  }
}

TEST(DocsExamples, TheResultIsShownAsItIsPrinted) {
  const std::vector<std::string> blocks = Blocks("docs/formats/result.md", "json result");
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(json::parse(blocks[0]), json::parse(codec::FileResultToJson(ExampleResult())));
}

TEST(DocsExamples, FloorEventsAreReadAndShownAsTheyAre) {
  const std::vector<std::string> posted = Blocks("docs/formats/floor_event.md", "json floor-event");
  ASSERT_EQ(posted.size(), 1U);
  const Result<EventRecord> record = codec::FloorEventFromJson(posted[0]);
  ASSERT_TRUE(record.ok()) << record.error().message;
  EXPECT_EQ(json::parse(codec::FloorEventToJson(*record)), json::parse(posted[0]));
  const std::vector<std::string> stored = Blocks("docs/formats/floor_event.md", "json floor-event stored");
  ASSERT_EQ(stored.size(), 1U);
  StoredEvent event{.seq = 1, .record = *codec::FloorEventFromJson(stored[0]), .enrichment = {}};
  event.enrichment = {
      .status = MmStatus::kDone, .description = "Somebody wiped the bench.", .labels = {"wiping"}, .confidence = 0.8};
  EXPECT_EQ(json::parse(codec::StoredFloorEventToJson(event)), json::parse(stored[0]));
}

TEST(DocsExamples, TheMetadataOfAClipIsShownAsItIsPrinted) {
  const std::vector<std::string> blocks = Blocks("docs/formats/clip.md", "json clip");
  ASSERT_EQ(blocks.size(), 1U);
  Result<ClipDone> clip = codec::ClipFromJson(blocks[0]);
  ASSERT_TRUE(clip.ok()) << clip.error().message;
  clip->thumbnail_path = "x.jpg";
  EXPECT_EQ(json::parse(codec::ClipToJson(*clip)), json::parse(blocks[0]));
}

TEST(DocsExamples, ConfigurationsInGuidesLoadWithoutAWarning) {
  std::size_t count = 0;
  for (const char* guide : {"docs/guides/first_count.md", "docs/guides/cameras.md", "docs/guides/own_pose_model.md",
                            "docs/guides/edge_and_central.md"}) {
    for (const std::string& block : Blocks(guide, "yaml spotter")) {
      const Result<config::SpotterConfig> config = config::ParseSpotterConfig(block, guide);
      ASSERT_TRUE(config.ok()) << config.error().message;
      EXPECT_TRUE(config->warnings.empty()) << config->warnings.front();
      ++count;
    }
  }
  EXPECT_GE(count, 2U);
}

}  // namespace
}  // namespace spotter::golden
