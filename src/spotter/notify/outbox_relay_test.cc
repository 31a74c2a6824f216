// SPDX-License-Identifier: Apache-2.0
#include "spotter/notify/outbox_relay.h"

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/codec/floor_event_json.h"

namespace spotter::notify {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;
using Outcome = OutboxRelay::Outcome;

// An outbox in memory.
class MemoryOutbox : public store::Outbox {
 public:
  void Add(const std::string& event_id, const std::string& zone) {
    store::OutboxEntry entry;
    entry.id = ++last_id_;
    entry.event.record.event_id = event_id;
    entry.event.record.type = "cleaning_attempt";
    entry.event.record.zone_id = zone;
    entries_.push_back(entry);
  }
  std::vector<std::string> WaitingIds() const {
    std::vector<std::string> ids;
    ids.reserve(entries_.size());
    for (const auto& entry : entries_) ids.push_back(entry.event.record.event_id);
    return ids;
  }
  const std::map<std::int64_t, std::string>& dead() const { return dead_; }

  Result<bool> Claim() override { return !is_taken_; }
  void SetTaken(bool taken) { is_taken_ = taken; }
  Result<std::int64_t> Add(std::span<const std::int64_t> /*seqs*/) override { return std::int64_t{0}; }
  Result<std::vector<store::OutboxEntry>> Waiting(std::int64_t after_id, int limit) override {
    std::vector<store::OutboxEntry> page;
    for (const auto& entry : entries_) {
      if (entry.id > after_id && std::ssize(page) < limit) page.push_back(entry);
    }
    return page;
  }
  Result<void> MarkDelivered(const std::vector<std::int64_t>& ids) override {
    for (const std::int64_t id : ids) std::erase_if(entries_, [&](const auto& entry) { return entry.id == id; });
    return {};
  }
  Result<void> MarkFailed(std::int64_t /*id*/, std::string_view /*reason*/) override { return {}; }
  Result<void> MarkDead(std::int64_t id, std::string_view reason) override {
    dead_[id] = reason;
    return MarkDelivered({id});
  }
  Result<std::vector<store::OutboxEntry>> DeadLetters(int /*limit*/) override {
    return std::vector<store::OutboxEntry>();
  }
  Result<std::int64_t> Revive() override { return std::int64_t{0}; }
  Result<store::OutboxCounts> Count() override { return store::OutboxCounts{}; }

 private:
  bool is_taken_ = false;
  std::int64_t last_id_ = 0;
  std::deque<store::OutboxEntry> entries_;
  std::map<std::int64_t, std::string> dead_;
};

// A receiver that answers each event with the statuses that were set, then with 200; 0 = no connection.
class RelayTest : public testing::Test {
 protected:
  Result<net::HttpReply> Post(const std::string& body) {
    const std::string id = codec::FloorEventFromJson(body)->event_id;
    posted_.push_back(id);
    int status = away_ ? 0 : 200;
    if (auto& answers = answers_[id]; !answers.empty()) {
      status = answers.front();
      answers.pop_front();
    }
    if (status == 0) return MakeError(ErrorCode::kUnavailable, "no connection");
    const std::string answer = status == 200 ? Taken(id) : "because";
    return net::HttpReply{.status = status, .body = answer, .retry_after = retry_after_};
  }

  std::string Taken(const std::string& id) const {
    return answer_.value_or(fmt::format(R"({{"status":"created","event_id":"{}"}})", id));
  }

  Outcome Deliver(OutboxRelayOptions options = {}) {
    OutboxRelay relay(
        outbox_, [this](const std::string& body) { return Post(body); },
        [this](milliseconds wait) {
          waits_.push_back(wait);
          return !stop_;
        },
        options);
    const Result<Outcome> outcome = relay.DeliverWaiting();
    EXPECT_TRUE(outcome.ok());
    return *outcome;
  }

