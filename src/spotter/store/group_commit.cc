// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/group_commit.h"

#include <utility>
#include <vector>

namespace spotter::store {

GroupCommit::GroupCommit(EventRepository& events) : events_(events), thread_([this] { Run(); }) {}

GroupCommit::~GroupCommit() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

Result<AppendOutcome> GroupCommit::Append(EventRecord record) {
  std::future<Result<AppendOutcome>> outcome;
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({.record = std::move(record), .outcome = {}});
    outcome = waiting_.back().outcome.get_future();
  }
  changed_.notify_one();
  return outcome.get();
}

void GroupCommit::Run() {
  while (true) {
    std::deque<Waiting> batch;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      batch.swap(waiting_);
    }
    Write(std::move(batch));
  }
}

void GroupCommit::Write(std::deque<Waiting> batch) {
  std::vector<EventRecord> records;
  records.reserve(batch.size());
  for (Waiting& waiting : batch) records.push_back(std::move(waiting.record));
  const Result<std::vector<AppendOutcome>> outcomes = events_.Append(records);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (outcomes.ok()) {
      batch[i].outcome.set_value((*outcomes)[i]);
    } else {
      batch[i].outcome.set_value(outcomes.error());
    }
  }
}

}  // namespace spotter::store
