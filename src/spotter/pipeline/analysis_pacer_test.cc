// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/analysis_pacer.h"

#include <gtest/gtest.h>

namespace spotter::pipeline {
namespace {

using namespace std::chrono_literals;

struct Case {
  double source_fps;
  double rate_hz;
  int frames;  // of three seconds, analysed
};

class Pace : public ::testing::TestWithParam<Case> {};

TEST_P(Pace, IsTheFewestFramesThatMakeTheRate) {
  AnalysisPacer pacer(GetParam().rate_hz);
  int due = 0;
  for (int i = 0; i < static_cast<int>(3 * GetParam().source_fps); ++i) {
    const auto pts = std::chrono::milliseconds(std::lround(1000 * i / GetParam().source_fps));  // as containers round
    due += pacer.IsDue(pts) ? 1 : 0;
  }
  EXPECT_EQ(due, GetParam().frames);
}

INSTANTIATE_TEST_SUITE_P(Rates,
                         Pace,
                         ::testing::Values(Case{60, 10, 30},
                                           Case{30, 10, 30},
                                           Case{29.97, 10, 30},
                                           Case{25, 10, 38},
                                           Case{24, 10, 36},
                                           Case{15, 10, 45},
                                           Case{10, 10, 30},
                                           Case{8, 10, 24},
                                           Case{30, 15, 45},
                                           Case{30, 30, 90},
                                           Case{30, 60, 90}));

TEST(AnalysisPacer, AFrameAfterAGapIsDue) {
  AnalysisPacer pacer(10);
  EXPECT_TRUE(pacer.IsDue(0ms));
  EXPECT_FALSE(pacer.IsDue(33ms));
  EXPECT_TRUE(pacer.IsDue(700ms));
}

TEST(AnalysisPacer, TimeThatRunsBackStartsAnew) {
  AnalysisPacer pacer(10);
  EXPECT_TRUE(pacer.IsDue(10s));
  EXPECT_TRUE(pacer.IsDue(0s));
  EXPECT_FALSE(pacer.IsDue(33ms));
}

}  // namespace
}  // namespace spotter::pipeline
