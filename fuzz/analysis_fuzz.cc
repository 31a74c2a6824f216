// SPDX-License-Identifier: Apache-2.0
// Any bytes as a recording of people (RoughStream): what the analysis makes of it can be true (CheckedAnalysis).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "checked_analysis.h"
#include "rough_stream.h"
#include "spotter/base/check.h"
#include "spotter/config/exercise_library.h"

namespace {
constexpr std::size_t kMostBytes = 160;  // some minutes of people; more says nothing new and takes long
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto kLibrary = spotter::config::LoadExerciseLibrary(SPOTTER_SOURCE_DIR "/configs/exercises");
  SPOTTER_CHECK(kLibrary.ok());
  spotter::testing::CheckedAnalysis analysis(*kLibrary);
  spotter::testing::RoughStream stream(std::span(data, std::min(size, kMostBytes)),
                                       spotter::testing::RoughStream::Faults::kAll);
  while (std::optional<spotter::Perception> perception = stream.Next()) analysis.See(std::move(*perception));
  analysis.Finish();
  return 0;
}
