// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/services.h"

#include <map>
#include <utility>

#include "spotter/app/session.h"
#include "spotter/base/log.h"
#include "spotter/codec/floor_event_json.h"
#include "spotter/store/sqlite/sqlite_store.h"

namespace spotter::app {
namespace {

std::string Bracketed(const std::string& address) {
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

}  // namespace

std::function<bool(std::string_view)> DeliverFilter(const config::RelayConfig& relay) {
  if (relay.url.empty()) return nullptr;
  switch (relay.types) {
    case config::RelayTypes::kAll:
      return [](std::string_view /*type*/) { return true; };
    case config::RelayTypes::kFloor:
      return &codec::IsFloorType;
    case config::RelayTypes::kCompatible:
      return &codec::IsCompatibleType;
  }
  return nullptr;
}

Result<std::set<Role>> ParseRoles(const std::vector<std::string>& names) {
  static const std::map<std::string, Role> kRoles = {{"watch", Role::kWatch},
                                                     {"api", Role::kApi},
                                                     {"relay", Role::kRelay},
                                                     {"enrichment", Role::kEnrichment},
                                                     {"retention", Role::kRetention}};
  std::set<Role> roles;
  for (const std::string& name : names) {
    const auto found = kRoles.find(name);
    if (found == kRoles.end())
      return MakeError(ErrorCode::kInvalidArgument,
                       "'{}' is no role; there are watch, api, relay, enrichment and retention", name);
    roles.insert(found->second);
  }
  if (roles.empty()) {
    for (const auto& [name, role] : kRoles) roles.insert(role);
  }
  return roles;
}

Result<std::unique_ptr<store::Store>> OpenStore(const config::ServiceConfig& config) {
  if (config.store.path.empty())
    return MakeError(ErrorCode::kInvalidArgument,
                     "no event store is configured: add store: {{path: spotter.db}} to the configuration");
  return store::OpenSqliteStore({.path = config.store.path, .deliver = DeliverFilter(config.relay)});
}

Result<std::unique_ptr<store::Store>> OpenExistingStore(const config::ServiceConfig& config) {
  std::error_code failed;
  const bool absent = !config.store.path.empty() && !std::filesystem::exists(config.store.path, failed) && !failed;
  if (absent) return MakeError(ErrorCode::kNotFound, "there is no event store {}", config.store.path);
  return OpenStore(config);
}

std::vector<std::string> MachinesOf(const config::SpotterConfig& config) {
  std::vector<std::string> machines;
  for (const Zone& zone : config.zones) {
    if (zone.kind == ZoneKind::kMachine) machines.push_back(zone.id.value());
  }
  return machines;
}

report::MachineCameras CamerasOf(const config::SpotterConfig& config) {
  report::MachineCameras cameras_of;
  for (const Zone& zone : config.zones) {
    if (zone.kind != ZoneKind::kMachine) continue;
    std::vector<std::string>& ids = cameras_of[zone.id.value()];
    for (const auto& [camera, view] : zone.views) ids.push_back(camera.value());
    if (!ids.empty()) continue;
    for (const auto& camera : config.cameras) {
      if (camera.floor_from_image) ids.push_back(camera.id.value());
    }
  }
  return cameras_of;
}

Result<std::unique_ptr<Services>> Services::Start(const config::SpotterConfig& whole, const std::set<Role>& roles) {
  std::unique_ptr<Services> services(new Services(whole));
  const config::ServiceConfig& config = whole.services;
  if (config.store.path.empty()) return services;
  Result<std::unique_ptr<store::Store>> store = OpenStore(config);
  if (!store.ok()) return store.error();
  services->store_ = std::move(store).value();
  pipeline::StoreSinkOptions sink_options;
  if (whole.clips.mode != config::ClipMode::kOff)
    sink_options = {.clips_dir = whole.clips.dir, .clips = ClipRuleOf(whole.clips)};
  services->sink_ = std::make_unique<pipeline::StoreSink>(services->store_->events(), std::move(sink_options));
  services->camera_watch_ = std::make_unique<pipeline::CameraWatchSink>(services->store_->cameras());
  if (roles.contains(Role::kApi) && !config.api.address.empty()) {
    if (Result<void> started = services->StartApi(); !started.ok()) return started.error();
  }
  if (roles.contains(Role::kRelay) && !config.relay.url.empty()) services->StartRelay();
  if (roles.contains(Role::kEnrichment) && config.enrichment.enabled) {
    if (Result<void> started = services->StartEnrichment(); !started.ok()) return started.error();
  }
  if (roles.contains(Role::kRetention)) services->StartRetention();
  return services;
}

std::vector<std::filesystem::path> Services::ClipRoots() const {
  std::vector<std::filesystem::path> roots(config_.media.allowed_roots.begin(), config_.media.allowed_roots.end());
  if (clips_.mode != config::ClipMode::kOff) roots.emplace_back(clips_.dir);
  return roots;
}

Result<void> Services::StartApi() {
  const Result<std::string> secret = store_->Secret();
  if (!secret.ok()) return secret.error();
  ingest_ = std::make_unique<store::GroupCommit>(store_->events());
  api::EventApiOptions options{
      .token = config_.api.token,
      .trust_loopback = config_.api.trust_loopback,
      .allowed_roots = {config_.media.allowed_roots.begin(), config_.media.allowed_roots.end()},
      .now = &UtcNow,
      .time_zone = time_zone_,
      .machines = machines_,
      .cameras_of = cameras_of_};
  api_ = std::make_unique<api::EventApi>(*store_, *ingest_, *secret, std::move(options));
  net::HttpServerOptions server_options;
  server_options.address = config_.api.address;
  server_options.port = config_.api.port;
  Result<std::unique_ptr<net::HttpServer>> server = net::HttpServer::Start(
      server_options, [api = api_.get()](const net::HttpRequest& request) { return api->Handle(request); });
  if (!server.ok()) return server.error();
  server_ = std::move(server).value();
  LogInfo("API: http://{}:{}", Bracketed(config_.api.address), server_->port());
  return {};
}

}  // namespace spotter::app
