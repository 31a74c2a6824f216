// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/clip/clip_writer.h"
#include "spotter/pipeline/clip_rule.h"
#include "spotter/pipeline/site_worker.h"

namespace spotter::pipeline {

// Has a clip recorded of each event that the rule names. Stands before sinks that make events known to others: when
// they hear of one, its clip is already on its way.
class ClipSink : public SiteSink {
 public:
  // `writer` outlives the sink.
  ClipSink(ClipRule rule, clip::ClipWriter& writer) : rule_(std::move(rule)), writer_(writer) {}
  Result<void> Consume(const SiteOutput& output) override;
  // Waits for the clips.
  Result<void> Finish(std::span<const Event> events) override;

 private:
  void Record(std::span<const Event> events);

  const ClipRule rule_;
  clip::ClipWriter& writer_;
};

}  // namespace spotter::pipeline
