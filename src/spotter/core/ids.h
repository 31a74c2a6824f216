// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "spotter/base/strong_id.h"

namespace spotter {

using GymId = StrongId<struct GymIdTag, std::string>;
using CameraId = StrongId<struct CameraIdTag, std::string>;
using ZoneId = StrongId<struct ZoneIdTag, std::string>;
// The subject across tracks (and later across cameras). Made by identity/: "p1", "p2" ... within one run.
using PersonId = StrongId<struct PersonIdTag, std::string>;
// Unique within one camera and one run, never reused; > 0.
using TrackId = StrongId<struct TrackIdTag, std::int64_t>;

}  // namespace spotter
