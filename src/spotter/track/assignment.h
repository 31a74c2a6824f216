// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace spotter::track {

// A dense table of pair values, row by row.
class PairTable {
 public:
  PairTable(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns), values_(rows * columns, 0.0) {}

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  double& operator()(std::size_t row, std::size_t column) { return values_[row * columns_ + column]; }
  double operator()(std::size_t row, std::size_t column) const { return values_[row * columns_ + column]; }

 private:
  std::size_t rows_;
  std::size_t columns_;
  std::vector<double> values_;
};

inline constexpr int kUnassigned = -1;

// Pairs rows with columns, one to one, so that the sum of the pairs' gains is greatest. A pair with a gain of 0 or less
// is never made: that is how a gate is expressed. Returns the column of each row or kUnassigned; ties go to the lower
// index, so the answer is deterministic. Shortest augmenting paths with dual variables: Jonker, Volgenant: "A shortest
// augmenting path algorithm for dense and sparse linear assignment problems", Computing 38, 1987; O(rows^2 * columns).
std::vector<int> BestAssignment(const PairTable& gains);

}  // namespace spotter::track
