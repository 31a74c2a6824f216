// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/floor_event_json.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include <nlohmann/json.hpp>

#include "spotter/base/utc.h"
#include "spotter/codec/event_json.h"
#include "spotter/codec/field_reader.h"

namespace spotter::codec {
namespace {

using json = nlohmann::ordered_json;

constexpr std::size_t kMaxIdBytes = 256;
constexpr std::size_t kMaxPathBytes = 4096;
constexpr std::size_t kMaxMetricsBytes = 1024 * 1024;  // 3,000 repetitions of a set; an HTTP body has no more anyway
constexpr int kMaxDepth = 32;                          // of nested values: a parser must not run out of stack
constexpr double kMaxTime_s = 7'258'118'400;  // NOLINT(readability-identifier-naming): 2200-01-01; ms lie beyond
constexpr std::string_view kCleaningAttempt = "cleaning_attempt";

// The types that the form was made for: every server that speaks it knows them.
constexpr auto kCompatibleTypes = std::to_array<std::string_view>(
    {"machine_occupied_start", "machine_occupied_end", "cleaning_window_open", kCleaningAttempt});

// ---- reading: a wrong field throws a FieldError, which FloorEventFromJson turns into a Result ----

std::string ShortText(const json& object, const char* name, std::size_t max_bytes) {
  std::string text = Text(Field(object, name), name);
  if (text.size() > max_bytes)
    throw FieldError{fmt::format("field '{}' must have at most {} bytes, not {}", name, max_bytes, text.size())};
  return text;
}

std::string Id(const json& object, const char* name) {
  std::string text = ShortText(object, name, kMaxIdBytes);
  if (text.empty()) throw FieldError{fmt::format("field '{}' must not be empty", name)};
  return text;
}

double TimeOf(const json& object, const char* name) {
  const json& value = Field(object, name);
  if (!value.is_number()) throw FieldError{fmt::format("field '{}' must be a number", name)};
  const auto seconds = value.get<double>();
  if (!(seconds >= 0 && seconds <= kMaxTime_s))
    throw FieldError{fmt::format("field '{}' must be seconds since 1970-01-01 UTC (not milliseconds), at most {}", name,
                                 kMaxTime_s)};
  return seconds;
}

bool FlagOr(const json& object, const char* name, bool absent) {
  const auto it = object.find(name);
  return it == object.end() ? absent : Flag(*it, name);
}

// A stream time that only a Spotter sends; what other senders put there is not ours to judge.
std::optional<double> StreamTime(const json& object, const char* name) {
  const auto it = object.find(name);
  if (it == object.end() || !it->is_number()) return std::nullopt;
  return it->get<double>();
}

std::string ReadType(const json& object) {
  const std::string name = ShortText(object, "event_type", kMaxIdBytes);
  std::string type = TypeFromFloorName(name);
  if (!IsFloorFormType(type) || FloorTypeName(type) != name) {
    std::string known;
    for (const auto& floor_type : kCompatibleTypes) known += (known.empty() ? "" : ", ") + FloorTypeName(floor_type);
    throw FieldError{fmt::format("field 'event_type' must be one of {}, or a type of Spotter's own", known)};
  }
  return type;
}

std::string ReadMetrics(const json& object) {
  const auto it = object.find("metrics");
  if (it == object.end() || it->is_null()) return "{}";
  if (!it->is_object()) throw FieldError{"field 'metrics' must be an object"};
  std::string text = it->dump();
  if (text.size() > kMaxMetricsBytes)
    throw FieldError{fmt::format("field 'metrics' must have at most {} bytes", kMaxMetricsBytes)};
  return text;
}

MediaRef ReadMedia(const json& object) {
  const json& value = Field(object, "media");
  if (!value.is_object()) throw FieldError{"field 'media' must be an object"};
  MediaRef media;
  if (value.contains("kind")) media.kind = ShortText(value, "kind", kMaxIdBytes);
  media.path = ShortText(value, "path", kMaxPathBytes);
  if (media.path.find('\0') != std::string::npos) throw FieldError{"field 'media.path' must not hold a zero byte"};
  media.start_ts_utc = TimeOf(value, "start_ts_utc");
  media.end_ts_utc = TimeOf(value, "end_ts_utc");
  if (media.end_ts_utc < media.start_ts_utc)
    throw FieldError{"field 'media.end_ts_utc' must not lie before 'media.start_ts_utc'"};
  return media;
}

EventRecord ReadRecord(const json& value) {
  if (!value.is_object()) throw FieldError{"an event must be a JSON object"};
  EventRecord record;
  record.event_id = Id(value, "event_id");
  record.ts_utc = TimeOf(value, "ts_utc");
  record.gym_id = ShortText(value, "store_id", kMaxIdBytes);
  record.camera_id = ShortText(value, "camera_id", kMaxIdBytes);
  record.person_id = ShortText(value, "person_id", kMaxIdBytes);
  record.track_id = ShortText(value, "track_id", kMaxIdBytes);
  record.type = ReadType(value);
  record.zone_id = ShortText(value, "zone_id", kMaxIdBytes);
  record.data = ReadMetrics(value);
  record.needs_mm = FlagOr(value, "needs_mm", false);
  record.media = ReadMedia(value);
  record.pts_s = StreamTime(value, "pts");
  record.raised_pts_s = StreamTime(value, "raised_pts");
  return record;
}

// Parses with a bound on nesting. Throws json::exception or FieldError.
json ParseBounded(std::string_view body) {
  const auto bounded = [](int depth, json::parse_event_t event, json& /*parsed*/) {
    const bool opens = event == json::parse_event_t::object_start || event == json::parse_event_t::array_start;
    if (opens && depth >= kMaxDepth) throw FieldError{fmt::format("nested deeper than {} values", kMaxDepth)};
    return true;
  };
  return json::parse(body, bounded);
}

// ---- printing ----

std::string Dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

json MediaValue(const MediaRef& media) {
  return {{"kind", media.kind},
          {"path", media.path},
          {"start_ts_utc", media.start_ts_utc},
          {"end_ts_utc", media.end_ts_utc}};
}

json EnvelopeValue(const EventRecord& record) {
  return {{"event_id", record.event_id},
          {"ts_utc", record.ts_utc},
          {"store_id", record.gym_id},
          {"camera_id", record.camera_id},
          {"person_id", record.person_id},
          {"track_id", record.track_id},
          {"event_type", FloorTypeName(record.type)},
          {"zone_id", record.zone_id},
          {"metrics", json::parse(record.data)},
          {"needs_mm", record.needs_mm}};
}

json OptionalValue(const std::optional<std::string>& text) { return text ? json(*text) : json(nullptr); }
json OptionalValue(const std::optional<double>& number) { return number ? json(*number) : json(nullptr); }

}  // namespace

Result<EventRecord> FloorEventFromJson(std::string_view body) {
  try {
    return ReadRecord(ParseBounded(body));
  } catch (const nlohmann::json::exception& error) {
    return MakeError(ErrorCode::kUnreadable, "not valid JSON: {}", error.what());
  } catch (const FieldError& error) {
    return Error{ErrorCode::kInvalidArgument, error.message};
  }
}

bool IsTaken(std::string_view answer, std::string_view event_id) {
  const json value = json::parse(answer, nullptr, /*allow_exceptions=*/false);
  if (!value.is_object()) return false;
  const json status = value.value("status", json());
  const json id = value.value("event_id", json(event_id));
  return (status == "created" || status == "duplicate") && id == event_id;
}

std::string FloorEventId(std::string_view body) {
  try {
    return Id(ParseBounded(body), "event_id");
  } catch (const nlohmann::json::exception&) {
    return "";
  } catch (const FieldError&) {
    return "";
  }
}

std::string FloorEventToJson(const EventRecord& record) {
  json value = EnvelopeValue(record);
  value["media"] = MediaValue(record.media);
  if (record.pts_s) value["pts"] = *record.pts_s;
  if (record.raised_pts_s) value["raised_pts"] = *record.raised_pts_s;
  return Dump(value);
}

std::string StoredFloorEventToJson(const StoredEvent& event) {
  json value = EnvelopeValue(event.record);
  value["mm_status"] = ToString(event.enrichment.status);
  value["mm_description"] = OptionalValue(event.enrichment.description);
  value["mm_labels"] = event.enrichment.labels;
  value["mm_confidence"] = OptionalValue(event.enrichment.confidence);
  value["media"] = MediaValue(event.record.media);
  return Dump(value);
}

std::string StoredEventToJson(const StoredEvent& event) {
  const EventRecord& record = event.record;
  json value = {{"seq", event.seq},
                {"v", 1},
                {"event_id", record.event_id},
                {"type", record.type},
                {"gym_id", record.gym_id},
                {"camera_id", record.camera_id},
                {"occurred_at", FormatUtc(FromUnixSeconds(record.ts_utc))}};
  if (record.pts_s) value["pts"] = *record.pts_s;
  if (record.raised_pts_s) value["raised_pts"] = *record.raised_pts_s;
  if (!record.person_id.empty()) value["person_id"] = record.person_id;
  if (!record.track_id.empty()) value["track_id"] = record.track_id;
  if (!record.zone_id.empty()) value["zone_id"] = record.zone_id;
  value["data"] = json::parse(record.data);
  value["media"] = record.media.path.empty() ? json(nullptr) : MediaValue(record.media);
  value["enrichment"] = {{"status", ToString(event.enrichment.status)},
                         {"description", OptionalValue(event.enrichment.description)},
                         {"labels", event.enrichment.labels},
                         {"confidence", OptionalValue(event.enrichment.confidence)}};
  value["pinned"] = event.pinned;
  return Dump(value);
}

EventRecord ToRecord(const Event& event) {
  const json wire = json::parse(EventToJson(event));
  EventRecord record;
  record.event_id = event.event_id;
  record.type = TypeName(event.data);
  record.gym_id = event.gym_id.value();
  record.camera_id = event.camera_id.value();
  if (event.person_id) record.person_id = event.person_id->value();
  if (event.track_id) record.track_id = std::to_string(event.track_id->value());
  if (event.zone_id) record.zone_id = event.zone_id->value();
  const Pts since_1970 = event.occurred_at ? event.occurred_at->time_since_epoch() : event.pts;
  record.ts_utc = static_cast<double>(since_1970.count()) / 1e6;  // a division gives the nearest double
  record.pts_s = wire.at("pts").get<double>();
  record.raised_pts_s = wire.at("raised_pts").get<double>();
  record.data = wire.at("data").dump();
  record.needs_mm = record.type == kCleaningAttempt;
  record.media.start_ts_utc = record.ts_utc;
  record.media.end_ts_utc = record.ts_utc;
  return record;
}

std::string FloorTypeName(std::string_view type) {
  std::string name(type);
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return name;
}

std::string TypeFromFloorName(std::string_view floor_name) {
  std::string type(floor_name);
  std::ranges::transform(type, type.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return type;
}

bool IsFloorType(std::string_view type) { return type.starts_with("machine_") || type.starts_with("cleaning_"); }

bool IsFloorFormType(std::string_view type) {
  static const std::vector<std::string_view> kEventTypes = EventTypeNames();
  return std::ranges::find(kEventTypes, type) != kEventTypes.end();
}

bool IsCompatibleType(std::string_view type) {
  return std::ranges::find(kCompatibleTypes, type) != kCompatibleTypes.end();
}

std::string_view ToString(MmStatus status) {
  switch (status) {
    case MmStatus::kPending:
      return "PENDING";
    case MmStatus::kSkipped:
      return "SKIPPED";
    case MmStatus::kDone:
      return "DONE";
    case MmStatus::kFailed:
      return "FAILED";
  }
  return "FAILED";
}

}  // namespace spotter::codec
