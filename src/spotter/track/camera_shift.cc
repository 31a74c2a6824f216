// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/camera_shift.h"

#include <algorithm>
#include <vector>

namespace spotter::track {
namespace {

struct Vote {
  std::size_t person = 0;  // index of the expected box
  Point offset;
  float size = 0;
};

// In the order of `expected`.
std::vector<Vote> CollectVotes(std::span<const Box> expected,
                               std::span<const Box> observed,
                               const CameraShiftOptions& options) {
  std::vector<Vote> votes;
  const auto ratio = static_cast<float>(options.height_tolerance);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const float size = std::max(expected[i].width(), expected[i].height());
    for (const Box& box : observed) {
      if (box.height() > ratio * expected[i].height() || expected[i].height() > ratio * box.height()) continue;
      const Point offset = box.center() - expected[i].center();
      if (Norm(offset) <= options.reach * size) votes.push_back({i, offset, size});
    }
  }
  return votes;
}

struct Agreement {
  std::size_t people = 0;
  std::size_t votes = 0;
  Point sum;
};

Agreement WithVote(const Vote& leader, std::span<const Vote> votes, double tolerance) {
  Agreement agreement;
  const Vote* previous = nullptr;
  for (const Vote& vote : votes) {
    if (Distance(leader.offset, vote.offset) > tolerance * std::min(leader.size, vote.size)) continue;
    if (previous == nullptr || previous->person != vote.person) ++agreement.people;
    ++agreement.votes;
    agreement.sum = agreement.sum + vote.offset;
    previous = &vote;
  }
  return agreement;
}

}  // namespace

Point CommonShift(std::span<const Box> expected, std::span<const Box> observed, const CameraShiftOptions& options) {
  if (expected.size() < options.fewest_people) return {};
  const std::vector<Vote> votes = CollectVotes(expected, observed, options);
  Agreement best;
  for (const Vote& leader : votes) {
    const Agreement agreement = WithVote(leader, votes, options.tolerance);
    if (agreement.people > best.people) best = agreement;
  }
  const double needed = options.least_share * static_cast<double>(expected.size());
  if (best.people == 0 || static_cast<double>(best.people) < needed) return {};
  return (1.0F / static_cast<float>(best.votes)) * best.sum;
}

}  // namespace spotter::track
