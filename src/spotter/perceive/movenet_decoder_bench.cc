// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <benchmark/benchmark.h>

#include "spotter/perceive/duplicates.h"
#include "spotter/perceive/movenet_decoder.h"
#include "spotter/perceive/testing/movenet_heads.h"

namespace spotter::perceive {
namespace {

// Heads of a 256 x 448 input with this many people in a row and weak noise everywhere.
testing::MoveNetHeads Crowd(int people) {
  constexpr int kRows = 64;
  constexpr int kCols = 112;
  constexpr int kJoints = testing::MoveNetHeads::kJoints;
  testing::MoveNetHeads heads(kRows, kCols);
  std::mt19937 random(1);
  std::normal_distribution<float> noise(-6, 1);
  for (float& value : heads.center) value = noise(random);
  for (float& value : heads.heatmap) value = noise(random);
  for (int p = 0; p < people; ++p) {
    const int cell = heads.Cell(32, 3 + p * (kCols - 6) / people);
    heads.center[cell] = 3;
    for (int j = 0; j < kJoints; ++j) {
      const int dy = j - 8;
      heads.regress[static_cast<std::size_t>(cell) * 2 * kJoints + 2 * j] = static_cast<float>(dy);
      heads.heatmap[static_cast<std::size_t>(cell + (dy + 1) * kCols) * kJoints + j] = 1;
    }
  }
  heads.box_offset = heads.box_scale;
  return heads;
}

void Decode(benchmark::State& state) {
  const testing::StubRequest request = Crowd(static_cast<int>(state.range(0))).Request();
  const auto decoder = MoveNetDecoder::Recognise(testing::MoveNetHeads::Info(256, 448), {});
  for (auto _ : state) {
    std::vector<Detection> people = decoder->Decode(request);
    RemoveDuplicates({}, people);
    benchmark::DoNotOptimize(people.data());
  }
}
BENCHMARK(Decode)->Arg(0)->Arg(1)->Arg(3)->Arg(20)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace spotter::perceive
