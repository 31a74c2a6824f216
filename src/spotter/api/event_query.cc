// SPDX-License-Identifier: Apache-2.0
#include "spotter/api/event_query.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "spotter/codec/floor_event_json.h"

namespace spotter::api {
namespace {

template <typename Number, typename... Base>
bool ParseAll(std::string_view text, Number& number, Base... base) {
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number, base...);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

Result<std::optional<double>> ReadTime(const net::RequestTarget& target, std::string_view name) {
  const std::string text = target.Parameter(name);
  if (text.empty()) return std::optional<double>();
  double seconds = 0;
  if (!ParseAll(text, seconds) || !std::isfinite(seconds))
    return MakeError(ErrorCode::kInvalidArgument, "parameter '{}' must be seconds since 1970-01-01 UTC", name);
  return std::optional<double>(seconds);
}

// "<seq>-<bits of ts_utc in hexadecimal>": exact for every time.
Result<std::optional<store::EventCursor>> ReadCursor(const net::RequestTarget& target) {
  const std::string text = target.Parameter("cursor");
  if (text.empty()) return std::optional<store::EventCursor>();
  const std::size_t dash = std::min(text.find('-'), text.size() - 1);
  store::EventCursor cursor;
  std::uint64_t bits = 0;
  if (!ParseAll(std::string_view(text).substr(0, dash), cursor.seq) ||
      !ParseAll(std::string_view(text).substr(dash + 1), bits, 16)) {
    return MakeError(ErrorCode::kInvalidArgument, "parameter 'cursor' is none that this server gave");
  }
  cursor.ts_utc = std::bit_cast<double>(bits);
  return std::optional<store::EventCursor>(cursor);
}

}  // namespace

Result<std::int64_t> ReadInteger(const net::RequestTarget& target, std::string_view name, const IntegerRange& range) {
  const std::string text = target.Parameter(name);
  if (text.empty()) return range.absent;
  std::int64_t number = 0;
  if (!ParseAll(text, number) || number < range.low || number > range.high)
    return MakeError(ErrorCode::kInvalidArgument, "parameter '{}' must be a whole number from {} to {}", name,
                     range.low, range.high);
  return number;
}

Result<store::EventQuery> ReadEventQuery(const net::RequestTarget& target) {
  const Result<std::optional<double>> start = ReadTime(target, "start_ts");
  if (!start.ok()) return start.error();
  const Result<std::optional<double>> end = ReadTime(target, "end_ts");
  if (!end.ok()) return end.error();
  const Result<std::int64_t> limit =
      ReadInteger(target, "limit", {.low = 1, .high = INT64_MAX, .absent = kDefaultLimit});
  if (!limit.ok()) return limit.error();
  const Result<std::optional<store::EventCursor>> cursor = ReadCursor(target);
  if (!cursor.ok()) return cursor.error();
  return store::EventQuery{.type = codec::TypeFromFloorName(target.Parameter("event_type")),
                           .camera_id = target.Parameter("camera_id"),
                           .zone_id = target.Parameter("zone_id"),
                           .start_ts = *start,
                           .end_ts = *end,
                           .after = *cursor,
                           .limit = static_cast<int>(std::min<std::int64_t>(*limit, kMaxLimit))};
}

store::EventCursor CursorBehind(const StoredEvent& last) { return {.ts_utc = last.record.ts_utc, .seq = last.seq}; }

std::string CursorText(const store::EventCursor& cursor) {
  return fmt::format("{}-{:x}", cursor.seq, std::bit_cast<std::uint64_t>(cursor.ts_utc));
}

}  // namespace spotter::api
