// SPDX-License-Identifier: Apache-2.0
// Any bytes as a line of a recording: no crash, a refusal is one line, and what was read survives printing and reading.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "spotter/base/check.h"
#include "spotter/codec/perception_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto read = spotter::codec::PerceptionFromJson(line);
  if (!read.ok()) {
    SPOTTER_CHECK(read.error().message.find_first_of("\r\n") == std::string::npos);
    return 0;
  }
  const std::string printed = spotter::codec::PerceptionToJson(*read);
  SPOTTER_CHECK(printed.find('\n') == std::string::npos);
  const auto again = spotter::codec::PerceptionFromJson(printed);
  SPOTTER_CHECK(again.ok());
  SPOTTER_CHECK(*again == *read);
  SPOTTER_CHECK(spotter::codec::PerceptionToJson(*again) == printed);
  return 0;
}
