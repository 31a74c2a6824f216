// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <set>
#include <string>

#include "spotter/clip/clip_writer.h"
#include "spotter/pipeline/site_worker.h"

namespace spotter::pipeline {

struct ClipSinkOptions {
  std::set<std::string, std::less<>> events;      // types that are worth a clip: "rep_counted" ...
  std::chrono::microseconds pre_roll{4'000'000};  // before the event's true time
  std::chrono::microseconds post_roll{4'000'000};
};

// Has a clip recorded of each event of the chosen types. Stands before sinks that make events known to others: when
// they hear of one, its clip is already on its way.
class ClipSink : public SiteSink {
 public:
  // `writer` outlives the sink.
  ClipSink(ClipSinkOptions options, clip::ClipWriter& writer) : options_(std::move(options)), writer_(writer) {}
  Result<void> Consume(const SiteOutput& output) override;
  // Waits for the clips.
  Result<void> Finish(std::span<const Event> events) override;

 private:
  void Record(std::span<const Event> events);

  const ClipSinkOptions options_;
  clip::ClipWriter& writer_;
};

}  // namespace spotter::pipeline
