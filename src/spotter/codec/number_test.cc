// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/number.h"

#include <string>

#include <gtest/gtest.h>

namespace spotter::codec {
namespace {

std::string Number(double value, int decimals) {
  std::string text = "x";
  AppendNumber(text, value, decimals);
  return text.substr(1);
}

std::string Seconds(std::int64_t microseconds) {
  std::string text = "x";
  AppendSeconds(text, std::chrono::microseconds(microseconds));
  return text.substr(1);
}

TEST(AppendNumber, PrintsNoTrailingZerosAndNoNegativeZero) {
  EXPECT_EQ(Number(0.5, 5), "0.5");
  EXPECT_EQ(Number(12, 5), "12");
  EXPECT_EQ(Number(120, 0), "120");
  EXPECT_EQ(Number(-3.25, 2), "-3.25");
  EXPECT_EQ(Number(0.000004, 5), "0");
  EXPECT_EQ(Number(-0.000004, 5), "0");
  EXPECT_EQ(Number(-0.0, 3), "0");
  EXPECT_EQ(Number(0.99999999, 3), "1");
  EXPECT_EQ(Number(-100.0000001, 3), "-100");
}

TEST(AppendSeconds, IsExactToTheMicrosecond) {
  EXPECT_EQ(Seconds(0), "0");
  EXPECT_EQ(Seconds(1'000'000), "1");
  EXPECT_EQ(Seconds(12'466'667), "12.466667");
  EXPECT_EQ(Seconds(10), "0.00001");
  EXPECT_EQ(Seconds(1'500'000), "1.5");
  EXPECT_EQ(Seconds(-1), "-0.000001");
  EXPECT_EQ(Seconds(-2'500'000), "-2.5");
  EXPECT_EQ(Seconds(1'000'000'000'000'001), "1000000000.000001");
}

}  // namespace
}  // namespace spotter::codec
