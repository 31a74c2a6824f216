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

TEST(Golden, TheCsvOfTheDocumentsIsWhatIsPrinted) {
  std::string csv = ReadFile("tests/golden/result.csv");
  std::erase(csv, '\r');
  EXPECT_NE(ReadFile("docs/formats/result.md").find("```csv\n" + csv + "```\n"), std::string::npos);
}

}  // namespace
}  // namespace spotter::golden
