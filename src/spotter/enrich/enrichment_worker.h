// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/enrich/clip_evidence.h"
#include "spotter/enrich/vision_model.h"
#include "spotter/store/enrichment_queue.h"

namespace spotter::enrich {

struct EnrichmentWorkerOptions {
  std::string name;                      // unique among all workers of the store
  std::chrono::seconds lease{300};       // longer than a look takes
  std::chrono::seconds retry_pause{15};  // before the next look at an event whose clip or model is away
  int max_attempts = 8;                  // then what there is has to do
};

// Looks at the evidence of events that ask for it (needs_mm): with the built-in verifier and, where there is one, the
// vision model. One thread; any number of workers, also in other processes.
class EnrichmentWorker {
 public:
  // What there is to see of an event, as ClipReader::Read.
  using Clips = std::function<Result<ClipEvidence>(const MediaRef& media)>;
  using Clock = std::function<UtcTime()>;

  // `queue` and `model` (null = the built-in verifier alone) outlive it.
  EnrichmentWorker(
      store::EnrichmentQueue& queue, VisionModel* model, Clips clips, Clock now, EnrichmentWorkerOptions options);

  // Takes one event and settles or postpones it. False when none waits, or the model's server asked for a pause.
  // Errors: those of the store.
  Result<bool> WorkOnce();

 private:
  // The outcome, or nothing when the event shall be looked at again later.
  std::optional<Enrichment> Look(const store::EnrichmentJob& job);
  // With the model beside the built-in verdict (none = it had nothing to go by).
  std::optional<Enrichment> AskModel(const store::EnrichmentJob& job,
                                     const ClipEvidence& clip,
                                     const std::optional<Enrichment>& built_in);

  store::EnrichmentQueue& queue_;
  VisionModel* const model_;
  const Clips clips_;
  const Clock now_;
  const EnrichmentWorkerOptions options_;
};

// The model's view beside the built-in one (none = nothing was measured). A picture can deceive a model (a poster that
// says "clean"), but not the way that hands took: where the two contradict each other the verdict is "unclear", and the
// confidence is at most that of the measurement which says the same, or 0.5.
// REQUIRES: both have a verdict, their first label
Enrichment Combine(Enrichment seen, const std::optional<Enrichment>& built_in);

}  // namespace spotter::enrich
