// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <vector>

#include <benchmark/benchmark.h>

#include "spotter/perceive/crop.h"

namespace spotter::perceive {
namespace {

// A frame full of structure, without a decoder.
class TestFrame {
 public:
  explicit TestFrame(Size size) {
    frame_.width = size.width;
    frame_.height = size.height;
    const Size chroma{(size.width + 1) / 2, (size.height + 1) / 2};
    for (std::size_t p = 0; p < 3; ++p) {
      const Size plane = p == 0 ? size : chroma;
      pixels_[p].resize(static_cast<std::size_t>(plane.width) * plane.height);
      for (std::size_t i = 0; i < pixels_[p].size(); ++i) pixels_[p][i] = static_cast<std::uint8_t>(i * 7919 >> 5);
      frame_.planes[p] = {pixels_[p].data(), plane.width};
    }
  }
  const Frame& get() const { return frame_; }

 private:
  std::array<std::vector<std::uint8_t>, 3> pixels_;
  Frame frame_;
};

// One person of this radius (pixels) in a full HD frame.
void CropFullHd(benchmark::State& state) {
  const TestFrame frame({1920, 1080});
  std::vector<std::uint8_t> rgb(256 * 256 * 3);
  for (auto _ : state) {
    FramePyramid pyramid(frame.get());
    FillCrop(pyramid, {{960, 540}, static_cast<float>(state.range(0)), 0.1F}, 256, rgb);
  }
}
BENCHMARK(CropFullHd)->Arg(150)->Arg(300)->Arg(540)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace spotter::perceive
