// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spotter/base/result.h"
#include "spotter/core/clip.h"

namespace spotter::codec {

// The metadata beside a clip (docs/formats/clip.md): one JSON object, a line. Paths are left out; they follow from the
// metadata's own name.
std::string ClipToJson(const ClipDone& clip);

// Unknown fields are ignored. Fails for a text that is no such object.
Result<ClipDone> ClipFromJson(std::string_view text);

}  // namespace spotter::codec
