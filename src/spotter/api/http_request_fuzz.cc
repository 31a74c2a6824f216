// SPDX-License-Identifier: Apache-2.0
// Any bytes as the target and the Range header of a request: no crash, ranges stay within the file, and what was
// decoded comes back when it is encoded again. The first line is the target, the rest the header.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "spotter/api/byte_range.h"
#include "spotter/api/event_query.h"
#include "spotter/base/check.h"
#include "spotter/net/uri.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint64_t kFileBytes = 1'000;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(text.find('\n'), text.size());
  const auto range = spotter::api::ParseRange(text.substr(std::min(line + 1, text.size())), kFileBytes);
  if (range.kind == spotter::api::ByteRange::Kind::kPart)
    SPOTTER_CHECK(range.length > 0 && range.offset < kFileBytes && range.length <= kFileBytes - range.offset);
  const auto target = spotter::net::ParseTarget(text.substr(0, line));
  if (!target) return 0;
  for (const std::string& segment : target->segments) {
    const auto again = spotter::net::ParseTarget("/" + spotter::net::PercentEncode(segment));
    SPOTTER_CHECK(again && (segment.empty() ? again->segments.empty() : again->segments.front() == segment));
  }
  const auto query = spotter::api::ReadEventQuery(*target);
  SPOTTER_CHECK(!query.ok() || (query->limit >= 1 && query->limit <= spotter::api::kMaxLimit));
  return 0;
}
