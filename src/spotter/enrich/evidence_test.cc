// SPDX-License-Identifier: Apache-2.0
#include "spotter/enrich/evidence.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotter::enrich {
namespace {

using testing::Contains;
using testing::HasSubstr;

WipingEvidence Wipe(int sweeps, double wiping_s, double extent_m) {
  return {.wiping_s = wiping_s, .sweeps = sweeps, .extent_m = extent_m, .confidence = 1, .verdict = "unknown"};
}

TEST(Evidence, ReadsWhatACleaningAttemptBrings) {
  const auto evidence = ReadEvidence(
      R"({"verdict":"cleaned","confidence":0.8,"by_user":true,"evidence":{"wiping_s":4.2,"sweeps":9,"extent_m":0.6}})");
  ASSERT_TRUE(evidence);
  EXPECT_EQ(evidence->sweeps, 9);
  EXPECT_EQ(evidence->wiping_s, 4.2);
  EXPECT_EQ(evidence->extent_m, 0.6);
  EXPECT_EQ(evidence->confidence, 0.8);
  EXPECT_EQ(evidence->verdict, "cleaned");
  EXPECT_TRUE(evidence->by_user);
}

TEST(Evidence, WithoutAMeasurementOrWithNonsenseThereIsNoneOrZero) {
  for (const char* data : {"{}", "[]", "rubbish", R"({"evidence":7})", R"({"evidence":{}})"}) {
    EXPECT_FALSE(ReadEvidence(data)) << data;
  }
  const auto nonsense = ReadEvidence(
      R"({"verdict":7,"confidence":"high","by_user":"yes","evidence":{"wiping_s":-4,"sweeps":1e300,"extent_m":null}})");
  ASSERT_TRUE(nonsense);
  EXPECT_EQ(nonsense->wiping_s, 0);
  EXPECT_EQ(nonsense->verdict, "unknown");
  EXPECT_FALSE(nonsense->by_user);
}

TEST(Evidence, AThoroughWipeIsCleanedAndATouchIsNot) {
  const Enrichment wiped = Judge(Wipe(9, 4.2, 0.6));
  EXPECT_EQ(wiped.status, MmStatus::kDone);
  EXPECT_THAT(wiped.labels, Contains("cleaned"));
  EXPECT_THAT(*wiped.description, HasSubstr("9 strokes"));
  EXPECT_GT(*wiped.confidence, 0.9);
  EXPECT_THAT(Judge(Wipe(1, 0.4, 0.1)).labels, Contains("not_cleaned"));
  EXPECT_THAT(Judge(Wipe(0, 0, 0)).labels, Contains("not_cleaned"));
}

TEST(Evidence, NoSingleQuantityMakesACleaning) {
  EXPECT_THAT(Judge(Wipe(40, 12, 0.02)).labels, Contains("not_cleaned")) << "a hand that trembles";
  EXPECT_THAT(Judge(Wipe(1, 12, 1.2)).labels, Contains("not_cleaned")) << "one long stroke";
  EXPECT_THAT(Judge(Wipe(9, 0.4, 1.2)).labels, Contains("not_cleaned")) << "a shake";
  EXPECT_THAT(Judge(Wipe(4, 1.5, 0.2)).labels, Contains("unclear"));
}

TEST(Evidence, ContradictingTheFloorMakesItUnclear) {
  WipingEvidence evidence = Wipe(9, 4.2, 0.6);
  evidence.verdict = "not_cleaned";
  EXPECT_THAT(Judge(evidence).labels, Contains("unclear"));
  EXPECT_EQ(Judge(evidence).confidence, 0.5);
}

}  // namespace
}  // namespace spotter::enrich
