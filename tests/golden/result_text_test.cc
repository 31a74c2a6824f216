// SPDX-License-Identifier: Apache-2.0
// What `spotter count` prints for people and for spreadsheets, byte for byte.
#include <gtest/gtest.h>

#include "example_facts.h"
#include "expect_golden.h"
#include "spotter/app/result_table.h"

namespace spotter::golden {
namespace {

TEST(Golden, CsvPrintsAsItDid) { ExpectGolden("result.csv", app::ResultToCsv(ExampleResult())); }

TEST(Golden, TablePrintsAsItDid) { ExpectGolden("result.txt", app::ResultToTable(ExampleResult())); }

TEST(Golden, RepetitionsPrintAsTheyDid) { ExpectGolden("result_reps.txt", app::ResultToRepTable(ExampleResult())); }

TEST(Golden, NoSetHasNoRepetitions) {
  EXPECT_NE(app::ResultToRepTable({.source = "gym.mp4"}).find("No sets found."), std::string::npos);
}

// A squat seen from the front: its knee angle is foreshortened in every repetition.
TEST(Golden, ARangeThatTheCameraCannotShowIsNotPrinted) {
  FileResult result = ExampleResult();
  for (Rep& rep : result.people[0].sets[0].reps) rep.rom_assessable = false;
  const std::string table = app::ResultToTable(result);
  EXPECT_EQ(table.find(" deg"), std::string::npos) << table;
  EXPECT_NE(table.find("0:05.2  -      0.8-0.1-0.9-0.4"), std::string::npos) << table;
  EXPECT_NE(app::ResultToCsv(result).find("squat,0.970,1.000,5.200,2,1,1,,,,both"), std::string::npos);
}

TEST(Golden, SidesThatTakeTurnsAreAlternating) {
  FileResult result = ExampleResult();
  std::vector<Rep>& reps = result.people[0].sets[0].reps;
  reps[0].side = Side::kLeft;
  reps[1].side = Side::kRight;
  EXPECT_NE(app::ResultToCsv(result).find(",alternating,"), std::string::npos);
  reps[1].side = Side::kLeft;
  EXPECT_NE(app::ResultToCsv(result).find(",left,"), std::string::npos);
}

TEST(Golden, TheCsvOfTheDocumentsIsWhatIsPrinted) {
  std::string csv = ReadFile("tests/golden/result.csv");
  std::erase(csv, '\r');
  EXPECT_NE(ReadFile("docs/formats/result.md").find("```csv\n" + csv + "```\n"), std::string::npos);
}

}  // namespace
}  // namespace spotter::golden
