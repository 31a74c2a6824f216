// SPDX-License-Identifier: Apache-2.0
// Any bytes as a line of a recording: no crash, a refusal is one line, and what was read, mended or not, survives
// printing and reading.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "spotter/base/check.h"
#include "spotter/codec/perception_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto whole = spotter::codec::PerceptionFromJson(line);
  const auto mended = spotter::codec::ReadRecordingLine(line);
  SPOTTER_CHECK(!whole.ok() || (mended.ok() && mended->perception == *whole));
  if (!mended.ok()) {
    SPOTTER_CHECK(whole.error().message.find_first_of("\r\n") == std::string::npos);
    SPOTTER_CHECK(mended.error().message.find_first_of("\r\n") == std::string::npos);
    return 0;
  }
  const spotter::Perception& read = mended->perception;
  const std::string printed = spotter::codec::PerceptionToJson(read);
  SPOTTER_CHECK(printed.find('\n') == std::string::npos);
  const auto again = spotter::codec::PerceptionFromJson(printed);
  SPOTTER_CHECK(again.ok());
  SPOTTER_CHECK(*again == read);
  SPOTTER_CHECK(spotter::codec::PerceptionToJson(*again) == printed);
  return 0;
}
