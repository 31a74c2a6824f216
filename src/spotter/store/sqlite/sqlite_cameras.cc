// SPDX-License-Identifier: Apache-2.0
#include "spotter/store/sqlite/sqlite_cameras.h"

namespace spotter::store {
namespace {

constexpr const char* kSaw =
    "INSERT INTO cameras (camera_id, last_frame_ts_utc) VALUES (?, ?) ON CONFLICT (camera_id) DO UPDATE "
    "SET last_frame_ts_utc = excluded.last_frame_ts_utc WHERE excluded.last_frame_ts_utc > last_frame_ts_utc";

}  // namespace

Result<void> SqliteCameras::SawFrame(const CameraSeen& seen) {
  return writer_.Run([&](Connection& connection) {
    Query upsert(connection, kSaw);
    upsert.Bind(seen.camera_id, seen.last_frame_ts_utc).Execute();
  });
}

Result<std::vector<CameraSeen>> SqliteCameras::LastFrames() {
  return reader_.Run([](Connection& connection) {
    std::vector<CameraSeen> cameras;
    Query select(connection, "SELECT camera_id, last_frame_ts_utc FROM cameras ORDER BY camera_id");
    while (select.Next()) cameras.push_back({select[0].getString(), select[1].getDouble()});
    return cameras;
  });
}

}  // namespace spotter::store
