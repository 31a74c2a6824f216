// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spotter::net {

// The target of a request, taken apart and decoded (RFC 3986).
struct RequestTarget {
  std::string path;                   // as sent, still encoded: "/events/8f%2F3c"
  std::vector<std::string> segments;  // decoded: {"events", "8f/3c"}; a slash in an id is no separator
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order

  // The first value of a query parameter; empty when it is absent.
  std::string Parameter(std::string_view name) const;
};

// nullopt for what does not begin with '/', for a broken %-escape and for text that is no UTF-8 once decoded.
std::optional<RequestTarget> ParseTarget(std::string_view target);

// Encodes every byte but letters, digits and "-._~".
std::string PercentEncode(std::string_view text);

}  // namespace spotter::net
