// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/printable.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "spotter/base/utf8.h"

namespace spotter {
namespace {

struct Block {
  char32_t first;
  char32_t last;
};

constexpr auto kControls = std::to_array<Block>({
    {0x00, 0x1F},      // C0
    {0x7F, 0x9F},      // DEL, C1
    {0x61C, 0x61C},    // Arabic letter mark
    {0x200B, 0x200F},  // zero-width, left-to-right and right-to-left marks
    {0x2028, 0x202E},  // line and paragraph separators, embeddings and overrides
    {0x2060, 0x206F},  // invisible operators, isolates
    {0xFEFF, 0xFEFF},  // byte order mark
});

void AppendEscape(std::string& shown, char32_t code) {
  switch (code) {
    case U'\n':
      shown += "\\n";
      break;
    case U'\r':
      shown += "\\r";
      break;
    case U'\t':
      shown += "\\t";
      break;
    default:
      if (code <= 0xFF) {
        fmt::format_to(std::back_inserter(shown), "\\x{:02x}", static_cast<unsigned>(code));
      } else {
        fmt::format_to(std::back_inserter(shown), "\\u{:04x}", static_cast<unsigned>(code));
      }
  }
}

}  // namespace

bool IsControl(char32_t code) {
  return std::ranges::any_of(kControls, [&](const Block& block) { return code >= block.first && code <= block.last; });
}

std::string Printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text[0]);
    const std::optional<Utf8Character> first = FirstCharacter(text);
    const std::size_t bytes = first ? first->bytes : 1;
    if (!first || IsControl(first->code)) {
      AppendEscape(shown, first ? first->code : byte);
    } else {
      shown += text.substr(0, bytes);
    }
    text.remove_prefix(bytes);
  }
  return shown;
}

}  // namespace spotter
