// SPDX-License-Identifier: Apache-2.0
// Private to media/.
#pragma once

#include "spotter/base/result.h"

struct AVInputFormat;

namespace spotter::media {

// libav's input format for /dev/video* (Video4Linux2). libavdevice is loaded at the first call: it drags in over eighty
// libraries (sound, windows, OpenGL), which would cost every other run 16 MB and 0.15 s of start-up.
Result<const AVInputFormat*> CameraDeviceFormat();

}  // namespace spotter::media
