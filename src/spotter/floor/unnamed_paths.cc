// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/unnamed_paths.h"

namespace spotter::floor {
namespace {

constexpr std::chrono::microseconds kLongestDoubt{5'000'000};

}  // namespace

void UnnamedPaths::Add(const CameraId& camera, TrackId track, Step step) {
  ForgetBefore(step.at - kLongestDoubt);
  paths_[{camera, track}].push_back(step);
}

UnnamedPaths::Path UnnamedPaths::Take(const CameraId& camera, TrackId track, Pts now) {
  ForgetBefore(now - kLongestDoubt);
  const auto node = paths_.extract({camera, track});
  return node.empty() ? Path() : node.mapped();
}

void UnnamedPaths::ForgetBefore(Pts time) {
  for (auto& [track, path] : paths_) {
    while (!path.empty() && path.front().at < time) path.pop_front();
  }
  std::erase_if(paths_, [](const auto& entry) { return entry.second.empty(); });
}

}  // namespace spotter::floor
