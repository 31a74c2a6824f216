// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "spotter/net/http_client.h"
#include "spotter/store/outbox.h"

namespace spotter::notify {

struct OutboxRelayOptions {
  int tries = 4;                                   // before an entry goes back to waiting
  std::chrono::milliseconds first_wait{500};       // between the first two tries, doubled each time
  std::chrono::milliseconds longest_wait{60'000};  // the most that a receiver's Retry-After is heeded
  int page = 100;                                  // entries that are marked as delivered together
};

// Delivers the outbox to a server that speaks POST /ingest/event, in order within each zone: an entry that does not get
// through holds back those of its zone behind it, and nobody else's. One relay at a time has an outbox. The receiver
// knows an event by its id, so that a second delivery after a crash does no harm. One thread.
class OutboxRelay {
 public:
  using Post = std::function<Result<net::HttpReply>(const std::string& body)>;
  // Waits; false = stop now.
  using Wait = std::function<bool(std::chrono::milliseconds)>;

  // `outbox` outlives it.
  OutboxRelay(store::Outbox& outbox, Post post, Wait wait, OutboxRelayOptions options = {});

  enum class Outcome {
    kEmpty,    // nothing waits any more
    kHeld,     // some entries stay: the receiver failed on them
    kAway,     // the receiver cannot be reached, or is set up wrongly: everything stays
    kStopped,  // Wait said so
    kTaken,    // another relay delivers from this outbox
  };
  // One round over everything that waits. Errors: those of the store.
  Result<Outcome> DeliverWaiting();

  std::int64_t delivered() const { return delivered_; }
  const std::string& last_failure() const { return last_failure_; }

 private:
  enum class Verdict { kDelivered, kRefused, kFailed, kAway, kStopped };
  Verdict Deliver(const store::OutboxEntry& entry);
  Verdict TryOnce(const std::string& event_id, const std::string& body, std::chrono::milliseconds& wait);
  Result<Outcome> DeliverPage(const std::vector<store::OutboxEntry>& page, std::set<std::string>& held);
  Result<void> Settle(const store::OutboxEntry& entry, Verdict verdict);

  store::Outbox& outbox_;
  const Post post_;
  const Wait wait_;
  const OutboxRelayOptions options_;
  std::int64_t delivered_ = 0;
  std::string last_failure_;
};

}  // namespace spotter::notify
