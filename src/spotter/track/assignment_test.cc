// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/assignment.h"

#include <algorithm>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace spotter::track {
namespace {

double GainOf(const PairTable& gains, const std::vector<int>& column_of_row) {
  double sum = 0;
  for (std::size_t i = 0; i < column_of_row.size(); ++i) {
    if (column_of_row[i] != kUnassigned) sum += gains(i, static_cast<std::size_t>(column_of_row[i]));
  }
  return sum;
}

// The best sum over all one-to-one pairings, by trying every order of the columns. REQUIRES: rows <= columns
double BestByTrying(const PairTable& gains) {
  std::vector<std::size_t> order(gains.columns());
  std::iota(order.begin(), order.end(), 0U);
  double best = 0;
  do {
    double sum = 0;
    for (std::size_t i = 0; i < gains.rows(); ++i) sum += std::max(0.0, gains(i, order[i]));
    best = std::max(best, sum);
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

TEST(BestAssignment, AgreesWithTryingEverything) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> gain(-0.5, 1.0);
  for (std::size_t rows = 1; rows <= 5; ++rows) {
    for (std::size_t columns = rows; columns <= 6; ++columns) {
      PairTable gains(rows, columns);
      PairTable transposed(columns, rows);
      for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < columns; ++j) transposed(j, i) = gains(i, j) = gain(random);
      }
      const double best = BestByTrying(gains);
      EXPECT_NEAR(GainOf(gains, BestAssignment(gains)), best, 1e-9) << rows << "x" << columns;
      EXPECT_NEAR(GainOf(transposed, BestAssignment(transposed)), best, 1e-9) << columns << "x" << rows;
    }
  }
}

TEST(BestAssignment, NeverPairsWithoutGain) {
  PairTable gains(2, 2);
  gains(0, 0) = 0.4;
  gains(0, 1) = -1;
  EXPECT_EQ(BestAssignment(gains), (std::vector<int>{0, kUnassigned}));
}

TEST(BestAssignment, PrefersTheBetterSumToTheBestPair) {
  PairTable gains(2, 2);
  gains(0, 0) = 1.0;
  gains(0, 1) = 0.9;
  gains(1, 0) = 0.8;
  EXPECT_EQ(BestAssignment(gains), (std::vector<int>{1, 0}));
}

TEST(BestAssignment, TakesEmptyTables) {
  EXPECT_TRUE(BestAssignment(PairTable(0, 3)).empty());
  EXPECT_EQ(BestAssignment(PairTable(2, 0)), (std::vector<int>{kUnassigned, kUnassigned}));
}

}  // namespace
}  // namespace spotter::track
