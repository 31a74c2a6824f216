// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/core/event.h"
#include "spotter/core/perception.h"
#include "spotter/core/scene.h"
#include "spotter/exercise/exercise_analyzer.h"
#include "spotter/floor/floor_analyzer.h"
#include "spotter/identity/person_linker.h"

namespace spotter::pipeline {

// What leaves the site worker for one frame. The perception is the one that came over the bus; the scene is what the
// stages made of it.
struct SiteOutput {
  const Perception& perception;
  const Scene& scene;
  std::span<const Event> events;
};

// A terminal consumer of the site worker: a file, a table, an overlay. Called from the site worker's thread, one frame
// after the other.
class SiteSink {
 public:
  virtual ~SiteSink() = default;
  // An error ends the run.
  virtual Result<void> Consume(const SiteOutput& output) = 0;
  // The stream is over; `events` are the last ones. Called once.
  virtual Result<void> Finish(std::span<const Event> events) = 0;
};

// The one owner of all cross-camera state. Runs the analytics stages in their order on each Perception and hands the
// outcome to the sinks. Pure but for its sinks: the same perceptions always give the same events. Used by one thread;
// the stages and sinks outlive it.
class SiteWorker {
 public:
  struct Stages {
    identity::PersonLinker& identity;
    exercise::ExerciseAnalyzer& exercise;
    floor::FloorAnalyzer& floor;
  };

  SiteWorker(Stages stages, std::vector<SiteSink*> sinks) : stages_(stages), sinks_(std::move(sinks)) {}

  Result<void> Process(const Perception& perception);
  Result<void> Finish();

 private:
  Stages stages_;
  std::vector<SiteSink*> sinks_;
};

}  // namespace spotter::pipeline
