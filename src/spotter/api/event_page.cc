// SPDX-License-Identifier: Apache-2.0
#include "spotter/api/event_page.h"

#include <algorithm>
#include <utility>

namespace spotter::api {
namespace {

constexpr int kEventsAtOnce = 64;  // read from the store; at 1 MiB each they are the most that lies beside the page

}  // namespace

Result<EventPage> ReadEventPage(const EventReader& read, int limit) {
  EventPage page;
  std::size_t bytes = 0;
  for (;;) {
    const int wanted = std::min(kEventsAtOnce, limit - static_cast<int>(page.events.size()));
    Result<std::vector<StoredEvent>> events = read(page.events.empty() ? nullptr : &page.events.back(), wanted);
    if (!events.ok()) return events.error();
    for (StoredEvent& event : *events) {
      bytes += event.record.data.size();
      page.events.push_back(std::move(event));
      page.is_cut = bytes >= kMaxPageBytes || std::ssize(page.events) == limit;
      if (page.is_cut) return page;
    }
    if (std::ssize(*events) < wanted) return page;
  }
}

}  // namespace spotter::api
