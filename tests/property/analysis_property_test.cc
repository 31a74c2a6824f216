// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <gtest/gtest.h>

#include "checked_analysis.h"
#include "rough_stream.h"
#include "spotter/config/exercise_library.h"

namespace spotter::testing {
namespace {

class AnalysisProperty : public ::testing::TestWithParam<unsigned> {
 protected:
  static std::vector<std::uint8_t> RandomBytes(unsigned seed, std::size_t count) {
    std::mt19937 random(seed);
    std::vector<std::uint8_t> bytes(count);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    return bytes;
  }
  // Feeds a stream made from `bytes`; returns how many repetitions are counted.
  static int CountReps(const std::vector<std::uint8_t>& bytes, RoughStream::Faults faults) {
    CheckedAnalysis analysis(*Shipped());
    RoughStream stream(bytes, faults);
    while (std::optional<Perception> perception = stream.Next()) analysis.See(std::move(*perception));
    analysis.Finish();
    return analysis.reps();
  }

  static const Result<exercise::ExerciseLibrary>& Shipped() {
    static const auto kShipped = config::LoadExerciseLibrary(std::string(SPOTTER_SOURCE_DIR) + "/configs/exercises");
    return kShipped;
  }
};

// CheckedAnalysis aborts where something cannot be true.
TEST_P(AnalysisProperty, WhateverItIsFedWhatComesOutCanBeTrue) {
  ASSERT_TRUE(Shipped().ok()) << Shipped().error().message;
  CountReps(RandomBytes(GetParam(), 160), RoughStream::Faults::kAll);
}

TEST_P(AnalysisProperty, BadInputCountsNothingForWhoStands) {
  ASSERT_TRUE(Shipped().ok()) << Shipped().error().message;
  EXPECT_EQ(CountReps(RandomBytes(GetParam(), 160), RoughStream::Faults::kInput), 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnalysisProperty, ::testing::Range(1U, 61U));

}  // namespace
}  // namespace spotter::testing
