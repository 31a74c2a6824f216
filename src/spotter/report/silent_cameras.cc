// SPDX-License-Identifier: Apache-2.0
#include "spotter/report/silent_cameras.h"

#include <algorithm>
#include <optional>

#include "spotter/base/utc.h"

namespace spotter::report {
namespace {

// When any of them had its last picture; none where nothing is known of one.
std::optional<UtcTime> LastPicture(std::span<const store::CameraSeen> cameras, const std::vector<std::string>& ids) {
  std::optional<UtcTime> last;
  for (const std::string& id : ids) {
    const auto seen = std::ranges::find(cameras, id, &store::CameraSeen::camera_id);
    if (seen == cameras.end()) return std::nullopt;
    last = std::max(last, std::optional(FromUnixSeconds(seen->last_frame_ts_utc)));
  }
  return last;
}

}  // namespace

void BlindTheUnseen(std::span<const store::CameraSeen> cameras,
                    const MachineCameras& cameras_of,
                    UtcTime now,
                    GymReport& report) {
  for (MachineReport& machine : report.machines) {
    const auto ids = cameras_of.find(machine.zone_id);
    const bool is_seen = machine.now && machine.now->state != MachineState::kBlind;
    if (ids == cameras_of.end() || !is_seen) continue;
    const std::optional<UtcTime> last = LastPicture(cameras, ids->second);
    if (last && now - *last > kSilence) machine.now = MachineStateSince{.since = *last, .state = MachineState::kBlind};
  }
}

}  // namespace spotter::report
