// SPDX-License-Identifier: Apache-2.0
// Any bytes as the body of POST /ingest/event: no crash, a refusal is one line, and what was read survives printing and
// reading.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "spotter/base/check.h"
#include "spotter/codec/floor_event_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto read = spotter::codec::FloorEventFromJson(body);
  if (!read.ok()) {
    SPOTTER_CHECK(read.error().message.find_first_of("\r\n") == std::string::npos);
    return 0;
  }
  const std::string printed = spotter::codec::FloorEventToJson(*read);
  SPOTTER_CHECK(printed.find('\n') == std::string::npos);
  const auto again = spotter::codec::FloorEventFromJson(printed);
  SPOTTER_CHECK(again.ok());
  SPOTTER_CHECK(*again == *read);
  const spotter::StoredEvent stored{.seq = 1, .record = *read, .enrichment = {}};
  SPOTTER_CHECK(!spotter::codec::StoredFloorEventToJson(stored).empty());
  SPOTTER_CHECK(!spotter::codec::StoredEventToJson(stored).empty());
  return 0;
}
