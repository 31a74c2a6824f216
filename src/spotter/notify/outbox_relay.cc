// SPDX-License-Identifier: Apache-2.0
#include "spotter/notify/outbox_relay.h"

#include <algorithm>
#include <utility>

#include "spotter/base/log.h"
#include "spotter/codec/floor_event_json.h"

namespace spotter::notify {
namespace {

// Entries of one lane are delivered in order: those of a zone, or of a camera where there is no zone.
std::string LaneOf(const EventRecord& record) {
  return record.zone_id.empty() ? "camera " + record.camera_id : "zone " + record.zone_id;
}

bool IsSuccess(int status) { return status >= 200 && status < 300; }

// Says something about this relay's settings (token, address), not about the event: no event becomes a dead letter.
bool IsSetUpWrongly(int status) {
  return status < 400 || status == 401 || status == 403 || status == 404 || status == 405 || status == 407;
}

// The receiver may think otherwise later.
bool IsPassing(int status) { return status >= 500 || status == 408 || status == 425 || status == 429; }

// One line of a reply for the log and the dead-letter view.
std::string Excerpt(const net::HttpReply& reply) {
  constexpr std::size_t kMaxBytes = 300;
  std::string text = fmt::format("HTTP {}: {}", reply.status, reply.body.substr(0, kMaxBytes));
  std::ranges::replace_if(
      text, [](unsigned char c) { return c < 0x20; }, ' ');
  return text;
}

}  // namespace

OutboxRelay::OutboxRelay(store::Outbox& outbox, Post post, Wait wait, OutboxRelayOptions options)
    : outbox_(outbox), post_(std::move(post)), wait_(std::move(wait)), options_(options) {}

Result<OutboxRelay::Outcome> OutboxRelay::DeliverWaiting() {
  const Result<bool> claimed = outbox_.Claim();
  if (!claimed.ok()) return claimed.error();
  if (!*claimed) return Outcome::kTaken;
  std::set<std::string> held;  // lanes with an entry that did not get through
  std::int64_t last_id = 0;
  while (true) {
    const Result<std::vector<store::OutboxEntry>> page = outbox_.Waiting(last_id, options_.page);
    if (!page.ok()) return page.error();
    if (page->empty()) return held.empty() ? Outcome::kEmpty : Outcome::kHeld;
    last_id = page->back().id;
    Result<Outcome> outcome = DeliverPage(*page, held);
    if (!outcome.ok() || *outcome == Outcome::kAway || *outcome == Outcome::kStopped) return outcome;
  }
}

Result<OutboxRelay::Outcome> OutboxRelay::DeliverPage(const std::vector<store::OutboxEntry>& page,
                                                      std::set<std::string>& held) {
  std::vector<std::int64_t> delivered;
  Outcome outcome = Outcome::kEmpty;
  for (const store::OutboxEntry& entry : page) {
    const std::string lane = LaneOf(entry.event.record);
    if (held.contains(lane)) continue;
    const Verdict verdict = Deliver(entry);
    if (verdict == Verdict::kDelivered) {
      delivered.push_back(entry.id);
      continue;
    }
    if (Result<void> settled = Settle(entry, verdict); !settled.ok()) return settled.error();
    if (verdict == Verdict::kFailed) held.insert(lane);
    if (verdict == Verdict::kAway) outcome = Outcome::kAway;
    if (verdict == Verdict::kStopped) outcome = Outcome::kStopped;
    if (outcome != Outcome::kEmpty) break;
  }
  delivered_ += std::ssize(delivered);
  if (Result<void> marked = outbox_.MarkDelivered(delivered); !marked.ok()) return marked.error();
  return outcome;
}

Result<void> OutboxRelay::Settle(const store::OutboxEntry& entry, Verdict verdict) {
  if (verdict == Verdict::kStopped) return {};
  if (verdict != Verdict::kRefused) return outbox_.MarkFailed(entry.id, last_failure_);
  LogError("the receiver refuses event {}, which becomes a dead letter: {}", entry.event.record.event_id,
           last_failure_);
  return outbox_.MarkDead(entry.id, last_failure_);
}

OutboxRelay::Verdict OutboxRelay::Deliver(const store::OutboxEntry& entry) {
  const std::string body = codec::FloorEventToJson(entry.event.record);
  std::chrono::milliseconds wait = options_.first_wait;
  Verdict verdict = Verdict::kFailed;
  for (int attempt = 1; attempt <= options_.tries; ++attempt) {
    std::chrono::milliseconds asked{0};
    verdict = TryOnce(entry.event.record.event_id, body, asked);
    if (verdict == Verdict::kDelivered || verdict == Verdict::kRefused || attempt == options_.tries) break;
    if (!wait_(std::max(wait, std::min(asked, options_.longest_wait)))) return Verdict::kStopped;
    wait *= 2;
  }
  return verdict;
}

// `wait` becomes what the receiver asks for.
OutboxRelay::Verdict OutboxRelay::TryOnce(const std::string& event_id,
                                          const std::string& body,
                                          std::chrono::milliseconds& wait) {
  const Result<net::HttpReply> reply = post_(body);
  if (!reply.ok()) {
    last_failure_ = reply.error().message;
    return Verdict::kAway;
  }
  if (IsSuccess(reply->status) && codec::IsTaken(reply->body, event_id)) return Verdict::kDelivered;
  last_failure_ = Excerpt(*reply);
  if (IsSuccess(reply->status)) last_failure_ = "this is no answer of /ingest/event: " + last_failure_;
  wait = reply->retry_after;
  if (IsPassing(reply->status)) return Verdict::kFailed;
  return IsSetUpWrongly(reply->status) ? Verdict::kAway : Verdict::kRefused;
}

}  // namespace spotter::notify
