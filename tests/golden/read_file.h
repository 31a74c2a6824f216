// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <sstream>
#include <string>

namespace spotter::golden {

// The whole file below the source tree; a file that is not there reads as an empty text.
inline std::string ReadFile(const std::string& path_in_source) {
  std::ifstream file(std::string(SPOTTER_SOURCE_DIR) + "/" + path_in_source, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  return text.str();
}

}  // namespace spotter::golden
