// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/printable.h"

#include <iterator>

#include <fmt/format.h>

namespace spotter {
namespace {

constexpr unsigned char kDelete = 0x7F;
constexpr unsigned char kLeadOfC1 = 0xC2;  // of the two bytes of U+0080 to U+00BF in UTF-8
constexpr unsigned char kFirstC1 = 0x80;
constexpr unsigned char kLastC1 = 0x9F;

void AppendEscape(std::string& shown, unsigned char code) {
  switch (code) {
    case '\n':
      shown += "\\n";
      break;
    case '\r':
      shown += "\\r";
      break;
    case '\t':
      shown += "\\t";
      break;
    default:
      fmt::format_to(std::back_inserter(shown), "\\x{:02x}", code);
  }
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string shown;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (byte == kLeadOfC1 && next >= kFirstC1 && next <= kLastC1) {
      AppendEscape(shown, next);
      ++i;
    } else if (byte < ' ' || byte == kDelete) {
      AppendEscape(shown, byte);
    } else {
      shown += text[i];
    }
  }
  return shown;
}

}  // namespace spotter
