// SPDX-License-Identifier: Apache-2.0
#include "spotter/api/byte_range.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace spotter::api {
namespace {

constexpr std::string_view kUnit = "bytes=";

// All of `digits` as a number; a number that is too large is one beyond every file.
std::optional<std::uint64_t> ParseNumber(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::uint64_t number = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return parsed.ec == std::errc() ? number : std::numeric_limits<std::uint64_t>::max();
}

// "-500": the last 500 bytes.
ByteRange Suffix(std::string_view digits, std::uint64_t size) {
  const std::optional<std::uint64_t> wanted = ParseNumber(digits);
  if (!wanted) return {};
  const std::uint64_t length = std::min(*wanted, size);
  if (length == 0) return {.kind = ByteRange::Kind::kUnsatisfiable};
  return {.kind = ByteRange::Kind::kPart, .offset = size - length, .length = length};
}

}  // namespace

ByteRange ParseRange(std::string_view header, std::uint64_t size) {
  if (!header.starts_with(kUnit)) return {};
  header.remove_prefix(kUnit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos) return {};
  if (dash == 0) return Suffix(header.substr(1), size);
  const std::optional<std::uint64_t> first = ParseNumber(header.substr(0, dash));
  const std::string_view last_digits = header.substr(dash + 1);
  const std::optional<std::uint64_t> last =
      last_digits.empty() ? std::numeric_limits<std::uint64_t>::max() : ParseNumber(last_digits);
  if (!first || !last || *last < *first) return {};
  if (*first >= size) return {.kind = ByteRange::Kind::kUnsatisfiable};
  return {.kind = ByteRange::Kind::kPart, .offset = *first, .length = std::min(*last, size - 1) - *first + 1};
}

}  // namespace spotter::api
