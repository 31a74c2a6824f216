// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/request_pool.h"

#include <utility>

#include "spotter/base/check.h"

namespace spotter::perceive {

RequestPool::Lease& RequestPool::Lease::operator=(Lease&& other) noexcept {
  if (this != &other) {
    GiveBack();
    pool_ = other.pool_;
    request_ = std::move(other.request_);
  }
  return *this;
}

void RequestPool::Lease::GiveBack() {
  if (!request_) return;
  std::lock_guard lock(pool_->mutex_);
  pool_->free_.push_back(std::move(request_));
  pool_->changed_.notify_all();
}

RequestPool::RequestPool(std::shared_ptr<infer::Model> model, int capacity)
    : model_(std::move(model)), capacity_(capacity) {
  SPOTTER_CHECK(capacity > 0);
}

std::unique_ptr<infer::InferRequest> RequestPool::TakeFree() {
  if (free_.empty()) {
    ++made_;
    return model_->CreateRequest();
  }
  auto request = std::move(free_.back());
  free_.pop_back();
  return request;
}

std::optional<RequestPool::Lease> RequestPool::TryAcquire() {
  std::lock_guard lock(mutex_);
  if (next_ticket_ != serving_ || !HasFree()) return std::nullopt;
  return Lease(*this, TakeFree());
}

RequestPool::Lease RequestPool::Acquire() {
  std::unique_lock lock(mutex_);
  const std::uint64_t ticket = next_ticket_++;
  changed_.wait(lock, [&] { return serving_ == ticket && HasFree(); });
  ++serving_;
  changed_.notify_all();
  return {*this, TakeFree()};
}

}  // namespace spotter::perceive
