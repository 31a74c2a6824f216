// SPDX-License-Identifier: Apache-2.0
// `spotter events`: looks into the event store from the command line and brings events in from a file.
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "spotter/app/command.h"
#include "spotter/app/print_result.h"
#include "spotter/app/services.h"
#include "spotter/app/session.h"
#include "spotter/base/log.h"
#include "spotter/base/printable.h"
#include "spotter/base/utc.h"
#include "spotter/codec/floor_event_json.h"
#include "spotter/core/event.h"
#include "spotter/pipeline/sinks.h"
#include "spotter/store/store.h"

namespace spotter::app {
namespace {

constexpr int kPage = 500;
constexpr int kMaxDeadShown = 10'000;
constexpr std::size_t kImportBatch = 500;

struct EventsOptions {
  SessionOptions session;  // only its configuration file is used
  std::string store_path;  // in place of the configured one
  std::string type;
  std::string camera_id;
  std::string zone_id;
  std::string since;
  std::string until;
  int limit = 50;
  bool as_json = false;
  bool retry = false;
  std::string event_id;
  std::string file;
};

Result<config::ServiceConfig> ReadServices(const EventsOptions& options) {
  Result<config::SpotterConfig> config = LoadConfig(options.session);
  if (!config.ok()) return config.error();
  if (!options.store_path.empty()) config->services.store.path = options.store_path;
  return std::move(config->services);
}

Result<std::unique_ptr<store::Store>> Open(const EventsOptions& options) {
  const Result<config::ServiceConfig> services = ReadServices(options);
  if (!services.ok()) return services.error();
  return OpenExistingStore(*services);
}

// What is wrong with the name of a type, in either form; empty = nothing.
std::string ComplainAboutType(const std::string& text) {
  if (codec::IsFloorFormType(codec::TypeFromFloorName(text))) return "";
  return fmt::format("'{}' is no type of event; there are {}", Printable(text), fmt::join(EventTypeNames(), ", "));
}

Result<std::optional<double>> ReadTime(const std::string& text) {
  if (text.empty()) return std::optional<double>();
  const std::optional<UtcTime> time = ParseUtc(text);
  if (!time) return MakeError(ErrorCode::kInvalidArgument, "'{}' is no UTC time such as 2026-03-01T10:00:00Z", text);
  return std::optional<double>(UnixSeconds(*time));
}

Result<store::EventQuery> ReadQuery(const EventsOptions& options) {
  const Result<std::optional<double>> since = ReadTime(options.since);
  if (!since.ok()) return since.error();
  const Result<std::optional<double>> until = ReadTime(options.until);
  if (!until.ok()) return until.error();
  return store::EventQuery{.type = codec::TypeFromFloorName(options.type),
                           .camera_id = options.camera_id,
                           .zone_id = options.zone_id,
                           .start_ts = *since,
                           .end_ts = *until,
                           .after = {},
                           .limit = kPage};
}

// Hands at most `limit` events to `visit`, newest first, page by page.
Result<void> ForEach(store::Store& store,
                     store::EventQuery query,
                     int limit,
                     const std::function<Result<void>(const StoredEvent&)>& visit) {
  while (limit > 0) {
    query.limit = std::min(limit, kPage);
    const Result<std::vector<StoredEvent>> page = store.events().List(query);
    if (!page.ok()) return page.error();
    for (const StoredEvent& event : *page) {
      if (Result<void> visited = visit(event); !visited.ok()) return visited;
    }
    limit -= static_cast<int>(page->size());
    if (std::ssize(*page) < query.limit) break;
    query.after = store::EventCursor{.ts_utc = page->back().record.ts_utc, .seq = page->back().seq};
  }
  return {};
}

std::string Columns(const std::array<std::string, 8>& cells) {
  return fmt::format("{:<27} {:<24} {:<12} {:<16} {:<8} {:<8} {:<6} {}", cells[0], cells[1], cells[2], cells[3],
                     cells[4], cells[5], cells[6], cells[7]);
}

std::string Row(const StoredEvent& event) {
  const EventRecord& record = event.record;
  const std::string time = FormatUtc(FromUnixSeconds(record.ts_utc));
  const auto shown = [](const std::string& id) { return id.empty() ? "-" : Printable(id); };  // senders chose it
  return Columns({time, record.type, shown(record.camera_id), shown(record.zone_id), shown(record.person_id),
                  std::string(codec::ToString(event.enrichment.status)), event.pinned ? "pinned" : "-",
                  shown(record.event_id)});
}

Result<void> List(const EventsOptions& options) {
  const Result<std::unique_ptr<store::Store>> store = Open(options);
  if (!store.ok()) return store.error();
  const Result<store::EventQuery> query = ReadQuery(options);
  if (!query.ok()) return query.error();
  Result<pipeline::LineWriter> out = pipeline::LineWriter::Create("-");
  if (!out.ok()) return out.error();
  if (!options.as_json) {
    const std::string header = Columns({"time", "type", "camera", "zone", "person", "evidence", "kept", "id"});
    if (Result<void> written = out->Write(header); !written.ok()) return written;
  }
  const auto print = [&](const StoredEvent& event) {
    return out->Write(options.as_json ? codec::StoredEventToJson(event) : Row(event));
  };
  if (Result<void> done = ForEach(**store, *query, options.limit, print); !done.ok()) return done;
  return out->Close();
}

Result<void> Show(const EventsOptions& options) {
  const Result<std::unique_ptr<store::Store>> store = Open(options);
  if (!store.ok()) return store.error();
  const Result<std::optional<StoredEvent>> event = (*store)->events().Find(options.event_id);
  if (!event.ok()) return event.error();
  if (!*event) return MakeError(ErrorCode::kNotFound, "no event has the id '{}'", options.event_id);
  return PrintResult(codec::StoredEventToJson(**event) + "\n");
}

Result<void> SetPinned(const EventsOptions& options, bool pinned) {
  const Result<std::unique_ptr<store::Store>> store = Open(options);
  if (!store.ok()) return store.error();
  return (*store)->events().SetPinned(options.event_id, pinned);
}

Result<void> Pin(const EventsOptions& options) { return SetPinned(options, true); }
Result<void> Unpin(const EventsOptions& options) { return SetPinned(options, false); }

// Whether both name one file, be it there or not.
bool IsSameFile(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code failed;
  return std::filesystem::weakly_canonical(a, failed) == std::filesystem::weakly_canonical(b, failed);
}

Result<void> RefuseStoreAsOutput(const std::string& file, const std::string& store_path) {
  for (const char* suffix : {"", "-wal", "-shm", "-relay"}) {
    if (file != "-" && IsSameFile(file, store_path + suffix))
      return MakeError(ErrorCode::kInvalidArgument, "{} belongs to the store itself; name another file", file);
  }
  return {};
}

// The export is an outbox file of the compatible form, oldest first: what `import` reads.
Result<void> Export(const EventsOptions& options) {
  const Result<config::ServiceConfig> services = ReadServices(options);
  if (!services.ok()) return services.error();
  const Result<std::unique_ptr<store::Store>> store = OpenExistingStore(*services);
  if (!store.ok()) return store.error();
  if (Result<void> free = RefuseStoreAsOutput(options.file, services->store.path); !free.ok()) return free;
  Result<pipeline::LineWriter> out = pipeline::LineWriter::Create(options.file);
  if (!out.ok()) return out.error();
  std::int64_t last_seq = 0;
  while (true) {
    const Result<std::vector<StoredEvent>> page = (*store)->events().ListAfter(last_seq, {.limit = kPage});
    if (!page.ok()) return page.error();
    if (page->empty()) break;
    for (const StoredEvent& event : *page) {
      if (Result<void> written = out->Write(codec::FloorEventToJson(event.record)); !written.ok()) return written;
    }
    last_seq = page->back().seq;
  }
  return out->Close();
}

// Queues what was stored before there was a receiver, or what a receiver lost: it knows an event by its id. Dead
// letters stay aside.
Result<void> Send(const EventsOptions& options) {
  const Result<config::ServiceConfig> services = ReadServices(options);
  if (!services.ok()) return services.error();
  const auto is_delivered = DeliverFilter(services->relay);
  if (is_delivered == nullptr)
    return MakeError(ErrorCode::kInvalidArgument,
                     "no receiver is configured: name a configuration with relay: {{url: ...}} (-c)");
  const Result<std::unique_ptr<store::Store>> store = OpenExistingStore(*services);
  if (!store.ok()) return store.error();
  const Result<store::EventQuery> query = ReadQuery(options);
  if (!query.ok()) return query.error();
  std::int64_t queued = 0;
  for (std::int64_t last_seq = 0;;) {
    const Result<std::vector<StoredEvent>> page = (*store)->events().ListAfter(last_seq, *query);
    if (!page.ok()) return page.error();
    if (page->empty()) break;
    last_seq = page->back().seq;
    std::vector<std::int64_t> seqs;
    for (const StoredEvent& event : *page) {
      if (is_delivered(event.record.type)) seqs.push_back(event.seq);
    }
    const Result<std::int64_t> added = (*store)->outbox().Add(seqs);
    if (!added.ok()) return added.error();
    queued += *added;
  }
  LogInfo("{} events queued; the relay sends them", queued);
  const Result<store::OutboxCounts> counts = (*store)->outbox().Count();
  if (!counts.ok()) return counts.error();
  if (counts->dead > 0) LogInfo("{} that the receiver refused stay aside: spotter events dead --retry", counts->dead);
  return {};
}

// What an import did.
struct ImportCounts {
  std::int64_t created = 0;
  std::int64_t duplicate = 0;
  std::int64_t broken = 0;
};

Result<void> StoreBatch(store::Store& store, std::vector<EventRecord>& batch, ImportCounts& counts) {
  const Result<std::vector<store::AppendOutcome>> outcomes = store.events().Append(batch);
  if (!outcomes.ok()) return outcomes.error();
  for (const store::AppendOutcome outcome : *outcomes)
    ++(outcome == store::AppendOutcome::kCreated ? counts.created : counts.duplicate);
  batch.clear();
  return {};
}

Result<ImportCounts> ImportLines(std::istream& in, const std::string& name, store::Store& store) {
  ImportCounts counts;
  std::vector<EventRecord> batch;
  std::int64_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    Result<EventRecord> record = codec::FloorEventFromJson(line);
    if (!record.ok()) {
      LogWarning("{}:{}: {}", name, number, record.error().message);
      ++counts.broken;
      continue;
    }
    batch.push_back(std::move(record).value());
    if (batch.size() < kImportBatch) continue;
    if (Result<void> stored = StoreBatch(store, batch, counts); !stored.ok()) return stored.error();
  }
  if (Result<void> stored = StoreBatch(store, batch, counts); !stored.ok()) return stored.error();
  return counts;
}

Result<void> Import(const EventsOptions& options) {
  std::ifstream file;
  if (options.file != "-") {
    std::error_code failed;
    if (std::filesystem::is_directory(options.file, failed))
      return MakeError(ErrorCode::kInvalidArgument, "{} is a folder; name an outbox file", options.file);
    file.open(options.file);
    if (!file) return MakeError(ErrorCode::kNotFound, "{} cannot be opened for reading", options.file);
  }
  const Result<config::ServiceConfig> services = ReadServices(options);
  if (!services.ok()) return services.error();
  const Result<std::unique_ptr<store::Store>> store = OpenStore(*services);
  if (!store.ok()) return store.error();
  const Result<ImportCounts> counts = ImportLines(options.file == "-" ? std::cin : file, options.file, **store);
  if (!counts.ok()) return counts.error();
  if (counts->broken > 0 && counts->created + counts->duplicate == 0)
    return MakeError(ErrorCode::kUnreadable, "{} holds no event that could be read: all of its {} lines are broken",
                     options.file, counts->broken);
  if (counts->created > 0 && DeliverFilter(services->relay) == nullptr)
    LogInfo(
        "stored, not queued for delivery: name a configuration with a receiver (-c), or send them later: events send");
  if (counts->broken > 0) LogWarning("{} broken lines of {} were left out", counts->broken, options.file);
  return PrintResult(fmt::format("{{\"created\":{},\"duplicate\":{},\"broken\":{}}}\n", counts->created,
                                 counts->duplicate, counts->broken));
}

Result<void> Dead(const EventsOptions& options) {
  const Result<std::unique_ptr<store::Store>> store = Open(options);
  if (!store.ok()) return store.error();
  if (options.retry) {
    const Result<std::int64_t> revived = (*store)->outbox().Revive();
    if (!revived.ok()) return revived.error();
    LogInfo("{} dead letters wait for delivery again", *revived);
    return {};
  }
  const Result<std::vector<store::OutboxEntry>> entries = (*store)->outbox().DeadLetters(kMaxDeadShown);
  if (!entries.ok()) return entries.error();
  std::string rows;
  for (const store::OutboxEntry& entry : *entries)
    rows += fmt::format("{}  {}\n", Row(entry.event), Printable(entry.last_error));
  return PrintResult(rows);
}

using Subcommand = Result<void> (*)(const EventsOptions& options);

}  // namespace

