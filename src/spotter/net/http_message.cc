// SPDX-License-Identifier: Apache-2.0
#include "spotter/net/http_message.h"

#include <algorithm>
#include <cctype>

namespace spotter::net {
namespace {

bool SameIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

std::optional<std::string> HttpRequest::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (SameIgnoringCase(key, name)) return value;
  }
  return std::nullopt;
}

}  // namespace spotter::net
