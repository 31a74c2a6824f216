// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace spotter {

struct Utf8Character {
  char32_t code = 0;
  std::size_t bytes = 0;  // that it takes in the text
};

// The character that the text begins with; nullopt when it is empty or begins with no well-formed one.
std::optional<Utf8Character> FirstCharacter(std::string_view text);

// Whether the bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
bool IsUtf8(std::string_view text);

}  // namespace spotter
