// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/sqlite/rows.h"

#include <optional>

#include <nlohmann/json.hpp>

namespace spotter::store {
namespace {

std::optional<double> OptionalNumber(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return column.getDouble();
}

std::optional<std::string> OptionalText(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return column.getString();
}

MmStatus StatusFromText(std::string_view text) {
  if (text == "PENDING") return MmStatus::kPending;
  if (text == "SKIPPED") return MmStatus::kSkipped;
  return text == "DONE" ? MmStatus::kDone : MmStatus::kFailed;
}

// What this program wrote is always an array of texts; anything else in a damaged row is no labels.
std::vector<std::string> LabelsFromText(const std::string& text) {
  std::vector<std::string> labels;
  const nlohmann::json list = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  for (const nlohmann::json& label : list) {
    if (label.is_string()) labels.push_back(label.get<std::string>());
  }
  return labels;
}

}  // namespace

StoredEvent ReadEvent(Query& row) {
  StoredEvent event;
  event.seq = row[0].getInt64();
  EventRecord& record = event.record;
  record.event_id = row[1].getString();
  record.type = row[2].getString();
  record.gym_id = row[3].getString();
  record.camera_id = row[4].getString();
  record.person_id = row[5].getString();
  record.track_id = row[6].getString();
  record.zone_id = row[7].getString();
  record.ts_utc = row[8].getDouble();
  record.pts_s = OptionalNumber(row[9]);
  record.raised_pts_s = OptionalNumber(row[10]);
  record.data = row[11].getString();
  record.needs_mm = row[12].getInt() != 0;
  record.media.kind = row[13].getString();
  record.media.path = row[14].getString();
  record.media.start_ts_utc = row[15].getDouble();
  record.media.end_ts_utc = row[16].getDouble();
  event.enrichment.status = StatusFromText(row[17].getString());
  event.enrichment.description = OptionalText(row[18]);
  event.enrichment.labels = LabelsFromText(row[19].getString());
  event.enrichment.confidence = OptionalNumber(row[20]);
  event.pinned = row[21].getInt() != 0;
  return event;
}

std::string LabelsToText(const std::vector<std::string>& labels) {
  return nlohmann::json(labels).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace spotter::store
