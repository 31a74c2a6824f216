// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spotter/core/event_record.h"
#include "spotter/store/sqlite/connection.h"

namespace spotter::store {

// What the repositories share about rows of the table `events`.

// The columns that ReadEvent takes, in its order, of the table alias `e`.
inline constexpr const char* kEventColumns =
    "e.seq, e.event_id, e.type, e.gym_id, e.camera_id, e.person_id, e.track_id, e.zone_id, e.ts_utc, e.pts_s, "
    "e.raised_pts_s, e.data, e.needs_mm, e.media_kind, e.media_path, e.media_start_ts_utc, e.media_end_ts_utc, "
    "e.mm_status, e.mm_description, e.mm_labels, e.mm_confidence, e.pinned";
inline constexpr int kEventColumnCount = 22;

StoredEvent ReadEvent(Query& row);
std::string LabelsToText(const std::vector<std::string>& labels);

}  // namespace spotter::store