CommandAction SetUpEvents(CLI::App& app) {
  auto options = std::make_shared<EventsOptions>();
  auto chosen = std::make_shared<Subcommand>(nullptr);
  const auto add = [&](const char* name, const char* summary, Subcommand action) {
    CLI::App* sub = app.add_subcommand(name, summary);
    sub->fallthrough();
    sub->callback([chosen, action] { *chosen = action; });
    return sub;
  };
  const auto add_filters = [&](CLI::App& sub) {
    sub.add_option("--type", options->type, "Only this type, such as cleaning_attempt")
        ->check(CLI::Validator(&ComplainAboutType, "TYPE"));
    sub.add_option("--camera", options->camera_id, "Only of this camera");
    sub.add_option("--zone", options->zone_id, "Only of this zone");
    sub.add_option("--since", options->since, "Only from this UTC time on, e.g. 2026-03-01T10:00:00Z");
    sub.add_option("--until", options->until, "Only up to this UTC time");
  };
  app.require_subcommand(1);
  app.add_option("-c,--config", options->session.config_path, "Configuration file whose store to use");
  app.add_option("--store", options->store_path, "The store's file, in place of the configured one");
  CLI::App* list = add("list", "Print events, newest first", &List);
  add_filters(*list);
  list->add_option("--limit", options->limit, "At most so many (default 50)")->check(CLI::PositiveNumber);
  list->add_flag("--json", options->as_json, "JSON lines instead of a table");
  add("show", "Print one event as JSON", &Show)->add_option("id", options->event_id, "Its event_id")->required();
  add("pin", "Keep an event and its clip from retention", &Pin)
      ->add_option("id", options->event_id, "Its event_id")
      ->required();
  add("unpin", "Leave a pinned event to retention again", &Unpin)
      ->add_option("id", options->event_id, "Its event_id")
      ->required();
  add("export", "Write all events as JSON lines that `import` reads, oldest first", &Export)
      ->add_option("file", options->file, "File to write, - for stdout")
      ->default_val("-");
  add("import", "Store the events of a JSON lines outbox; broken lines are named and left out", &Import)
      ->add_option("file", options->file, "File to read, - for stdin")
      ->required();
  add_filters(
      *add("send", "Queue stored events for the configured receiver, those from before there was one, too", &Send));
  add("dead", "Print the events that the receiver refused, with its reasons", &Dead)
      ->add_flag("--retry", options->retry, "Deliver them again instead");
  return [options, chosen] { return (*chosen)(*options); };
}

}  // namespace spotter::app
