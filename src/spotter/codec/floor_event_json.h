// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spotter/base/result.h"
#include "spotter/core/event.h"
#include "spotter/core/event_record.h"

namespace spotter::codec {

// The compatible floor form (docs/formats/floor_event.md): what edge boxes, uploaders and dashboards of the floor
// prototype send and read over HTTP. Its type names are UPPER_CASE; an EventRecord's are snake_case.

// Reads the body of POST /ingest/event. Errors name the field: kUnreadable = no JSON, kInvalidArgument = a field is
// missing, wrong, too long, or an event_type that is not known. Unknown fields are ignored.
Result<EventRecord> FloorEventFromJson(std::string_view body);

// The event_id of such a body, whatever else is wrong with it; empty when that, too, cannot be read.
std::string FloorEventId(std::string_view body);

// Whether the answer to such a body says that the event is there now: {"status": "created" or "duplicate"} and, where
// it names one, this event. What else answers with 200 (a login page, another service) has taken nothing.
bool IsTaken(std::string_view answer, std::string_view event_id);

// Such a body, no line break. A receiver that is a Spotter finds stream times in it too; others ignore them.
std::string FloorEventToJson(const EventRecord& record);

// One element of GET /events: exactly the fields that the form has.
std::string StoredFloorEventToJson(const StoredEvent& event);

// One element of GET /api/v1/events: the event as of docs/formats/event.md with "seq", "media" and "enrichment" added.
std::string StoredEventToJson(const StoredEvent& event);

// What is stored of an event that was made here. Without `occurred_at`, the stream began at 1970-01-01T00:00:00Z.
EventRecord ToRecord(const Event& event);

// "CLEANING_ATTEMPT" <-> "cleaning_attempt".
std::string FloorTypeName(std::string_view type);
std::string TypeFromFloorName(std::string_view floor_name);

// Whether a Spotter takes this type (snake_case) in this form: those that the form was made for and ours beside them.
bool IsFloorFormType(std::string_view type);
// Whether it is one of the four that the form was made for, so that every server that speaks it takes it.
bool IsCompatibleType(std::string_view type);
// Whether it is about a machine on the floor.
bool IsFloorType(std::string_view type);

std::string_view ToString(MmStatus status);  // "PENDING"

}  // namespace spotter::codec
