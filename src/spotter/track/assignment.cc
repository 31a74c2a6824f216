// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/assignment.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace spotter::track {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Minimal-cost assignment of every row to a column of its own; rows <= columns, costs >= 0.
class ShortestAugmentingPaths {
 public:
  explicit ShortestAugmentingPaths(const PairTable& costs)
      : costs_(costs),
        row_dual_(costs.rows(), 0.0),
        column_dual_(costs.columns(), 0.0),
        row_of_column_(costs.columns(), kNone) {}

  std::vector<std::size_t> Solve() {
    for (std::size_t row = 0; row < costs_.rows(); ++row) Augment(row);
    return row_of_column_;
  }

 private:
  void Augment(std::size_t start_row) {
    distance_.assign(costs_.columns(), kInfinity);
    previous_column_.assign(costs_.columns(), kNone);
    done_.assign(costs_.columns(), false);
    std::size_t row = start_row;
    std::size_t column = kNone;  // the column through which `row` was reached
    double reached = 0;
    while (true) {
      column = NearestColumn(row, column, reached);
      reached = distance_[column];
      done_[column] = true;
      if (row_of_column_[column] == kNone) break;
      row = row_of_column_[column];
    }
    UpdateDuals(start_row, reached);
    Flip(start_row, column);
  }

  // Relaxes the edges of `row` and returns the nearest column that is not done yet.
  std::size_t NearestColumn(std::size_t row, std::size_t from_column, double reached) {
    std::size_t nearest = kNone;
    for (std::size_t j = 0; j < costs_.columns(); ++j) {
      if (done_[j]) continue;
      const double through_row = reached + costs_(row, j) - row_dual_[row] - column_dual_[j];
      if (through_row < distance_[j]) {
        distance_[j] = through_row;
        previous_column_[j] = from_column;
      }
      if (nearest == kNone || distance_[j] < distance_[nearest]) nearest = j;
    }
    return nearest;
  }

  void UpdateDuals(std::size_t start_row, double reached) {
    row_dual_[start_row] += reached;
    for (std::size_t j = 0; j < costs_.columns(); ++j) {
      if (!done_[j]) continue;
      column_dual_[j] -= reached - distance_[j];
      if (row_of_column_[j] != kNone) row_dual_[row_of_column_[j]] += reached - distance_[j];
    }
  }

  void Flip(std::size_t start_row, std::size_t column) {
    while (previous_column_[column] != kNone) {
      row_of_column_[column] = row_of_column_[previous_column_[column]];
      column = previous_column_[column];
    }
    row_of_column_[column] = start_row;
  }

  const PairTable& costs_;
  std::vector<double> row_dual_;
  std::vector<double> column_dual_;
  std::vector<std::size_t> row_of_column_;
  std::vector<double> distance_;
  std::vector<std::size_t> previous_column_;
  std::vector<bool> done_;
};

}  // namespace

std::vector<int> BestAssignment(const PairTable& gains) {
  const bool transposed = gains.rows() > gains.columns();
  const std::size_t rows = std::min(gains.rows(), gains.columns());
  const std::size_t columns = std::max(gains.rows(), gains.columns());
  const auto gain = [&](std::size_t i, std::size_t j) { return transposed ? gains(j, i) : gains(i, j); };
  double best = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) best = std::max(best, gain(i, j));
  }
  PairTable costs(rows, columns);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) costs(i, j) = best - std::max(0.0, gain(i, j));
  }
  std::vector<int> column_of_row(gains.rows(), kUnassigned);
  const std::vector<std::size_t> row_of_column = ShortestAugmentingPaths(costs).Solve();
  for (std::size_t j = 0; j < columns; ++j) {
    const std::size_t i = row_of_column[j];
    if (i == kNone || gain(i, j) <= 0) continue;
    column_of_row[transposed ? j : i] = static_cast<int>(transposed ? i : j);
  }
  return column_of_row;
}

}  // namespace spotter::track
