// SPDX-License-Identifier: Apache-2.0
// `spotter report`: what the events say about the machines, from the store or from one source played now.
#include <memory>
#include <string>

#include "spotter/app/command.h"
#include "spotter/app/print_result.h"
#include "spotter/app/progress_bar.h"
#include "spotter/app/report_table.h"
#include "spotter/app/services.h"
#include "spotter/app/session.h"
#include "spotter/base/log.h"
#include "spotter/base/utc.h"
#include "spotter/codec/floor_event_json.h"
#include "spotter/pipeline/sinks.h"
#include "spotter/report/gym_report.h"
#include "spotter/report/read_machine_log.h"

namespace spotter::app {
namespace {

constexpr std::chrono::hours kDefaultPeriod{7 * 24};

struct ReportOptions {
  SessionOptions session;
  std::string source;
  std::string store_path;  // in place of the configured one
  std::string from;
  std::string to;
  bool hours = false;
  bool people = false;
  bool as_json = false;
};

// Fills a log from the events of a run and remembers which time it covers.
class MachineLogSink : public pipeline::SiteSink {
 public:
  explicit MachineLogSink(report::MachineLog& log) : log_(log) {}
  Result<void> Consume(const pipeline::SiteOutput& output) override {
    Add(output.events);
    const UtcTime at = output.scene.captured_at.value_or(UtcTime(output.scene.pts));
    if (!first_) first_ = at;
    last_ = std::max(at, last_.value_or(at));
    return {};
  }
  // With the last frame machines go out of sight, which is nothing that happened to them.
  Result<void> Finish(std::span<const Event> /*events*/) override { return {}; }
  floor::UtcSpan period() const {
    return {first_.value_or(UtcTime{}), last_.value_or(UtcTime{}) + std::chrono::microseconds{1}};
  }

 private:
  void Add(std::span<const Event> events) {
    for (const Event& event : events) {
      if (event.zone_id) log_.Add(codec::ToRecord(event));
    }
  }

  report::MachineLog& log_;
  std::optional<UtcTime> first_;
  std::optional<UtcTime> last_;
};

// A UTC time, or a day of the gym's calendar: its midnight.
Result<UtcTime> ReadTime(const std::string& text, const TimeZone& zone) {
  if (const std::optional<UtcTime> time = ParseUtc(text)) return *time;
  const std::optional<UtcTime> midnight = ParseUtc(text + "T00:00:00Z");
  if (!midnight)
    return MakeError(ErrorCode::kInvalidArgument,
                     "'{}' is neither a day such as 2026-03-01 nor a UTC time such as 2026-03-01T10:00:00Z", text);
  const UtcTime about = *midnight - zone.OffsetAt(*midnight).local_minus_utc;
  return *midnight - zone.OffsetAt(about).local_minus_utc;  // the clocks may change in between
}

Result<floor::UtcSpan> ReadPeriod(const ReportOptions& options, const TimeZone& zone) {
  floor::UtcSpan period{.start = {}, .end = UtcNow()};
  if (!options.to.empty()) {
    const Result<UtcTime> end = ReadTime(options.to, zone);
    if (!end.ok()) return end.error();
    period.end = *end;
  }
  period.start = period.end - kDefaultPeriod;
  if (!options.from.empty()) {
    const Result<UtcTime> start = ReadTime(options.from, zone);
    if (!start.ok()) return start.error();
    period.start = *start;
  }
  if (period.start > period.end) return MakeError(ErrorCode::kInvalidArgument, "--from must not lie behind --to");
  return period;
}

Result<report::GymReport> OfStore(const ReportOptions& options,
                                  const config::SpotterConfig& config,
                                  const TimeZone& zone) {
  const Result<floor::UtcSpan> period = ReadPeriod(options, zone);
  if (!period.ok()) return period.error();
  config::ServiceConfig services = config.services;
  if (!options.store_path.empty()) services.store.path = options.store_path;
  const Result<std::unique_ptr<store::Store>> store = OpenExistingStore(services);
  if (!store.ok()) return store.error();
  const Result<report::MachineLog> log = report::ReadMachineLog((*store)->events(), *period, MachinesOf(config));
  if (!log.ok()) return log.error();
  return report::MakeReport(*log, *period, zone);
}

Result<report::GymReport> OfSource(ReportOptions& options, const TimeZone& zone) {
  options.session.sources = {options.source};
  const Result<std::unique_ptr<Session>> session = Session::Open(options.session);
  if (!session.ok()) return session.error();
  report::MachineLog log;
  for (const std::string& machine : MachinesOf((*session)->config())) log.AddMachine(machine);
  MachineLogSink sink(log);
  ProgressBar bar("report", (*session)->duration(), Printing::kAtTheEnd);
  pipeline::ProgressSink progress([&](Pts pts, std::int64_t frames) { bar.Update(pts, frames); });
  if (Result<void> done = (*session)->Run({&sink, &progress}); !done.ok()) return done.error();
  bar.Clear();
  for (const std::string& warning : (*session)->warnings()) LogWarning("{}", warning);
  return report::MakeReport(log, sink.period(), zone);
}

Result<void> Report(ReportOptions& options) {
  const Result<config::SpotterConfig> config = LoadConfig(options.session);
  if (!config.ok()) return config.error();
  const Result<TimeZone> zone = TimeZone::Load(config->gym.time_zone);
  if (!zone.ok()) return zone.error();
  const Result<report::GymReport> report =
      options.source.empty() ? OfStore(options, *config, *zone) : OfSource(options, *zone);
  if (!report.ok()) return report.error();
  if (options.as_json) return PrintResult(report::GymReportToJson(*report, config->gym.time_zone) + "\n");
  std::string text = MachineTable(*report, *zone);
  if (options.hours) text += "\n" + HoursTable(*report);
  if (options.people) text += "\n" + PeopleTable(*report, *zone);
  return PrintResult(text);
}

}  // namespace

CommandAction SetUpReport(CLI::App& app) {
  auto options = std::make_shared<ReportOptions>();
  app.add_option("source", options->source, "A recording or video to report on; without it, the configured store");
  AddSessionOptions(app, options->session);
  app.add_option("--store", options->store_path, "The store's file, in place of the configured one");
  app.add_option("--from", options->from,
                 "Begin: a day of the gym's calendar or a UTC time (default: a week before --to)");
  app.add_option("--to", options->to, "End, not included: likewise (default: now)");
  app.add_flag("--hours", options->hours, "Also the share in use of each hour of the week");
  app.add_flag("--people", options->people, "Also each use with the people in it and how long they were there");
  app.add_flag("--json", options->as_json, "All of it as one JSON object (docs/formats/report.md)");
  return [options] { return Report(*options); };
}

}  // namespace spotter::app
