// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/yaml_comment.h"

#include <fmt/format.h>

namespace spotter::config {

std::string Commented(std::string_view comment) {
  std::string text;
  while (!comment.empty()) {
    const std::size_t end = comment.find('\n');
    text += fmt::format("# {}\n", comment.substr(0, end));
    comment = end == std::string_view::npos ? std::string_view() : comment.substr(end + 1);
  }
  return text;
}

}  // namespace spotter::config
