// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/utc.h"

#include <gtest/gtest.h>

namespace spotter {
namespace {

TEST(Utc, ReadsWhatItPrints) {
  for (const char* text : {"1970-01-01T00:00:00.000Z", "2026-03-01T10:00:12.466Z", "2024-02-29T23:59:59.999999Z"}) {
    const auto time = ParseUtc(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(FormatUtc(*time), text);
  }
}

TEST(Utc, FractionIsOptionalAndCutAtMicroseconds) {
  EXPECT_EQ(FormatUtc(*ParseUtc("2026-03-01T10:00:12Z")), "2026-03-01T10:00:12.000Z");
  EXPECT_EQ(FormatUtc(*ParseUtc("2026-03-01T10:00:12.1234567Z")), "2026-03-01T10:00:12.123456Z");
}

TEST(Utc, RefusesWhatIsNoTime) {
  for (const char* text : {"", "2026-03-01", "2026-02-30T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T10:00:12",
                           "2026-03-01T10:00:12.Z", "-026-03-01T10:00:12Z", "2026-03-01T10:00:12Z "}) {
    EXPECT_FALSE(ParseUtc(text)) << text;
  }
}

}  // namespace
}  // namespace spotter
