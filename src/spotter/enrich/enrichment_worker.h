// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/enrich/vision_model.h"
#include "spotter/store/enrichment_queue.h"

namespace spotter::enrich {

struct EnrichmentWorkerOptions {
  std::string name;                      // unique among all workers of the store
  std::chrono::seconds lease{300};       // longer than a look takes
  std::chrono::seconds retry_pause{15};  // before the next look at an event whose pictures or model are away
  int max_attempts = 8;                  // then what was measured has to do
};

// Looks at the evidence of events that ask for it (needs_mm): with the vision model where there is one, else, or when
// that does not answer, by what was measured. One thread; any number of workers, also in other processes.
class EnrichmentWorker {
 public:
  // JPEG pictures of an event's clip, in order of time; kNotFound = not there (yet).
  using Pictures = std::function<Result<std::vector<std::string>>(const StoredEvent& event)>;
  using Clock = std::function<UtcTime()>;

  // `queue` and `model` (null = built-in alone) outlive it.
  EnrichmentWorker(
      store::EnrichmentQueue& queue, VisionModel* model, Pictures pictures, Clock now, EnrichmentWorkerOptions options);

  // Takes one event and settles or postpones it. False when none waits. Errors: those of the store.
  Result<bool> WorkOnce();

 private:
  // The outcome, or nothing when the event shall be looked at again later.
  std::optional<Enrichment> Look(const store::EnrichmentJob& job);

  store::EnrichmentQueue& queue_;
  VisionModel* const model_;
  const Pictures pictures_;
  const Clock now_;
  const EnrichmentWorkerOptions options_;
};

// The model's view beside what was measured. Where they contradict each other the verdict is "unclear": a picture can
// deceive a model (a poster that says "clean"), but not the way that hands took.
Enrichment Combine(Enrichment seen, const Enrichment& measured);

}  // namespace spotter::enrich
