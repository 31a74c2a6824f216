// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace spotter::api {

// The part of a body that a Range header asks for (RFC 9110, 14.2).
struct ByteRange {
  enum class Kind {
    kWhole,          // no header, several ranges, another unit or broken syntax: such a header is ignored
    kPart,           // 206
    kUnsatisfiable,  // 416
  };
  Kind kind = Kind::kWhole;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// `size` is that of the whole body in bytes.
ByteRange ParseRange(std::string_view header, std::uint64_t size);

}  // namespace spotter::api
