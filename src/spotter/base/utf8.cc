// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/utf8.h"

#include <cstdint>

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

std::optional<Utf8Character> FirstCharacter(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const std::optional<Lead> lead = ReadLead(static_cast<std::uint8_t>(text[0]));
  if (!lead || text.size() <= lead->continuations) return std::nullopt;
  std::uint32_t code = lead->bits;
  for (const char next : text.substr(1, lead->continuations)) {
    const auto byte = static_cast<std::uint8_t>(next);
    if ((byte & 0xC0) != 0x80) return std::nullopt;
    code = code << 6 | (byte & 0x3FU);
  }
  if (code < lead->least || !IsScalarValue(code)) return std::nullopt;
  return Utf8Character{.code = code, .bytes = 1 + lead->continuations};
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const std::optional<Utf8Character> first = FirstCharacter(text);
    if (!first) return false;
    text.remove_prefix(first->bytes);
  }
  return true;
}

}  // namespace spotter
