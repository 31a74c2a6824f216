// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "spotter/infer/inference_backend.h"

namespace spotter::perceive {

// The inference requests of one network, shared by all sources and handed out first come, first served, so that each
// source gets a fair share. Any thread. Outlives its leases.
//
// Nobody may wait for a request while holding a finished one (two sources could wait for each other for ever): a source
// that gets none from TryAcquire first finishes its own, then calls Acquire.
class RequestPool {
 public:
  // One request, given back when destroyed. Movable, one owner.
  class Lease {
   public:
    Lease(RequestPool& pool, std::unique_ptr<infer::InferRequest> request)
        : pool_(&pool), request_(std::move(request)) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&& other) noexcept;
    ~Lease() { GiveBack(); }

    infer::InferRequest& operator*() const { return *request_; }
    infer::InferRequest* operator->() const { return request_.get(); }

   private:
    void GiveBack();

    RequestPool* pool_;
    std::unique_ptr<infer::InferRequest> request_;
  };

  // Requests are made when first needed, at most `capacity`. REQUIRES: capacity > 0
  RequestPool(std::shared_ptr<infer::Model> model, int capacity);

  // None when all are out or somebody waits already.
  std::optional<Lease> TryAcquire();
  // Waits its turn.
  Lease Acquire();

 private:
  std::unique_ptr<infer::InferRequest> TakeFree();
  bool HasFree() const { return !free_.empty() || made_ < capacity_; }

  const std::shared_ptr<infer::Model> model_;
  const int capacity_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<infer::InferRequest>> free_;
  int made_ = 0;
  std::uint64_t next_ticket_ = 0;  // given to the next one who waits
  std::uint64_t serving_ = 0;      // ticket whose turn it is
};

}  // namespace spotter::perceive
