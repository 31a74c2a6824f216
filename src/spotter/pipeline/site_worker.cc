// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/site_worker.h"

#include <iterator>

namespace spotter::pipeline {
namespace {

void Append(std::vector<Event>& events, std::vector<Event> more) {
  events.insert(events.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Result<void> SiteWorker::Process(const Perception& perception) {
  Scene scene = MakeScene(perception);
  std::vector<Event> events;
  Append(events, stages_.identity.Update(scene));
  Append(events, stages_.exercise.Update(scene));
  Append(events, stages_.floor.Update(scene));
  for (SiteSink* sink : sinks_) {
    if (Result<void> done = sink->Consume({perception, scene, events}); !done.ok()) return done;
  }
  return {};
}

Result<void> SiteWorker::Finish() {
  std::vector<Event> events = stages_.identity.Finish();
  Append(events, stages_.exercise.Finish());
  Append(events, stages_.floor.Finish());
  for (SiteSink* sink : sinks_) {
    if (Result<void> done = sink->Finish(events); !done.ok()) return done;
  }
  return {};
}

}  // namespace spotter::pipeline
