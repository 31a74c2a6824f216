// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace spotter::config {

// Each line of a text behind "# ", ended by a line break: what stands above a written file.
std::string Commented(std::string_view comment);

}  // namespace spotter::config
