// SPDX-License-Identifier: Apache-2.0
// The commands that send one source through the pipeline and differ only in their sinks: count, record, replay.
#include <map>
#include <memory>

#include "spotter/app/command.h"
#include "spotter/app/paths.h"
#include "spotter/app/print_result.h"
#include "spotter/app/progress_bar.h"
#include "spotter/app/result_table.h"
#include "spotter/app/session.h"
#include "spotter/base/log.h"
#include "spotter/codec/event_json.h"
#include "spotter/media/url.h"
#include "spotter/pipeline/sinks.h"

namespace spotter::app {
namespace {

enum class Format { kTable, kReps, kJson, kCsv, kEvents };

const std::map<std::string, Format> kFormats = {{"table", Format::kTable},
                                                {"reps", Format::kReps},
                                                {"json", Format::kJson},
                                                {"csv", Format::kCsv},
                                                {"events", Format::kEvents}};

void LogWarnings(const Session& session) {
  for (const std::string& warning : session.warnings()) LogWarning("{}", warning);
}

// Runs the session with `sink` and a progress bar.
Result<void> RunWithProgress(Session& session, ProgressBar& bar, pipeline::SiteSink& sink) {
  pipeline::ProgressSink progress([&](Pts pts, std::int64_t frames) { bar.Update(pts, frames); });
  return session.Run({&sink, &progress});
}

std::string Print(const FileResult& result, Format format) {
  switch (format) {
    case Format::kJson:
      return codec::FileResultToJson(result) + "\n";
    case Format::kCsv:
      return ResultToCsv(result);
    case Format::kReps:
      return ResultToRepTable(result);
    default:
      return ResultToTable(result);
  }
}

Result<void> CountToResult(Session& session, const std::string& source, Format format) {
  pipeline::ResultSink sink;
  ProgressBar bar("count", session.duration(), Printing::kAtTheEnd);
  if (Result<void> done = RunWithProgress(session, bar, sink); !done.ok()) return done;
  bar.Clear();
  FileResult result = sink.result();
  result.source = media::RedactUrl(source);
  result.warnings = session.warnings();
  LogWarnings(session);
  return PrintResult(Print(result, format));
}

Result<void> WriteEvents(Session& session, const std::string& label) {
  Result<pipeline::LineWriter> writer = pipeline::LineWriter::Create("-");
  if (!writer.ok()) return writer.error();
  pipeline::EventSink sink(std::move(writer).value());
  ProgressBar bar(label, session.duration(), Printing::kLineByLine);
  if (Result<void> done = RunWithProgress(session, bar, sink); !done.ok()) return done;
  LogWarnings(session);
  return {};
}

}  // namespace

CommandAction SetUpCount(CLI::App& app) {
  struct Options {
    SessionOptions session;
    std::string source;
    Format format = Format::kTable;
  };
  auto options = std::make_shared<Options>();
  app.add_option("source", options->source, "A video file, rtsp:// address, /dev/video* or .jsonl recording")
      ->required();
  app.add_option("-f,--format", options->format,
                 "table, reps (every repetition), json, csv (a row a set) or events (JSON lines)")
      ->transform(CLI::CheckedTransformer(kFormats, CLI::ignore_case))
      ->default_str("table");
  AddSessionOptions(app, options->session);
  AddCameraIdOption(app, options->session);
  return [options]() -> Result<void> {
    options->session.clips = true;
    options->session.sources = {options->source};
    Result<std::unique_ptr<Session>> session = Session::Open(options->session);
    if (!session.ok()) return session.error();
    if (options->format == Format::kEvents) return WriteEvents(**session, "count");
    return CountToResult(**session, options->source, options->format);
  };
}

CommandAction SetUpRecord(CLI::App& app) {
  struct Options {
    SessionOptions session;
    std::string source;
    std::string target;
  };
  auto options = std::make_shared<Options>();
  app.add_option("source", options->source, "A video file, rtsp:// address or /dev/video*")->required();
  app.add_option("target", options->target, "The recording to write (.jsonl), - for stdout")->required();
  AddSessionOptions(app, options->session);
  AddCameraIdOption(app, options->session);
  return [options]() -> Result<void> {
    if (Result<void> other = CheckOtherFile(options->source, options->target); !other.ok()) return other;
    options->session.sources = {options->source};
    Result<std::unique_ptr<Session>> session = Session::Open(options->session);
    if (!session.ok()) return session.error();
    Result<pipeline::LineWriter> writer = pipeline::LineWriter::Create(options->target);
    if (!writer.ok()) return writer.error();
    pipeline::RecordingSink sink(std::move(writer).value());
    ProgressBar bar("record", (*session)->duration(),
                    options->target == "-" ? Printing::kLineByLine : Printing::kAtTheEnd);
    if (Result<void> done = RunWithProgress(**session, bar, sink); !done.ok()) return done;
    LogWarnings(**session);
    return {};
  };
}

CommandAction SetUpReplay(CLI::App& app) {
  struct Options {
    SessionOptions session;
    std::string source;
  };
  auto options = std::make_shared<Options>();
  app.add_option("recording", options->source, "A .jsonl recording made by `spotter record`")->required();
  AddSessionOptions(app, options->session);
  return [options]() -> Result<void> {
    options->session.sources = {options->source};
    options->session.recordings_only = true;
    Result<std::unique_ptr<Session>> session = Session::Open(options->session);
    if (!session.ok()) return session.error();
    return WriteEvents(**session, "replay");
  };
}

}  // namespace spotter::app
