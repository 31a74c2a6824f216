// SPDX-License-Identifier: Apache-2.0
// Private to media/.
#pragma once

#include <cstdint>
#include <string>

#include "spotter/base/result.h"

namespace spotter::media {

// Says how long the one edit of the file's one track lasts, and with it the whole movie; in ticks of the movie. The
// muxer would let it last to the end of the last packet. REQUIRES: a file that Mp4Output has closed, with an edit list
// (ISO/IEC 14496-12: moov/mvhd, moov/trak/tkhd, moov/trak/edts/elst)
Result<void> SetPresentedLength(const std::string& path, std::int64_t ticks);

}  // namespace spotter::media
