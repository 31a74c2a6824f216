// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "spotter/api/event_api.h"
#include "spotter/base/worker_thread.h"
#include "spotter/config/spotter_config.h"
#include "spotter/enrich/clip_reader.h"
#include "spotter/enrich/enrichment_worker.h"
#include "spotter/enrich/vision_model.h"
#include "spotter/net/http_server.h"
#include "spotter/notify/outbox_relay.h"
#include "spotter/pipeline/camera_watch_sink.h"
#include "spotter/pipeline/store_sink.h"
#include "spotter/report/silent_cameras.h"
#include "spotter/store/group_commit.h"
#include "spotter/store/retention.h"
#include "spotter/store/store.h"

namespace spotter::app {

// What one process does of what the configuration asks for.
enum class Role { kWatch, kApi, kRelay, kEnrichment, kRetention };

// Names as on the command line: "watch", "api"... Empty = all of them.
Result<std::set<Role>> ParseRoles(const std::vector<std::string>& names);

// Which types (snake_case) the configured receiver gets; null = there is none.
std::function<bool(std::string_view type)> DeliverFilter(const config::RelayConfig& relay);

// Opens the configured store. kInvalidArgument when there is none.
Result<std::unique_ptr<store::Store>> OpenStore(const config::ServiceConfig& config);

// Likewise for commands that look into a store and must not make one by a wrong name: kNotFound when there is no file.
Result<std::unique_ptr<store::Store>> OpenExistingStore(const config::ServiceConfig& config);

// Ids of the configured zones that are machines.
std::vector<std::string> MachinesOf(const config::SpotterConfig& config);

// The configured cameras that see each of them: where it is drawn on the floor, all that know where the floor is.
report::MachineCameras CamerasOf(const config::SpotterConfig& config);

// Everything of a run that works on stored events: the store itself and, as configured and wanted, API server, relay,
// enrichment and retention, each on threads of its own until this is destroyed. Part of the composition root.
class Services {
 public:
  static Result<std::unique_ptr<Services>> Start(const config::SpotterConfig& config, const std::set<Role>& roles);

  // Stores the events of a run; null when nothing is stored.
  pipeline::SiteSink* sink() { return sink_.get(); }
  // Stores the signs of life of live cameras; null likewise.
  pipeline::SiteSink* camera_watch() { return camera_watch_.get(); }
  // Whether somebody may still ask after the sources have ended.
  bool serves() const { return server_ != nullptr; }
  // The sources have ended: one last round of enrichment and delivery. What is not done stays for the next start.
  void FinishRest();

 private:
  explicit Services(const config::SpotterConfig& config)
      : config_(config.services),
        clips_(config.clips),
        time_zone_(config.gym.time_zone),
        machines_(MachinesOf(config)),
        cameras_of_(CamerasOf(config)) {}
  Result<void> StartApi();
  void StartRelay();
  Result<void> StartEnrichment();
  void StartRetention();
  void ReconcileClips();
  void LookAtRest();
  notify::OutboxRelay MakeRelay(notify::OutboxRelay::Wait wait);

  // Where this process may read clips from.
  std::vector<std::filesystem::path> ClipRoots() const;

  const config::ServiceConfig config_;
  const config::ClipsConfig clips_;
  const std::string time_zone_;  // of the gym
  const std::vector<std::string> machines_;
  const report::MachineCameras cameras_of_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<pipeline::StoreSink> sink_;
  std::unique_ptr<pipeline::CameraWatchSink> camera_watch_;
  std::unique_ptr<store::GroupCommit> ingest_;
  std::unique_ptr<api::EventApi> api_;
  std::unique_ptr<net::HttpServer> server_;
  std::unique_ptr<net::HttpClient> relay_client_;  // used by the relay's thread
  std::unique_ptr<net::HttpClient> model_client_;  // used by the enrichment's thread, as are the next two
  std::unique_ptr<enrich::VisionModel> model_;
  std::unique_ptr<enrich::EnrichmentWorker> enrichment_worker_;
  std::unique_ptr<WorkerThread> relay_;
  std::unique_ptr<WorkerThread> enrichment_;
  std::unique_ptr<WorkerThread> retention_;
};

}  // namespace spotter::app
