// SPDX-License-Identifier: Apache-2.0
#include "spotter/bus/inproc/perception_bus.h"

#include <algorithm>
#include <utility>

namespace spotter::bus {

bool PerceptionBus::Publisher::Publish(PerceptionPtr perception) {
  std::unique_lock lock(bus_.mutex_);
  if (policy_ == DropPolicy::kWait) {
    bus_.changed_.wait(lock, [&] { return bus_.closed_ || pending_.size() < bus_.capacity_; });
  } else if (pending_.size() >= bus_.capacity_) {
    pending_.pop_front();
    ++dropped_;
  }
  if (bus_.closed_) return false;
  pending_.push_back(std::move(perception));
  bus_.changed_.notify_all();
  return true;
}

bool PerceptionBus::Publisher::IsFull() const {
  const std::lock_guard lock(bus_.mutex_);
  return policy_ == DropPolicy::kWait && !bus_.closed_ && pending_.size() >= bus_.capacity_;
}

void PerceptionBus::Publisher::Finish() {
  std::lock_guard lock(bus_.mutex_);
  finished_ = true;
  bus_.changed_.notify_all();
}

std::uint64_t PerceptionBus::Publisher::dropped() const {
  std::lock_guard lock(bus_.mutex_);
  return dropped_;
}

PerceptionBus::PerceptionBus(std::size_t capacity) : capacity_(capacity) { SPOTTER_CHECK(capacity > 0); }

PerceptionBus::Publisher& PerceptionBus::AddCamera(DropPolicy policy) {
  std::lock_guard lock(mutex_);
  cameras_.push_back(std::unique_ptr<Publisher>(new Publisher(*this, policy)));
  return *cameras_.back();
}

PerceptionPtr PerceptionBus::Next() {
  std::unique_lock lock(mutex_);
  Publisher* ready = nullptr;
  changed_.wait(lock, [&] { return closed_ || (ready = FindReady()) != nullptr || AllFinished(); });
  if (closed_ || ready == nullptr) return nullptr;
  PerceptionPtr perception = std::move(ready->pending_.front());
  ready->pending_.pop_front();
  changed_.notify_all();
  return perception;
}

void PerceptionBus::Close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

PerceptionBus::Publisher* PerceptionBus::FindReady() {
  Publisher* earliest = nullptr;
  bool file_is_behind = false;
  for (std::size_t i = 0; i < cameras_.size(); ++i) {
    const auto& camera = cameras_[(turn_ + i) % cameras_.size()];
    if (camera->pending_.empty()) {
      file_is_behind |= camera->policy_ == DropPolicy::kWait && !camera->finished_;
    } else if (camera->policy_ == DropPolicy::kDropOldest) {
      turn_ = (turn_ + i + 1) % cameras_.size();
      return camera.get();
    } else if (earliest == nullptr || camera->pending_.front()->pts < earliest->pending_.front()->pts) {
      earliest = camera.get();
    }
  }
  return file_is_behind ? nullptr : earliest;
}

bool PerceptionBus::AllFinished() const {
  return std::ranges::all_of(cameras_,
                             [](const auto& camera) { return camera->finished_ && camera->pending_.empty(); });
}

}  // namespace spotter::bus
