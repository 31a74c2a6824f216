// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include <benchmark/benchmark.h>

#include "spotter/background/object_watch.h"

namespace spotter::background {
namespace {

// One look, of which a camera takes two a second, at a frame of this width with two people in it.
void LookAtFrame(benchmark::State& state) {
  const int width = static_cast<int>(state.range(0));
  const int height = width * 9 / 16;
  std::vector<std::uint8_t> luma(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (std::size_t i = 0; i < luma.size(); ++i) luma[i] = static_cast<std::uint8_t>(i * 7919 >> 5);
  std::vector<PerceivedPerson> people(2);
  people[0].box = {0.1F, 0.2F, 0.2F, 0.8F};
  people[1].box = {0.6F, 0.3F, 0.7F, 0.9F};
  Frame frame;
  frame.width = width;
  frame.height = height;
  frame.planes[0] = {luma.data(), width};
  ObjectWatch watch;
  for (auto _ : state) {
    frame.pts += std::chrono::milliseconds(500);
    benchmark::DoNotOptimize(watch.Update(frame, people));
  }
}
BENCHMARK(LookAtFrame)->Arg(640)->Arg(1280)->Arg(1920)->Arg(3840)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace spotter::background
