// SPDX-License-Identifier: Apache-2.0
// The commands that send one source through the pipeline and differ only in their sinks: count, record, replay, run.
#include <cstdio>
#include <map>
#include <memory>

#include "spotter/app/command.h"
#include "spotter/app/paths.h"
#include "spotter/app/progress_bar.h"
#include "spotter/app/result_table.h"
#include "spotter/app/session.h"
#include "spotter/base/log.h"
#include "spotter/codec/event_json.h"
#include "spotter/media/url.h"
#include "spotter/pipeline/sinks.h"

namespace spotter::app {
namespace {

enum class Format { kTable, kJson, kCsv, kEvents };

const std::map<std::string, Format> kFormats = {
    {"table", Format::kTable}, {"json", Format::kJson}, {"csv", Format::kCsv}, {"events", Format::kEvents}};

void LogWarnings(const Session& session) {
  for (const std::string& warning : session.warnings()) LogWarning("{}", warning);
  if (session.interrupted()) LogWarning("stopped by a signal: the result covers what was seen until then");
}

// Runs the session with `sink` and a progress bar.
Result<void> RunWithProgress(Session& session, const std::string& label, pipeline::SiteSink& sink) {
  ProgressBar bar(label, session.duration());
  pipeline::ProgressSink progress([&](Pts pts, std::int64_t frames) { bar.Update(pts, frames); });
  return session.Run({&sink, &progress});
}

std::string Print(const FileResult& result, Format format) {
  switch (format) {
    case Format::kJson:
      return codec::FileResultToJson(result) + "\n";
    case Format::kCsv:
      return ResultToCsv(result);
    default:
      return ResultToTable(result);
  }
}

Result<void> CountToResult(Session& session, const std::string& source, Format format) {
  pipeline::ResultSink sink;
  if (Result<void> done = RunWithProgress(session, "count", sink); !done.ok()) return done;
  FileResult result = sink.result();
  result.source = media::RedactUrl(source);
  result.warnings = session.warnings();
  LogWarnings(session);
  std::fputs(Print(result, format).c_str(), stdout);
  if (std::fflush(stdout) != 0)
    return MakeError(ErrorCode::kUnwritable, "the result could not be written to stdout; is the disk full?");
  return {};
}

Result<void> WriteEvents(Session& session, const std::string& label) {
  Result<pipeline::LineWriter> writer = pipeline::LineWriter::Create("-");
  if (!writer.ok()) return writer.error();
  pipeline::EventSink sink(std::move(writer).value());
  if (Result<void> done = RunWithProgress(session, label, sink); !done.ok()) return done;
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
  app.add_option("-f,--format", options->format, "table, json, csv (a row a set) or events (JSON lines)")
      ->transform(CLI::CheckedTransformer(kFormats, CLI::ignore_case))
      ->default_str("table");
  AddSessionOptions(app, options->session);
  return [options]() -> Result<void> {
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
  return [options]() -> Result<void> {
    if (Result<void> other = CheckOtherFile(options->source, options->target); !other.ok()) return other;
    options->session.sources = {options->source};
    Result<std::unique_ptr<Session>> session = Session::Open(options->session);
    if (!session.ok()) return session.error();
    Result<pipeline::LineWriter> writer = pipeline::LineWriter::Create(options->target);
    if (!writer.ok()) return writer.error();
    pipeline::RecordingSink sink(std::move(writer).value());
    if (Result<void> done = RunWithProgress(**session, "record", sink); !done.ok()) return done;
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

CommandAction SetUpRun(CLI::App& app) {
  auto options = std::make_shared<SessionOptions>();
  app.add_option("sources", options->sources,
                 "Video files, rtsp:// addresses, /dev/video*; those of the configuration when none is given");
  AddSessionOptions(app, *options);
  return [options]() -> Result<void> {
    options->wait_for_cameras = true;
    Result<std::unique_ptr<Session>> session = Session::Open(*options);
    if (!session.ok()) return session.error();
    return WriteEvents(**session, "run");
  };
}

}  // namespace spotter::app
