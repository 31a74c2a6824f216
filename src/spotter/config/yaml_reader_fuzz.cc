// SPDX-License-Identifier: Apache-2.0
// Any bytes as a configuration and as an exercise: no crash, no hang, and every refusal is one line that begins with
// the file's name.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "spotter/base/check.h"
#include "spotter/config/exercise_library.h"
#include "spotter/config/spotter_config.h"

namespace {

template <typename T>
void CheckRefusal(const spotter::Result<T>& result) {
  if (result.ok()) return;
  const std::string& message = result.error().message;
  SPOTTER_CHECK(message.starts_with("fuzz.yaml:"));
  SPOTTER_CHECK(message.find_first_of("\r\n") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckRefusal(spotter::config::ParseSpotterConfig(text, "fuzz.yaml"));
  CheckRefusal(spotter::config::ParseExercise(text, "fuzz.yaml"));
  return 0;
}
