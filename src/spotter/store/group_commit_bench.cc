// SPDX-License-Identifier: Apache-2.0
// Durable ingest through group commit into SQLite: events a second, and how long a sender waits for its answer.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include "spotter/base/check.h"
#include "spotter/base/testing/temp_dir.h"
#include "spotter/store/group_commit.h"
#include "spotter/store/sqlite/sqlite_store.h"

namespace spotter::store {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int kSenders = 64;  // at the same time, each with one event on its way
constexpr int kEventsEach = 200;

EventRecord Record(int number) {
  EventRecord record;
  record.event_id = "event " + std::to_string(number);
  record.type = "machine_occupied_start";
  record.gym_id = "gym_demo";
  record.camera_id = "cam_01";
  record.zone_id = "bench_" + std::to_string(number % 40);
  record.ts_utc = 1767261600.25 + number;
  record.data = R"({"dwell_s":5.2})";
  return record;
}

// One sender's waits. `pause`: between the starts of two of its events; zero = as fast as answers come.
std::vector<double> Send(GroupCommit& commit, int sender, Clock::duration pause) {
  std::vector<double> waits;
  const Clock::time_point began = Clock::now() + pause * sender / kSenders;
  for (int i = 0; i < kEventsEach; ++i) {
    std::this_thread::sleep_until(began + pause * i);
    const Clock::time_point sent = pause.count() == 0 ? Clock::now() : began + pause * i;
    SPOTTER_CHECK(commit.Append(Record(sender * kEventsEach + i)).ok());
    waits.push_back(Milliseconds(Clock::now() - sent).count());
  }
  return waits;
}

// Argument: events a second that all senders offer together; 0 = as many as go.
void DurableIngest(benchmark::State& state) {
  std::vector<double> waits;
  const auto pause = state.range(0) == 0 ? Clock::duration::zero()
                                         : Clock::duration(std::chrono::seconds(1)) * kSenders / state.range(0);
  for (auto _ : state) {
    const TempDir folder;
    {
      const auto store =
          OpenSqliteStore({.path = folder / "events.db", .deliver = [](std::string_view) { return true; }});
      SPOTTER_CHECK(store.ok());
      GroupCommit commit((*store)->events());
      std::vector<std::vector<double>> each(kSenders);
      std::vector<std::thread> senders;
      senders.reserve(kSenders);
      for (int s = 0; s < kSenders; ++s) senders.emplace_back([&, s] { each[s] = Send(commit, s, pause); });
      for (std::thread& sender : senders) sender.join();
      for (const auto& some : each) waits.insert(waits.end(), some.begin(), some.end());
    }
  }
  std::ranges::sort(waits);
  state.SetItemsProcessed(static_cast<std::int64_t>(waits.size()));
  state.counters["p50_ms"] = waits[waits.size() / 2];
  state.counters["p99_ms"] = waits[waits.size() * 99 / 100];
  state.counters["max_ms"] = waits.back();
}

BENCHMARK(DurableIngest)->Arg(2'000)->Arg(0)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace spotter::store
