// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace spotter {

// CRC-32 (ISO-HDLC, the one of zip and Ethernet): tells a record that was written whole from one that was cut off.
std::uint32_t Crc32(std::span<const std::byte> bytes);

}  // namespace spotter
