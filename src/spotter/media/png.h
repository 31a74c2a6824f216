// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/base/result.h"
#include "spotter/media/bgr_picture.h"

namespace spotter::media {

// Writes one picture as a PNG file, whole or not at all.
Result<void> WritePng(const std::string& path, const BgrPicture& picture);

}  // namespace spotter::media
