// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>

#include "spotter/track/tracker.h"

namespace spotter::track {
namespace {

// People who sway about their places, a few of them hidden at a time; with poses and clothes.
std::vector<Detection> Scene(int people, int frame) {
  std::vector<Detection> detections;
  for (int i = 0; i < people; ++i) {
    if ((frame / 15 + i) % 9 == 0) continue;
    const auto x = static_cast<float>((i % 10) * 0.1 + 0.05 + 0.04 * std::sin(0.1 * frame + i));
    const auto y = static_cast<float>(0.1 + 0.08 * (i / 10) + 0.01 * std::cos(0.13 * frame + i));
    Detection detection;
    detection.confidence = 0.9F;
    detection.box = {x - 0.03F, y, x + 0.03F, y + 0.25F};
    for (std::size_t j = 0; j < kKeypointCount; ++j) {
      detection.pose.keypoints[j] = {x + (j % 2 == 0 ? -0.01F : 0.01F), y + 0.014F * static_cast<float>(j), 0.8F};
    }
    Appearance::Histogram clothes{};
    clothes[static_cast<std::size_t>(i) % clothes.size()] = 1;
    detection.appearance = {.upper = clothes, .lower = clothes};
    detections.push_back(detection);
  }
  return detections;
}

void TrackPeople(benchmark::State& state) {
  std::vector<std::vector<Detection>> film;
  for (int frame = 0; frame < 300; ++frame) film.push_back(Scene(static_cast<int>(state.range(0)), frame));
  Tracker tracker;
  std::int64_t frame = 0;
  for (auto _ : state) {
    const auto& detections = film[static_cast<std::size_t>(frame) % film.size()];
    benchmark::DoNotOptimize(tracker.Update(FromSeconds(static_cast<double>(frame++) / 15), 16.0F / 9, detections));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(TrackPeople)->Arg(1)->Arg(5)->Arg(20)->Arg(80)->Arg(300);

}  // namespace
}  // namespace spotter::track
