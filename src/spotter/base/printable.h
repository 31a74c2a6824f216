// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace spotter {

// Whether the character is not seen itself but changes what a terminal does or how the text after it is shown: control
// characters (C0, DEL, C1), line separators, zero-width characters and marks of direction (Unicode TR 36, 3.2).
bool IsControl(char32_t code);

// The text as a terminal may show it: what could move the cursor, turn the direction of writing or begin a line that
// nobody wrote becomes an escape such as \n, \x1b or \u202e, and so do bytes that are no UTF-8.
std::string Printable(std::string_view text);

}  // namespace spotter
