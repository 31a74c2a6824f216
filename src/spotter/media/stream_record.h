// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "spotter/base/bytes.h"
#include "spotter/base/result.h"
#include "spotter/media/demuxer.h"

namespace spotter::media {

// What a decoder and a remuxer need of a stream, in a form for a file that this version of Spotter reads again: codec,
// parameters, time base, orientation, frame rate.
void SaveStream(const VideoStream& stream, ByteWriter& to);
// Fails for bytes that SaveStream has not written.
Result<VideoStream> LoadStream(ByteReader& from);

// Whether packets of both can follow each other in one track: a decoder would not notice.
bool HaveSameParameters(const VideoStream& a, const VideoStream& b);

}  // namespace spotter::media
