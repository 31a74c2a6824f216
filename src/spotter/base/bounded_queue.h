// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "spotter/base/check.h"

namespace spotter {

// What a full queue does: files wait (nothing is lost), live sources drop the oldest (newest wins) and count it.
enum class DropPolicy { kWait, kDropOldest };

// A bounded first-in first-out queue between threads; any number of producers and consumers. `Close` ends it: producers
// are refused, consumers drain what is left and then get nullopt.
template <typename T>
class BoundedQueue {
 public:
  // REQUIRES: capacity > 0
  BoundedQueue(std::size_t capacity, DropPolicy policy) : capacity_(capacity), policy_(policy) {
    SPOTTER_CHECK(capacity > 0);
  }
  BoundedQueue(const BoundedQueue&) = delete;
  BoundedQueue& operator=(const BoundedQueue&) = delete;

  // Returns false when the queue is closed; the item is then lost.
  bool Push(T item) {
    std::unique_lock lock(mutex_);
    if (policy_ == DropPolicy::kWait) {
      not_full_.wait(lock, [&] { return closed_ || items_.size() < capacity_; });
    }
    if (closed_) return false;
    if (items_.size() >= capacity_) {
      items_.pop_front();
      ++dropped_;
    }
    items_.push_back(std::move(item));
    not_empty_.notify_one();
    return true;
  }

  // Waits for an item; nullopt once the queue is closed and empty.
  std::optional<T> Pop() {
    std::unique_lock lock(mutex_);
    not_empty_.wait(lock, [&] { return closed_ || !items_.empty(); });
    return TakeFront();
  }

  // Never waits; nullopt when nothing is there now.
  std::optional<T> TryPop() {
    std::unique_lock lock(mutex_);
    return TakeFront();
  }

  void Close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    not_empty_.notify_all();
    not_full_.notify_all();
  }

  std::size_t size() const {
    std::lock_guard lock(mutex_);
    return items_.size();
  }
  std::uint64_t dropped() const {
    std::lock_guard lock(mutex_);
    return dropped_;
  }

 private:
  std::optional<T> TakeFront() {
    if (items_.empty()) return std::nullopt;
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    not_full_.notify_one();
    return item;
  }

  const std::size_t capacity_;
  const DropPolicy policy_;
  mutable std::mutex mutex_;
  std::condition_variable not_empty_;
  std::condition_variable not_full_;
  std::deque<T> items_;
  std::uint64_t dropped_ = 0;
  bool closed_ = false;
};

}  // namespace spotter
