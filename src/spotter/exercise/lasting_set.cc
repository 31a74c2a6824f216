// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/lasting_set.h"

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kProgressInterval{10'000'000};

}  // namespace

void LastingSet::Announce(std::vector<Finding>& findings) {
  if (announced_ || ToSeconds(last_ - start_) < exercise_->min_hold_s) return;
  announced_ = true;
  findings.push_back({start_, SetStarted{exercise_->id}});
}

std::optional<std::chrono::microseconds> LastingSet::NextToTell() {
  if (!announced_ || last_ - start_ < told_ + kProgressInterval) return std::nullopt;
  return told_ += kProgressInterval;
}

Set LastingSet::Result() const { return {.exercise = exercise_->id, .confidence = 1, .start = start_, .end = last_}; }

SetInProgress LastingSet::Progress() const { return {.exercise = exercise_->id, .confidence = 1, .start = start_}; }

}  // namespace spotter::exercise
