// SPDX-License-Identifier: Apache-2.0
// The services that work in the background: relay, enrichment, retention.
#include <thread>
#include <utility>

#include <unistd.h>

#include "spotter/app/services.h"
#include "spotter/base/backoff.h"
#include "spotter/base/log.h"
#include "spotter/store/clip_folder.h"

namespace spotter::app {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kRelayPause{300};  // between looks at an empty outbox
constexpr Backoff::Options kAwayPause{.min = milliseconds(1'000), .max = milliseconds(30'000)};

constexpr milliseconds kEnrichmentPause{500};  // between looks at an empty queue
constexpr int kPhotos = 6;                     // of a clip, for a vision model
constexpr milliseconds kRetentionPause{60'000};
constexpr int kRoundsToReconcile = 60;  // once an hour: the whole folder is read
constexpr double kBytesPerGb = 1e9;
constexpr std::int64_t kFreeBytes = 1'000'000'000;  // what clips leave free on their disk

std::string IngestAddress(const std::string& url) {
  constexpr std::string_view kRoute = "/ingest/event";
  return url.ends_with(kRoute) ? url : url + std::string(kRoute);
}

net::HttpHeaders Authorization(const std::string& token) {
  if (token.empty()) return {};
  return {{"Authorization", "Bearer " + token}};
}

using RelayOutcome = notify::OutboxRelay::Outcome;

// Says once when the receiver goes away or fails and once when it takes everything again, and once that another relay
// is at work.
class RelayWatch {
 public:
  void Note(const notify::OutboxRelay& relay, RelayOutcome outcome) {
    if (outcome == RelayOutcome::kStopped || outcome == last_) return;
    const bool fails = outcome == RelayOutcome::kAway || outcome == RelayOutcome::kHeld;
    if (fails && !in_trouble_) {
      LogWarning("relay: the receiver {} ({}); events wait in the outbox",
                 outcome == RelayOutcome::kAway ? "is away" : "fails", relay.last_failure());
    }
    if (outcome == RelayOutcome::kTaken)
      LogWarning("relay: another program delivers from this store; this one waits until that has ended");
    if (outcome == RelayOutcome::kEmpty && in_trouble_) LogInfo("relay: the receiver is back");
    if (fails) in_trouble_ = true;
    if (outcome == RelayOutcome::kEmpty) in_trouble_ = false;
    last_ = outcome;
  }

 private:
  RelayOutcome last_ = RelayOutcome::kEmpty;
  bool in_trouble_ = false;
};

bool IsWaiting(RelayOutcome outcome) {
  return outcome == RelayOutcome::kAway || outcome == RelayOutcome::kHeld || outcome == RelayOutcome::kTaken;
}

// Unique among all workers of a store.
std::string WorkerName() {
  std::string host(256, '\0');
  if (gethostname(host.data(), host.size() - 1) != 0) host = "host";
  return fmt::format("{}-{}", host.c_str(), getpid());
}

std::chrono::duration<double> Days(double days) { return std::chrono::duration<double, std::ratio<86'400>>(days); }

}  // namespace

notify::OutboxRelay Services::MakeRelay(notify::OutboxRelay::Wait wait) {
  const auto post = [client = relay_client_.get(), address = IngestAddress(config_.relay.url),
                     headers = Authorization(config_.relay.token)](const std::string& body) {
    return client->PostJson(address, body, headers);
  };
  return {store_->outbox(), post, std::move(wait)};
}

void Services::StartRelay() {
  relay_client_ = std::make_unique<net::HttpClient>(net::HttpClientOptions{});
  relay_ = std::make_unique<WorkerThread>(
      [this, backoff = Backoff(kAwayPause), watch = RelayWatch()](const WorkerThread::Wait& wait) mutable {
        notify::OutboxRelay relay = MakeRelay(wait);
        const Result<RelayOutcome> outcome = relay.DeliverWaiting();
        if (!outcome.ok()) {
          LogError("relay: {}", outcome.error().message);
          return backoff.Next();
        }
        watch.Note(relay, *outcome);
        if (IsWaiting(*outcome)) return backoff.Next();
        backoff.Reset();
        return kRelayPause;
      });
}

void Services::FinishRest() {
  LookAtRest();
  if (relay_ == nullptr) return;
  relay_.reset();  // its client is ours from here on
  notify::OutboxRelay relay = MakeRelay([](milliseconds wait) {
    std::this_thread::sleep_for(wait);
    return true;
  });
  const Result<RelayOutcome> outcome = relay.DeliverWaiting();
  if (!outcome.ok()) LogError("relay: {}", outcome.error().message);
  if (outcome.ok() && *outcome == RelayOutcome::kTaken) return;  // the other program sends what is left
  const Result<store::OutboxCounts> left = store_->outbox().Count();
  if (!left.ok()) return LogError("relay: {}", left.error().message);
  if (left->waiting > 0)
    LogWarning("{} events wait in the outbox for the next start ({})", left->waiting, relay.last_failure());
  if (left->dead > 0) LogWarning("{} events were refused by the receiver: spotter events dead", left->dead);
}

Result<void> Services::StartEnrichment() {
  const config::EnrichmentConfig& config = config_.enrichment;
  if (!config.url.empty()) {
    model_client_ = std::make_unique<net::HttpClient>(
        net::HttpClientOptions{.total_timeout = milliseconds(static_cast<std::int64_t>(config.timeout_s * 1e3))});
    model_ = std::make_unique<enrich::VisionModel>(
        enrich::VisionModelOptions{
            .url = config.url, .model = config.model, .token = config.token, .daily_budget = config.daily_budget},
        *model_client_, store_->enrichment());
    // A wrong setting stops the start; a server that is away now may come later.
    Result<void> checked = model_->SelfCheck();
    if (!checked.ok() && checked.error().code != ErrorCode::kUnavailable) return checked;
    if (!checked.ok()) LogWarning("{}", checked.error().message);
  }
  enrich::EnrichmentWorkerOptions options{.name = WorkerName()};
  options.lease = std::chrono::seconds(static_cast<std::int64_t>(4 * config.timeout_s) + 60);
  const enrich::ClipReader reader({.allowed_roots = ClipRoots(), .photos = model_ != nullptr ? kPhotos : 0});
  enrichment_worker_ = std::make_unique<enrich::EnrichmentWorker>(
      store_->enrichment(), model_.get(), [reader](const MediaRef& media) { return reader.Read(media); }, &UtcNow,
      std::move(options));
  enrichment_ = std::make_unique<WorkerThread>([this](const WorkerThread::Wait& wait) {
    while (true) {
      const Result<bool> worked = enrichment_worker_->WorkOnce();
      if (!worked.ok()) LogError("enrichment: {}", worked.error().message);
      if (!worked.ok() || !*worked || !wait(milliseconds(0))) return kEnrichmentPause;
    }
  });
  return {};
}

void Services::LookAtRest() {
  if (enrichment_ == nullptr) return;
  enrichment_.reset();                                          // its worker is ours from here on
  const Result<void> recalled = store_->enrichment().Recall();  // their clips are there by now
  if (!recalled.ok()) LogError("enrichment: {}", recalled.error().message);
  Result<bool> worked = enrichment_worker_->WorkOnce();
  while (worked.ok() && *worked) worked = enrichment_worker_->WorkOnce();
  if (!worked.ok()) LogError("enrichment: {}", worked.error().message);
}

// A video goes by the clips' own limit only: without one it is kept for ever, also where its event is gone.
void Services::ReconcileClips() {
  if (clips_.mode == config::ClipMode::kOff) return;
  const auto clip_age = Days(config_.retention.clips_days);
  const auto event_age = Days(config_.retention.events_days);
  const store::OrphanAges ages{.clip = clip_age, .leftover = clip_age.count() > 0 ? clip_age : event_age};
  const Result<store::FolderSummary> done = store::ReconcileFolder(clips_.dir, *store_, ages);
  if (!done.ok()) return LogError("retention: {}", done.error().message);
  if (done->adopted > 0) LogInfo("{} clips that the event store was not told of are known to it now", done->adopted);
  if (done->removed > 0) LogInfo("{} old clips that belong to no stored event were removed", done->removed);
}

void Services::StartRetention() {
  const config::RetentionConfig& config = config_.retention;
  store::RetentionOptions options{.clip_age = Days(config.clips_days),
                                  .clip_bytes = static_cast<std::int64_t>(config.clips_gb * kBytesPerGb),
                                  .event_age = Days(config.events_days),
                                  .free_bytes = config.clips_gb > 0 ? kFreeBytes : 0};
  store::Retention retention(store_->retention(), options);
  const Result<std::int64_t> gone = retention.Reconcile();
  if (!gone.ok()) LogError("retention: {}", gone.error().message);
  if (gone.ok() && *gone > 0) LogWarning("{} clips of stored events are not on the disk any more", *gone);
  ReconcileClips();
  retention_ = std::make_unique<WorkerThread>([=, this, round = 0](const WorkerThread::Wait& /*wait*/) mutable {
    if (++round % kRoundsToReconcile == 0) ReconcileClips();
    const Result<store::RetentionSummary> summary = retention.Enforce(UtcNow());
    if (!summary.ok()) {
      LogError("retention: {}", summary.error().message);
    } else if (summary->clips_removed > 0 || summary->events_removed > 0) {
      LogInfo("retention: {} clips ({} bytes) and {} events removed", summary->clips_removed, summary->bytes_removed,
              summary->events_removed);
    }
    return kRetentionPause;
  });
}

}  // namespace spotter::app
