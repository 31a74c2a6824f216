// SPDX-License-Identifier: Apache-2.0
// Any bytes as a spool, and what was readable as a clip: no crash, no hang.
#include <cstddef>
#include <cstdint>
#include <span>

#include "spotter/clip/cut.h"
#include "spotter/clip/spool.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const spotter::Result<spotter::clip::Spool> spool = spotter::clip::ParseSpool(std::as_bytes(std::span(data, size)));
  if (!spool.ok()) return 0;
  const auto packets = spotter::media::ResolveTimes(spool->entries);
  static_cast<void>(spotter::clip::MakeCut(spool->request, packets, "the end").ok());
  return 0;
}
