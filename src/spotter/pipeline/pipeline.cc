// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/pipeline.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "spotter/base/log.h"

namespace spotter::pipeline {
namespace {

// Perceptions waiting for the site worker, per camera. Small: with files the annotator holds the frames of what waits
// here.
constexpr std::size_t kBusCapacity = 8;

// Where the perceptions of a source enter the bus, if their cameras are this source's own.
class BusSink : public PerceptionSink {
 public:
  BusSink(bus::PerceptionBus::Publisher& publisher, CameraOwners& owners, const PerceptionSource& source)
      : publisher_(publisher), owners_(owners), source_(source) {}
  bool IsFull() const override { return publisher_.IsFull(); }
  bool Publish(Perception perception) override {
    if (Result<void> claimed = owners_.Claim(perception.camera_id, source_); !claimed.ok()) {
      conflict_ = claimed.error();
      return false;
    }
    return publisher_.Publish(std::make_shared<const Perception>(std::move(perception)));
  }
  const std::optional<Error>& conflict() const { return conflict_; }

 private:
  bus::PerceptionBus::Publisher& publisher_;
  CameraOwners& owners_;
  const PerceptionSource& source_;
  std::optional<Error> conflict_;
};

}  // namespace

Pipeline::Pipeline(std::vector<PerceptionSource*> sources, SiteWorker& site)
    : sources_(std::move(sources)), site_(site), bus_(kBusCapacity), owners_(sources_) {
  SPOTTER_CHECK(!sources_.empty());
  for (const PerceptionSource* source : sources_) publishers_.push_back(&bus_.AddCamera(source->drop_policy()));
}

Result<void> Pipeline::Run() {
  std::vector<std::optional<Error>> failures(sources_.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    threads.emplace_back([this, i, &failures] { failures[i] = RunSource(i); });
  }
  const Result<void> consumed = Consume();
  if (!consumed.ok()) {
    bus_.Close();
    Stop();
  }
  for (std::thread& thread : threads) thread.join();
  if (conflict_) return *conflict_;
  // The sinks finish only what is worth keeping: a run in which no source worked leaves no finished file.
  if (std::ranges::all_of(failures, [](const auto& failure) { return failure.has_value(); })) return *failures.front();
  return consumed.ok() ? site_.Finish() : consumed;
}

std::optional<Error> Pipeline::RunSource(std::size_t index) {
  BusSink sink(*publishers_[index], owners_, *sources_[index]);
  const Result<void> done = sources_[index]->Run(sink);
  if (sink.conflict()) End(*sink.conflict());
  publishers_[index]->Finish();
  if (done.ok()) return std::nullopt;
  if (sources_.size() > 1) LogError("{}", done.error().message);
  return done.error();
}

// The whole run fails, whatever the other sources do.
void Pipeline::End(const Error& conflict) {
  {
    const std::lock_guard lock(mutex_);
    conflict_ = conflict;
  }
  bus_.Close();
  Stop();
}

Result<void> Pipeline::Consume() {
  while (const PerceptionPtr perception = bus_.Next()) {
    if (Result<void> done = site_.Process(*perception); !done.ok()) return done;
  }
  return {};
}

void Pipeline::Stop() {
  if (stopping_.exchange(true)) return;
  for (PerceptionSource* source : sources_) source->Stop();
}

std::uint64_t Pipeline::dropped() const {
  std::uint64_t all = 0;
  for (const auto* publisher : publishers_) all += publisher->dropped();
  return all;
}

}  // namespace spotter::pipeline
