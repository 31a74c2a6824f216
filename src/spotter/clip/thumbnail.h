// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "spotter/base/result.h"
#include "spotter/clip/cut.h"

namespace spotter::clip {

// Writes a JPEG of what a clip shows near the event: the keyframe nearest to `at`, which costs one picture to decode,
// or where the clip shows no keyframe the picture at `at` itself.
Result<void> WriteThumbnail(const std::string& path, const Cut& cut, Pts at);

}  // namespace spotter::clip
