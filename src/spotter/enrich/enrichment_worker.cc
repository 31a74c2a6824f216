// SPDX-License-Identifier: Apache-2.0
#include "spotter/enrich/enrichment_worker.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "spotter/base/log.h"
#include "spotter/enrich/verifier.h"

namespace spotter::enrich {
namespace {

constexpr double kDoubt = 0.5;  // most confidence of a verdict that nothing measured backs surely

bool Says(const Enrichment& outcome, std::string_view label) {
  return std::ranges::find(outcome.labels, label) != outcome.labels.end();
}

// Nobody could judge: there was nothing to look at (skipped), or the model was of no use (failed).
Enrichment Unresolved(MmStatus status) { return {.status = status, .description = {}, .labels = {}, .confidence = {}}; }

}  // namespace

Enrichment Combine(Enrichment seen, const std::optional<Enrichment>& built_in) {
  // What was measured comes first: a text in the picture can put words into the model's mouth, not before ours.
  if (built_in)
    seen.description =
        "Measured: " + built_in->description.value_or("") + " The model says: " + seen.description.value_or("");
  const bool is_backed = built_in && Says(*built_in, seen.labels.front());
  const double sure = is_backed ? std::max(kDoubt, built_in->confidence.value_or(kDoubt)) : kDoubt;
  seen.confidence = std::min(seen.confidence.value_or(kDoubt), sure);
  if (is_backed) {
    std::ranges::copy_if(built_in->labels, std::back_inserter(seen.labels),
                         [&](const std::string& label) { return !Says(seen, label); });
    return seen;
  }
  if (!built_in || Says(seen, "unclear") || Says(*built_in, "unclear")) return seen;
  seen.labels.front() = "unclear";
  seen.labels.emplace_back("disagreement");
  return seen;
}

EnrichmentWorker::EnrichmentWorker(
    store::EnrichmentQueue& queue, VisionModel* model, Clips clips, Clock now, EnrichmentWorkerOptions options)
    : queue_(queue), model_(model), clips_(std::move(clips)), now_(std::move(now)), options_(std::move(options)) {}

Result<bool> EnrichmentWorker::WorkOnce() {
  if (model_ != nullptr && now_() < model_->quiet_until()) return false;  // a lease would cost the event a try
  const Result<std::optional<store::EnrichmentJob>> job = queue_.Lease(options_.name, now_(), options_.lease);
  if (!job.ok()) return job.error();
  if (!*job) return false;
  const std::optional<Enrichment> outcome = Look(**job);
  const Result<bool> settled =
      outcome ? queue_.Complete(**job, *outcome) : queue_.Postpone(**job, now_() + options_.retry_pause);
  if (!settled.ok()) return settled.error();
  if (!*settled)
    LogWarning("event {} took longer than its lease; another worker has it", (*job)->event.record.event_id);
  return true;
}

std::optional<Enrichment> EnrichmentWorker::Look(const store::EnrichmentJob& job) {
  const EventRecord& event = job.event.record;
  const Result<ClipEvidence> clip = clips_(event.media);
  const bool may_come = !clip.ok() && clip.error().code == ErrorCode::kNotFound;
  if (may_come && job.attempt < options_.max_attempts) return std::nullopt;
  const std::optional<Enrichment> built_in = Verify(event, clip.ok() ? *clip : ClipEvidence());
  if (model_ != nullptr && clip.ok() && !clip->photos.empty()) return AskModel(job, *clip, built_in);
  return built_in.value_or(Unresolved(MmStatus::kSkipped));
}

std::optional<Enrichment> EnrichmentWorker::AskModel(const store::EnrichmentJob& job,
                                                     const ClipEvidence& clip,
                                                     const std::optional<Enrichment>& built_in) {
  Result<Enrichment> seen = model_->Look(clip.photos, now_());
  if (seen.ok()) return Combine(std::move(seen).value(), built_in);
  LogWarning("vision model, event {}: {}", job.event.record.event_id, seen.error().message);
  const bool may_answer = seen.error().code == ErrorCode::kUnavailable;
  if (may_answer && job.attempt < options_.max_attempts) return std::nullopt;
  return built_in.value_or(Unresolved(MmStatus::kFailed));
}

}  // namespace spotter::enrich
