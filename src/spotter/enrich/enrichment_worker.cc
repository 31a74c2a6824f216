// SPDX-License-Identifier: Apache-2.0
#include "spotter/enrich/enrichment_worker.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "spotter/base/log.h"
#include "spotter/enrich/evidence.h"

namespace spotter::enrich {
namespace {

constexpr double kDoubt = 0.5;  // confidence of a verdict that is contradicted

bool Says(const Enrichment& outcome, const char* label) {
  return std::ranges::find(outcome.labels, label) != outcome.labels.end();
}

// Without a measurement and without a model nobody can judge.
Enrichment Skipped() { return {.status = MmStatus::kSkipped, .description = {}, .labels = {}, .confidence = {}}; }

}  // namespace

Enrichment Combine(Enrichment seen, const Enrichment& measured) {
  const bool contradicts = (Says(seen, "cleaned") && Says(measured, "not_cleaned")) ||
                           (Says(seen, "not_cleaned") && Says(measured, "cleaned"));
  seen.description = seen.description.value_or("") + " Measured: " + measured.description.value_or("");
  if (!contradicts) return seen;
  seen.labels.front() = "unclear";
  seen.labels.emplace_back("disagreement");
  seen.confidence = std::min(seen.confidence.value_or(kDoubt), kDoubt);
  return seen;
}

EnrichmentWorker::EnrichmentWorker(
    store::EnrichmentQueue& queue, VisionModel* model, Pictures pictures, Clock now, EnrichmentWorkerOptions options)
    : queue_(queue),
      model_(model),
      pictures_(std::move(pictures)),
      now_(std::move(now)),
      options_(std::move(options)) {}

Result<bool> EnrichmentWorker::WorkOnce() {
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
  const std::optional<WipingEvidence> evidence = ReadEvidence(job.event.record.data);
  std::optional<Enrichment> measured = evidence ? std::optional(Judge(*evidence)) : std::nullopt;
  const Enrichment otherwise = measured.value_or(Skipped());
  if (model_ == nullptr) return otherwise;
  const bool last = job.attempt >= options_.max_attempts;
  const Result<std::vector<std::string>> pictures = pictures_(job.event);
  if (!pictures.ok()) return last ? std::optional(otherwise) : std::nullopt;
  Result<Enrichment> seen = model_->Look(*pictures, now_());
  if (seen.ok()) return measured ? Combine(std::move(seen).value(), *measured) : std::move(seen).value();
  LogWarning("vision model, event {}: {}", job.event.record.event_id, seen.error().message);
  if (seen.error().code == ErrorCode::kUnavailable && !last) return std::nullopt;
  if (measured) return measured;
  return Enrichment{.status = MmStatus::kFailed, .description = {}, .labels = {}, .confidence = {}};
}

}  // namespace spotter::enrich
