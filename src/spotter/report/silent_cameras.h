// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "spotter/report/gym_report.h"
#include "spotter/store/camera_repository.h"

namespace spotter::report {

// Ids of the cameras that see each machine.
using MachineCameras = std::map<std::string, std::vector<std::string>>;

// Without a picture for so long a live camera is away: it, its network or its program.
inline constexpr std::chrono::microseconds kSilence{10'000'000};

// What was the state of a machine is not known any more when all the cameras that see it are silent: blind since the
// last picture. A camera that never was live says nothing. `now`: of the report's end.
void BlindTheUnseen(std::span<const store::CameraSeen> cameras,
                    const MachineCameras& cameras_of,
                    UtcTime now,
                    GymReport& report);

}  // namespace spotter::report
