// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/time_text.h"

#include <gtest/gtest.h>

namespace spotter::render {
namespace {

TEST(FormatTime, ShowsTenthsAndHoursWhenThereAreAny) {
  EXPECT_EQ(FormatTime(FromSeconds(12.46)), "0:12.4");
  EXPECT_EQ(FormatTime(FromSeconds(61)), "1:01.0");
  EXPECT_EQ(FormatTime(FromSeconds(3723.45)), "1:02:03.4");
  EXPECT_EQ(FormatTime(FromSeconds(-5)), "0:00.0");
}

TEST(FormatLength, CountsMinutesOnAndCutsSeconds) {
  EXPECT_EQ(FormatLength(FromSeconds(5.9)), "0:05");
  EXPECT_EQ(FormatLength(FromSeconds(4500)), "75:00");
  EXPECT_EQ(FormatLength(FromSeconds(-0.5)), "0:00");
}

}  // namespace
}  // namespace spotter::render
