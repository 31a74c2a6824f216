// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/base/output_file.h"
#include "spotter/base/result.h"
#include "spotter/media/bgr_picture.h"

namespace spotter::media {

// Writes one picture as PNG and commits the file.
Result<void> WritePng(OutputFile file, const BgrPicture& picture);

}  // namespace spotter::media
