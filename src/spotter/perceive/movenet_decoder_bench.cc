// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <benchmark/benchmark.h>

#include "spotter/perceive/duplicates.h"
#include "spotter/perceive/movenet_decoder.h"
#include "spotter/perceive/testing/stub_request.h"

namespace spotter::perceive {
namespace {

// Heads of a 256 x 448 input with this many people in a row and weak noise everywhere.
testing::StubRequest Crowd(int people) {
  constexpr int kRows = 64;
  constexpr int kCols = 112;
  constexpr int kJoints = 17;
  std::mt19937 random(1);
  std::normal_distribution<float> noise(-6, 1);
  std::vector<float> center(static_cast<std::size_t>(kRows) * kCols);
  std::vector<float> heatmap(center.size() * kJoints);
  std::vector<float> regress(center.size() * 2 * kJoints, 0);
  for (float& value : center) value = noise(random);
  for (float& value : heatmap) value = noise(random);
  for (int p = 0; p < people; ++p) {
    const int cell = 32 * kCols + 3 + p * (kCols - 6) / people;
    center[cell] = 3;
    for (int j = 0; j < kJoints; ++j) {
      const int dy = j - 8;
      regress[static_cast<std::size_t>(cell) * 2 * kJoints + 2 * j] = static_cast<float>(dy);
      heatmap[static_cast<std::size_t>(cell + (dy + 1) * kCols) * kJoints + j] = 1;
    }
  }
  const std::vector<float> flat(center.size() * 2, 4);
  return testing::StubRequest({{{1, kRows, kCols, 1}, center},
                               {{1, kRows, kCols, kJoints}, heatmap},
                               {{1, kRows, kCols, 2 * kJoints}, std::vector<float>(center.size() * 2 * kJoints)},
                               {{1, kRows, kCols, 2 * kJoints}, regress},
                               {{1, kRows, kCols, 2}, flat},
                               {{1, kRows, kCols, 2}, flat}});
}

void Decode(benchmark::State& state) {
  const testing::StubRequest request = Crowd(static_cast<int>(state.range(0)));
  const infer::ModelInfo info{256,
                              448,
                              {{{"center"}, {}},
                               {{"kpt_heatmap"}, {}},
                               {{"kpt_offset"}, {}},
                               {{"kpt_regress"}, {}},
                               {{"box_scale"}, {}},
                               {{"box_offset"}, {}}}};
  const auto decoder = MoveNetDecoder::Recognise(info, {});
  for (auto _ : state) {
    std::vector<Detection> people = decoder->Decode(request);
    RemoveDuplicates({}, people);
    benchmark::DoNotOptimize(people.data());
  }
}
BENCHMARK(Decode)->Arg(0)->Arg(1)->Arg(3)->Arg(20)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace spotter::perceive
