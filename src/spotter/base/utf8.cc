// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/utf8.h"

#include <cstdint>
#include <optional>

namespace spotter {
namespace {

struct Lead {
  std::size_t continuations;  // bytes that follow
  std::uint32_t bits;         // of the code point
  std::uint32_t least;        // code point that needs so many bytes
};

std::optional<Lead> ReadLead(std::uint8_t byte) {
  if (byte < 0x80) return Lead{.continuations = 0, .bits = byte, .least = 0};
  if ((byte & 0xE0) == 0xC0) return Lead{.continuations = 1, .bits = byte & 0x1FU, .least = 0x80};
  if ((byte & 0xF0) == 0xE0) return Lead{.continuations = 2, .bits = byte & 0x0FU, .least = 0x800};
  if ((byte & 0xF8) == 0xF0) return Lead{.continuations = 3, .bits = byte & 0x07U, .least = 0x10000};
  return std::nullopt;
}

bool IsScalarValue(std::uint32_t code) { return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF); }

}  // namespace

bool IsUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::optional<Lead> lead = ReadLead(static_cast<std::uint8_t>(text[i]));
    if (!lead || i + lead->continuations >= text.size()) return false;
    std::uint32_t code = lead->bits;
    for (std::size_t k = 0; k < lead->continuations; ++k) {
      const auto byte = static_cast<std::uint8_t>(text[++i]);
      if ((byte & 0xC0) != 0x80) return false;
      code = code << 6 | (byte & 0x3FU);
    }
    if (code < lead->least || !IsScalarValue(code)) return false;
  }
  return true;
}

}  // namespace spotter
