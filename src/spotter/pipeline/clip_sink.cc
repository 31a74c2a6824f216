// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/clip_sink.h"

namespace spotter::pipeline {

// A clip that fails is reported by its writer; it never stops the run.
Result<void> ClipSink::Consume(const SiteOutput& output) {
  writer_.OnPerception(output.perception);
  Record(output.events);
  return {};
}

Result<void> ClipSink::Finish(std::span<const Event> events) {
  Record(events);
  writer_.Finish();
  return {};
}

void ClipSink::Record(std::span<const Event> events) {
  for (const Event& event : events) {
    if (const std::optional<RecordClip> command = rule_.CommandFor(event)) writer_.Record(*command);
  }
}

}  // namespace spotter::pipeline
