// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/quantile.h"

#include <gtest/gtest.h>

namespace spotter {
namespace {

TEST(QuantileTest, IsAValueThatOccurred) {
  const std::vector<int> values = {50, 10, 40, 20, 30};
  EXPECT_EQ(Quantile(values, 0), 10);
  EXPECT_EQ(Quantile(values, 0.8), 40);
  EXPECT_EQ(Quantile(values, 0.99), 40);
  EXPECT_EQ(Quantile(values, 1), 50);
}

TEST(InnerRangeTest, LeavesATenthAtEitherEndOut) {
  std::vector<int> values;
  for (int i = 20; i > 0; --i) values.push_back(i);
  values[7] = 1'000;  // in place of 13
  const ValueRange<int> range = InnerRange(values);
  EXPECT_EQ(range.low, 3);
  EXPECT_EQ(range.high, 19);
  EXPECT_EQ(range.size(), 16);
  EXPECT_EQ(range.middle(), 11);
}

TEST(InnerRangeTest, OfFewValuesIsAllOfThem) {
  EXPECT_EQ(InnerRange(std::vector{2.0, -1.0, 5.0}).size(), 6);
  EXPECT_EQ(InnerRange(std::vector{3.0}).low, 3);
  EXPECT_EQ(InnerRange(std::vector<double>{}).size(), 0);
}

TEST(InnerRangeTest, OfWhatAMemberSays) {
  struct Lap {
    int number;
    double length_m;
  };
  EXPECT_EQ(InnerRangeOf(std::vector<Lap>{{1, 30}, {2, 10}, {3, 20}}, &Lap::length_m).high, 30);
}

}  // namespace
}  // namespace spotter
