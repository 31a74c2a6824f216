// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "spotter/base/result.h"
#include "spotter/store/event_repository.h"

namespace spotter::store {

// Makes one transaction, and so one wait for the disk, of all the events that arrive while the last one is written:
// group commit (DeWitt et al., SIGMOD 1984). Any thread may append. Owns one thread.
class GroupCommit {
 public:
  // `events` outlives it.
  explicit GroupCommit(EventRepository& events);
  // Everything that Append took is written first.
  ~GroupCommit();
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;

  // Returns once the record is durable. A failure of the store fails all records of the same transaction: the sender
  // tries again.
  Result<AppendOutcome> Append(EventRecord record);

 private:
  struct Waiting {
    EventRecord record;
    std::promise<Result<AppendOutcome>> outcome;
  };

  void Run();
  void Write(std::deque<Waiting> batch);

  EventRepository& events_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;  // guarded by mutex_; as long as there are threads in Append
  bool ending_ = false;          // guarded by mutex_
  std::thread thread_;
};

}  // namespace spotter::store
