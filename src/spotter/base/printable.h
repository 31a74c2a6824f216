// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace spotter {

// The text as a terminal may show it: control characters (C0, DEL, and C1 in UTF-8), which could move the cursor or
// begin a line that nobody wrote, become escapes such as \n and \x1b.
std::string Printable(std::string_view text);

}  // namespace spotter
