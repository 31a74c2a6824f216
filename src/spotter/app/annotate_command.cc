// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "spotter/app/command.h"
#include "spotter/app/paths.h"
#include "spotter/app/progress_bar.h"
#include "spotter/app/session.h"
#include "spotter/base/log.h"
#include "spotter/media/url.h"
#include "spotter/pipeline/annotate_sink.h"
#include "spotter/pipeline/sinks.h"

namespace spotter::app {
namespace {

struct Options {
  SessionOptions session;
  std::string source;
  pipeline::AnnotateOptions annotate;
};

// The name of an output tells its format, and only one is written: any other is a mistake to be told at once.
CLI::Validator EndsWith(const std::string& suffix) {
  return {[suffix](const std::string& path) {
            return path.ends_with(suffix) ? std::string() : fmt::format("'{}' does not end in {}", path, suffix);
          },
          suffix};
}

Result<void> Annotate(Options& options) {
  for (const std::string& target : {options.annotate.video_path, options.annotate.contact_sheet_path}) {
    if (Result<void> other = CheckOtherFile(options.source, target); !other.ok()) return other;
  }
  options.session.sources = {options.source};
  options.session.cameras_only = true;
  Result<std::unique_ptr<Session>> session = Session::Open(options.session);
  if (!session.ok()) return session.error();
  options.annotate.zones = (*session)->zone_map();
  options.annotate.title = media::RedactUrl(options.source);
  Result<std::unique_ptr<pipeline::AnnotateSink>> sink = pipeline::AnnotateSink::Create(options.annotate);
  if (!sink.ok()) return sink.error();
  ProgressBar bar("annotate", (*session)->duration(), Printing::kAtTheEnd);
  pipeline::ProgressSink progress([&](Pts pts, std::int64_t frames) { bar.Update(pts, frames); });
  if (Result<void> done = (*session)->Run({sink->get(), &progress}, sink->get()); !done.ok()) return done;
  bar.Clear();
  for (const std::string& warning : (*session)->warnings()) LogWarning("{}", warning);
  return {};
}

}  // namespace

CommandAction SetUpAnnotate(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("source", options->source, "A video file, rtsp:// address or /dev/video*")->required();
  app.add_option("target", options->annotate.video_path, "The video to write (.mp4)")
      ->required()
      ->check(EndsWith(".mp4"));
  app.add_option("--contact-sheet", options->annotate.contact_sheet_path,
                 "Also write a picture (.png) of the whole: frames and angle curves")
      ->check(EndsWith(".png"));
  app.add_flag("--skeleton-only", options->annotate.overlay.skeleton_only,
               "Draw figures on a plain background: no pixel of a person leaves");
  AddSessionOptions(app, options->session);
  AddCameraIdOption(app, options->session);
  return [options] { return Annotate(*options); };
}

}  // namespace spotter::app
