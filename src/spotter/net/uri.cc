// SPDX-License-Identifier: Apache-2.0
#include "spotter/net/uri.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

#include "spotter/base/utf8.h"

namespace spotter::net {
namespace {

// In a query '+' stands for a space (HTML forms), in a path for itself.
enum class Part { kPath, kQuery };

std::optional<std::string> PercentDecode(std::string_view text, Part part) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && part == Part::kQuery) {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      unsigned byte = 0;
      const char* end = text.data() + i + 3;
      if (std::from_chars(text.data() + i + 1, end, byte, 16).ptr != end) return std::nullopt;
      decoded += static_cast<char>(byte);
      i += 2;
    }
  }
  if (!IsUtf8(decoded)) return std::nullopt;
  return decoded;
}

// The text up to `separator`, which is taken off `rest` together with it.
std::string_view TakeUntil(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view piece = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return piece;
}

bool ParseSegments(std::string_view path, std::vector<std::string>& segments) {
  path.remove_prefix(1);
  while (!path.empty()) {
    std::optional<std::string> segment = PercentDecode(TakeUntil(path, '/'), Part::kPath);
    if (!segment) return false;
    segments.push_back(std::move(*segment));
  }
  return true;
}

bool ParseQuery(std::string_view query, std::vector<std::pair<std::string, std::string>>& parameters) {
  while (!query.empty()) {
    std::string_view value = TakeUntil(query, '&');
    if (value.empty()) continue;
    std::optional<std::string> name = PercentDecode(TakeUntil(value, '='), Part::kQuery);
    std::optional<std::string> decoded = PercentDecode(value, Part::kQuery);
    if (!name || !decoded) return false;
    parameters.emplace_back(std::move(*name), std::move(*decoded));
  }
  return true;
}

}  // namespace

std::string RequestTarget::Parameter(std::string_view name) const {
  const auto found = std::ranges::find(query, name, [](const auto& parameter) { return parameter.first; });
  return found == query.end() ? "" : found->second;
}

std::optional<RequestTarget> ParseTarget(std::string_view target) {
  RequestTarget parsed;
  std::string_view rest = target;
  parsed.path = TakeUntil(rest, '?');
  if (!parsed.path.starts_with('/')) return std::nullopt;
  if (!ParseSegments(parsed.path, parsed.segments) || !ParseQuery(rest, parsed.query)) return std::nullopt;
  return parsed;
}

std::string PercentEncode(std::string_view text) {
  constexpr std::string_view kPlain = "-._~";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 0x80 && (std::isalnum(byte) != 0 || kPlain.find(c) != std::string_view::npos);
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return encoded;
}

}  // namespace spotter::net
