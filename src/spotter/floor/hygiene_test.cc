// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/hygiene.h"

#include <vector>

#include <gtest/gtest.h>

namespace spotter::floor {
namespace {

constexpr UtcTime kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + std::chrono::hours{10};

CleaningOutcome DaysAgo(int days, CleaningVerdict verdict, double confidence = 1) {
  return {.closed_at = kNow - std::chrono::days{days}, .verdict = verdict, .confidence = confidence};
}

TEST(HygieneScore, NothingKnownIsNoScore) {
  EXPECT_FALSE(HygieneScore({}, kNow).has_value());
  EXPECT_FALSE(HygieneScore(std::vector{DaysAgo(0, CleaningVerdict::kUnknown)}, kNow).has_value());
}

TEST(HygieneScore, IsTheShareOfCleanedUses) {
  using enum CleaningVerdict;
  EXPECT_NEAR(*HygieneScore(std::vector{DaysAgo(0, kCleaned), DaysAgo(0, kNotCleaned)}, kNow), 50, 1e-9);
  EXPECT_NEAR(*HygieneScore(std::vector{DaysAgo(0, kCleaned), DaysAgo(0, kUnknown)}, kNow), 100, 1e-9);
}

TEST(HygieneScore, AWeekHalvesTheWeight) {
  using enum CleaningVerdict;
  EXPECT_NEAR(*HygieneScore(std::vector{DaysAgo(0, kCleaned), DaysAgo(7, kNotCleaned)}, kNow), 100 * 2.0 / 3, 1e-9);
}

TEST(HygieneScore, ConfidenceIsWeightAndTheFutureIsNone) {
  using enum CleaningVerdict;
  EXPECT_NEAR(*HygieneScore(std::vector{DaysAgo(0, kCleaned, 0.9), DaysAgo(0, kNotCleaned, 0.1)}, kNow), 90, 1e-9);
  EXPECT_NEAR(*HygieneScore(std::vector{DaysAgo(1, kCleaned), DaysAgo(-1, kNotCleaned)}, kNow), 100, 1e-9);
}

}  // namespace
}  // namespace spotter::floor
