// SPDX-License-Identifier: Apache-2.0
// `spotter run`: watches sources and runs the services of the configuration, or only some of both.
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "spotter/app/command.h"
#include "spotter/app/progress_bar.h"
#include "spotter/app/services.h"
#include "spotter/app/session.h"
#include "spotter/app/signal_guard.h"
#include "spotter/app/stored_clips.h"
#include "spotter/base/log.h"
#include "spotter/pipeline/sinks.h"
#include "spotter/report/open_uses.h"

namespace spotter::app {
namespace {

struct RunOptions {
  SessionOptions session;
  std::vector<std::string> roles;
  bool exit_at_end = false;
};

Result<void> WatchWith(Session& session, Services& services) {
  Result<pipeline::LineWriter> writer = pipeline::LineWriter::Create("-");
  if (!writer.ok()) return writer.error();
  pipeline::EventSink printed(std::move(writer).value());
  std::vector<pipeline::SiteSink*> sinks;
  if (services.sink() != nullptr) sinks.push_back(services.sink());  // first: what is printed is stored
  if (services.camera_watch() != nullptr && session.live()) sinks.push_back(services.camera_watch());
  sinks.push_back(&printed);
  ProgressBar bar("run", session.duration(), Printing::kLineByLine);
  pipeline::ProgressSink progress([&](Pts pts, std::int64_t frames) { bar.Update(pts, frames); });
  sinks.push_back(&progress);
  if (Result<void> done = session.Run(std::move(sinks)); !done.ok()) return done;
  for (const std::string& warning : session.warnings()) LogWarning("{}", warning);
  return {};
}

// The store as the clip writer sees it; null when nothing is stored.
Result<std::unique_ptr<store::Store>> OpenStoreOfClips(const config::ServiceConfig& services) {
  if (services.store.path.empty()) return std::unique_ptr<store::Store>();
  return OpenStore(services);
}

// A live camera's run goes on where the one before stopped; null = nothing was stored.
Result<void> TakeUpOpenUses(store::Store* store, Session& session) {
  if (store == nullptr || !session.live()) return {};
  Result<std::vector<floor::OpenUse>> uses =
      report::ReadOpenUses(store->events(), MachinesOf(session.config()), UtcNow());
  if (!uses.ok()) return uses.error();
  for (const floor::OpenUse& use : *uses)
    LogInfo("{}: the use that began before the program goes on", use.zone_id.value());
  session.TakeUp(std::move(uses).value());
  return {};
}

Result<void> Watch(RunOptions options, const std::set<Role>& roles) {
  Result<config::SpotterConfig> config = LoadConfig(options.session);
  if (!config.ok()) return config.error();
  const Result<std::unique_ptr<store::Store>> store = OpenStoreOfClips(config->services);
  if (!store.ok()) return store.error();
  std::optional<StoredClips> clips;
  if (*store != nullptr) options.session.clip_observer = &clips.emplace((*store)->events());
  Result<std::unique_ptr<Session>> session = Session::Open(options.session, std::move(config).value());
  if (!session.ok()) return session.error();
  if (Result<void> done = TakeUpOpenUses(store->get(), **session); !done.ok()) return done;
  Result<std::unique_ptr<Services>> services = Services::Start((*session)->config(), roles);
  if (!services.ok()) return services.error();
  Result<void> watched = WatchWith(**session, **services);
  if (clips) clips->Finish();
  if (!watched.ok()) return watched;
  if ((*services)->serves() && !options.exit_at_end && !(*session)->signals().signalled()) {
    LogInfo("the sources have ended; the API stays until Ctrl-C");
    (*session)->signals().WaitForSignal();
  }
  (*services)->FinishRest();
  return {};
}

// Services without sources: a central that others deliver to, or a worker beside one.
Result<void> Serve(const config::SpotterConfig& config, const std::set<Role>& roles) {
  SignalGuard signals;
  if (config.services.store.path.empty())
    return MakeError(ErrorCode::kInvalidArgument,
                     "roles without 'watch' need store: {{path: ...}} in the configuration");
  const Result<std::unique_ptr<Services>> services = Services::Start(config, roles);
  if (!services.ok()) return services.error();
  signals.WaitForSignal();
  return {};
}

Result<void> Run(RunOptions& options) {
  const Result<std::set<Role>> roles = ParseRoles(options.roles);
  if (!roles.ok()) return roles.error();
  options.session.wait_for_cameras = true;
  options.session.clips = true;
  options.session.reload_exercises = true;
  if (roles->contains(Role::kWatch)) return Watch(options, *roles);
  if (!options.session.sources.empty())
    return MakeError(ErrorCode::kInvalidArgument, "sources are watched by the role 'watch', which --roles leaves out");
  const Result<config::SpotterConfig> config = LoadConfig(options.session);
  if (!config.ok()) return config.error();
  return Serve(*config, *roles);
}

}  // namespace

CommandAction SetUpRun(CLI::App& app) {
  auto options = std::make_shared<RunOptions>();
  app.add_option("sources", options->session.sources,
                 "Video files, rtsp:// addresses, /dev/video*; those of the configuration when none is given");
  AddSessionOptions(app, options->session);
  app.add_option("--roles", options->roles,
                 "What this process does of watch, api, relay, enrichment, retention (default: all that is configured)")
      ->delimiter(',')
      ->allow_extra_args(false);  // what stands behind is a source
  app.add_flag("--real-time", options->session.real_time,
               "Play video files at their own speed, as if they were cameras");
  app.add_flag("--exit-at-end", options->exit_at_end, "End with the sources, although an API is configured");
  app.parse_complete_callback([options] {
    if (options->session.sources.empty() && options->session.config_path.empty())
      throw CLI::ValidationError("sources", "name a video or camera, or a configuration with cameras (-c)");
  });
  return [options] { return Run(*options); };
}

}  // namespace spotter::app
