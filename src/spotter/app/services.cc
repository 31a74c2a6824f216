// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/services.h"

#include <map>
#include <thread>
#include <utility>

#include "spotter/base/backoff.h"
#include "spotter/base/log.h"
#include "spotter/codec/floor_event_json.h"
#include "spotter/store/sqlite/sqlite_store.h"

namespace spotter::app {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kRelayPause{300};  // between looks at an empty outbox
constexpr Backoff::Options kAwayPause{.min = milliseconds(1'000), .max = milliseconds(30'000)};

UtcTime Now() { return std::chrono::time_point_cast<UtcTime::duration>(std::chrono::system_clock::now()); }

std::function<bool(std::string_view)> DeliverFilter(const config::RelayConfig& relay) {
  if (relay.url.empty()) return nullptr;
  if (relay.types == config::RelayTypes::kFloor) return [](std::string_view type) { return codec::IsFloorType(type); };
  return [](std::string_view /*type*/) { return true; };
}

std::string IngestAddress(const std::string& url) {
  constexpr std::string_view kRoute = "/ingest/event";
  return url.ends_with(kRoute) ? url : url + std::string(kRoute);
}

net::HttpHeaders Authorization(const std::string& token) {
  if (token.empty()) return {};
  return {{"Authorization", "Bearer " + token}};
}

std::string Bracketed(const std::string& address) {
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

// Says once when the receiver goes away and once when it is back.
class RelayWatch {
 public:
  void Note(const notify::OutboxRelay& relay, notify::OutboxRelay::Outcome outcome) {
    const bool away = outcome == notify::OutboxRelay::Outcome::kAway;
    if (away && !away_) LogWarning("relay: the receiver is away ({}); events wait in the outbox", relay.last_failure());
    if (!away && away_) LogInfo("relay: the receiver is back");
    away_ = away;
  }

 private:
  bool away_ = false;
};

}  // namespace

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

Result<std::unique_ptr<Services>> Services::Start(const config::ServiceConfig& config, const std::set<Role>& roles) {
  std::unique_ptr<Services> services(new Services(config));
  if (config.store.path.empty()) return services;
  Result<std::unique_ptr<store::Store>> store = OpenStore(config);
  if (!store.ok()) return store.error();
  services->store_ = std::move(store).value();
  services->sink_ =
      std::make_unique<pipeline::StoreSink>(services->store_->events(), pipeline::StoreSinkOptions{.clips_dir = {}});
  if (roles.contains(Role::kApi) && !config.api.address.empty()) {
    if (Result<void> started = services->StartApi(); !started.ok()) return started.error();
  }
  if (roles.contains(Role::kRelay) && !config.relay.url.empty()) services->StartRelay();
  return services;
}

Result<void> Services::StartApi() {
  const Result<std::string> secret = store_->Secret();
  if (!secret.ok()) return secret.error();
  ingest_ = std::make_unique<store::GroupCommit>(store_->events());
  api::EventApiOptions options{.token = config_.api.token, .allowed_roots = {}, .now = &Now};
  for (const std::string& root : config_.media.allowed_roots) options.allowed_roots.emplace_back(root);
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
        const Result<notify::OutboxRelay::Outcome> outcome = relay.DeliverWaiting();
        if (!outcome.ok()) {
          LogError("relay: {}", outcome.error().message);
          return backoff.Next();
        }
        watch.Note(relay, *outcome);
        if (*outcome == notify::OutboxRelay::Outcome::kAway || *outcome == notify::OutboxRelay::Outcome::kHeld)
          return backoff.Next();
        backoff.Reset();
        return kRelayPause;
      });
}

void Services::DeliverRest() {
  if (relay_ == nullptr) return;
  relay_.reset();  // its client is ours from here on
  notify::OutboxRelay relay = MakeRelay([](milliseconds wait) {
    std::this_thread::sleep_for(wait);
    return true;
  });
  const Result<notify::OutboxRelay::Outcome> outcome = relay.DeliverWaiting();
  if (!outcome.ok()) LogError("relay: {}", outcome.error().message);
  const Result<store::OutboxCounts> left = store_->outbox().Count();
  if (!left.ok()) return LogError("relay: {}", left.error().message);
  if (left->waiting > 0)
    LogWarning("{} events wait in the outbox for the next start ({})", left->waiting, relay.last_failure());
  if (left->dead > 0) LogWarning("{} events were refused by the receiver: spotter events dead", left->dead);
}

}  // namespace spotter::app