  MemoryOutbox outbox_;
  std::map<std::string, std::deque<int>> answers_;
  std::optional<std::string> answer_;  // with 200, in place of the right one
  bool away_ = false;
  bool stop_ = false;
  std::chrono::seconds retry_after_{0};
  std::vector<std::string> posted_;
  std::vector<milliseconds> waits_;
};

TEST_F(RelayTest, DeliversInOrderOverManyPages) {
  for (const char* id : {"a", "b", "c", "d", "e"}) outbox_.Add(id, "bench");
  EXPECT_EQ(Deliver({.page = 2}), Outcome::kEmpty);
  EXPECT_THAT(posted_, ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_THAT(outbox_.WaitingIds(), IsEmpty());
}

TEST_F(RelayTest, TriesFourTimesWithDoublingWaits) {
  outbox_.Add("a", "bench");
  answers_["a"] = {503, 500, 408};
  EXPECT_EQ(Deliver(), Outcome::kEmpty);
  EXPECT_THAT(posted_, ElementsAre("a", "a", "a", "a"));
  EXPECT_THAT(waits_, ElementsAre(milliseconds(500), milliseconds(1000), milliseconds(2000)));
}

TEST_F(RelayTest, WhileTheReceiverIsAwayEverythingWaitsInOrder) {
  for (const char* id : {"a", "b", "c"}) outbox_.Add(id, id);
  away_ = true;
  EXPECT_EQ(Deliver(), Outcome::kAway);
  EXPECT_THAT(posted_, ElementsAre("a", "a", "a", "a"));
  away_ = false;
  posted_.clear();
  EXPECT_EQ(Deliver(), Outcome::kEmpty);
  EXPECT_THAT(posted_, ElementsAre("a", "b", "c"));
}

TEST_F(RelayTest, AnEventThatFailsHoldsBackItsOwnZoneOnly) {
  outbox_.Add("bench1", "bench");
  outbox_.Add("rack1", "rack");
  outbox_.Add("bench2", "bench");
  outbox_.Add("rack2", "rack");
  answers_["bench1"] = {500, 500, 500, 500};
  EXPECT_EQ(Deliver({.page = 2}), Outcome::kHeld);
  EXPECT_THAT(outbox_.WaitingIds(), ElementsAre("bench1", "bench2"));
  posted_.clear();
  EXPECT_EQ(Deliver(), Outcome::kEmpty);
  EXPECT_THAT(posted_, ElementsAre("bench1", "bench2"));
}

TEST_F(RelayTest, WhatTheReceiverRefusesBecomesADeadLetterAndTheNextGoesOn) {
  outbox_.Add("a", "bench");
  outbox_.Add("b", "bench");
  answers_["a"] = {422};
  EXPECT_EQ(Deliver(), Outcome::kEmpty);
  EXPECT_THAT(posted_, ElementsAre("a", "b"));
  EXPECT_EQ(outbox_.dead().at(1), "HTTP 422: because");
}

TEST_F(RelayTest, WhatDoesNotSayThatItTookTheEventHasNotTakenIt) {
  outbox_.Add("a", "bench");
  for (const char* answer : {"<html>please log in</html>", "", "[]", "{}", R"({"status":"ok"})",
                             R"({"status":"created","event_id":"another"})", R"({"status":1})"}) {
    answer_ = answer;
    EXPECT_EQ(Deliver(), Outcome::kAway) << answer;
    EXPECT_THAT(outbox_.WaitingIds(), ElementsAre("a")) << answer;
  }
  answer_ = R"({"status":"duplicate"})";
  EXPECT_EQ(Deliver(), Outcome::kEmpty);
  EXPECT_THAT(outbox_.WaitingIds(), IsEmpty());
}

TEST_F(RelayTest, WhereAnotherRelayIsAtWorkNothingIsSent) {
  outbox_.Add("a", "bench");
  outbox_.SetTaken(true);
  EXPECT_EQ(Deliver(), Outcome::kTaken);
  EXPECT_THAT(posted_, IsEmpty());
  outbox_.SetTaken(false);
  EXPECT_EQ(Deliver(), Outcome::kEmpty);
  EXPECT_THAT(posted_, ElementsAre("a"));
}

TEST_F(RelayTest, AWrongTokenOrAddressMakesNoDeadLetters) {
  for (const int status : {301, 401, 403, 404, 405}) {
    outbox_.Add("a", "bench");
    answers_["a"] = {status, status, status, status};
    EXPECT_EQ(Deliver(), Outcome::kAway) << status;
    EXPECT_EQ(Deliver(), Outcome::kEmpty) << status;
  }
  EXPECT_TRUE(outbox_.dead().empty());
}

TEST_F(RelayTest, HeedsRetryAfterWithinReason) {
  outbox_.Add("a", "bench");
  answers_["a"] = {429, 429};
  retry_after_ = std::chrono::seconds(7);
  EXPECT_EQ(Deliver(), Outcome::kEmpty);
  retry_after_ = std::chrono::hours(24);
  outbox_.Add("b", "bench");
  answers_["b"] = {429};
  EXPECT_EQ(Deliver(), Outcome::kEmpty);
  EXPECT_THAT(waits_, ElementsAre(milliseconds(7000), milliseconds(7000), milliseconds(60'000)));
}

TEST_F(RelayTest, AStopLeavesEverythingForTheNextStart) {
  outbox_.Add("a", "bench");
  outbox_.Add("b", "rack");
  answers_["b"] = {503};
  stop_ = true;
  EXPECT_EQ(Deliver(), Outcome::kStopped);
  EXPECT_THAT(outbox_.WaitingIds(), ElementsAre("b"));
}

}  // namespace
}  // namespace spotter::notify
