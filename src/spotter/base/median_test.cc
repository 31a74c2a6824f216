// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/median.h"

#include <string>

#include <gtest/gtest.h>

namespace spotter {
namespace {

TEST(MedianTest, IsTheMiddleOneInOrder) {
  EXPECT_EQ(Median(std::vector{3, 1, 2}), 2);
  EXPECT_EQ(Median(std::vector{7.5}), 7.5);
}

TEST(MedianTest, OfAnEvenNumberTheUpperOneThatOccurred) { EXPECT_EQ(Median(std::vector{4, 1, 9, 2}), 4); }

TEST(MedianTest, OfWhatAMemberOrAFunctionSays) {
  struct Lap {
    int number;
    double length_m;
  };
  const std::vector<Lap> laps = {{1, 30}, {2, 10}, {3, 20}};
  EXPECT_EQ(MedianOf(laps, &Lap::length_m), 20);
  EXPECT_EQ(MedianOf(std::vector<std::string>{"aaaa", "b", "cc"}, [](const std::string& s) { return s.size(); }), 2U);
}

}  // namespace
}  // namespace spotter
