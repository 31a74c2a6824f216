// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace spotter {

// Where an event's picture evidence lies. `path` is as its writer names it (of a delivered event: a path on the
// sender's side); empty = there is none. Times are seconds since 1970-01-01 UTC.
struct MediaRef {
  std::string kind = "CLIP";
  std::string path;
  double start_ts_utc = 0;
  double end_ts_utc = 0;
  bool operator==(const MediaRef&) const = default;
};

// An event at rest: what is stored, delivered to another Spotter and shown by the API, whoever made it. Unlike Event it
// knows no kinds: `data` is the JSON object that the kind adds, so that events of a newer sender are kept whole. Texts
// are UTF-8; ids may hold any characters.
struct EventRecord {
  std::string event_id;
  std::string type;  // snake_case: "machine_occupied_start"
  std::string gym_id;
  std::string camera_id;
  std::string person_id;        // empty = not known
  std::string track_id;         // empty = not known
  std::string zone_id;          // empty = about no zone
  double ts_utc = 0;            // when it truly happened, seconds since 1970-01-01 UTC; as it was sent, never rounded
  std::optional<double> pts_s;  // the same instant as stream time of the camera
  std::optional<double> raised_pts_s;  // stream time at which it became known
  std::string data = "{}";
  bool needs_mm = false;  // somebody (or a model) shall look at the evidence
  MediaRef media;
  bool operator==(const EventRecord&) const = default;
};

// How far the look at an event's evidence is: kPending -> kDone or kFailed; kSkipped when nobody needs to look.
enum class MmStatus { kPending, kSkipped, kDone, kFailed };

// The outcome of that look. The other fields are empty until it is kDone.
struct Enrichment {
  MmStatus status = MmStatus::kSkipped;
  std::optional<std::string> description;
  std::vector<std::string> labels;
  std::optional<double> confidence;  // 0..1
  bool operator==(const Enrichment&) const = default;
};

// A row of the store. `seq` counts up in the order in which events became durable.
struct StoredEvent {
  std::int64_t seq = 0;
  EventRecord record;
  Enrichment enrichment;
  bool pinned = false;  // retention leaves it and its clip alone
};

}  // namespace spotter
