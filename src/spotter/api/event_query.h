// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spotter/base/result.h"
#include "spotter/net/uri.h"
#include "spotter/store/event_repository.h"

namespace spotter::api {

inline constexpr int kDefaultLimit = 200;
inline constexpr int kMaxLimit = 10'000;  // who asks for more gets so many and a cursor

// The parameters of GET /events: event_type, camera_id, zone_id, start_ts, end_ts, limit, cursor. Empty ones are
// ignored. kInvalidArgument names the one that is wrong.
Result<store::EventQuery> ReadEventQuery(const net::RequestTarget& target);

// Where the page that ended with this event goes on, and that as a text that clients hand back unread.
store::EventCursor CursorBehind(const StoredEvent& last);
std::string CursorText(const store::EventCursor& cursor);

// A whole number from `low` to `high`, or `absent` when the parameter is empty.
struct IntegerRange {
  std::int64_t low;
  std::int64_t high;
  std::int64_t absent;
};
Result<std::int64_t> ReadInteger(const net::RequestTarget& target, std::string_view name, const IntegerRange& range);

}  // namespace spotter::api
