// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/base/result.h"
#include "spotter/core/frame.h"
#include "spotter/media/bgr_picture.h"

namespace spotter::media {

// A frame as JPEG; a wider one is made `max_width` pixels wide.
Result<std::string> EncodeJpeg(const Frame& frame, int max_width);

// Writes a frame as a JPEG file, whole or not at all; a wider one is made `max_width` pixels wide.
Result<void> WriteJpeg(const std::string& path, const Frame& frame, int max_width);
Result<void> WriteJpeg(const std::string& path, const BgrPicture& picture);

}  // namespace spotter::media
