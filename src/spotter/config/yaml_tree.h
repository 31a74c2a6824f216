// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "spotter/base/result.h"

namespace spotter::config {

// Limits of a file; beyond them it is refused, so that no input can exhaust memory or stack.
inline constexpr std::size_t kMaxYamlBytes = 1 << 20;
inline constexpr std::size_t kMaxYamlNodes = 100'000;
inline constexpr std::size_t kMaxYamlDepth = 32;

// One node of a YAML document with its line: the plain data that YamlReader walks. Inside config/ only.
struct YamlTree {
  enum class Kind { kNull, kScalar, kSequence, kMapping };

  Kind kind = Kind::kNull;
  int line = 1;                   // from 1
  std::string text;               // kScalar: what stands there, without quotes
  std::vector<std::string> keys;  // kMapping: keys[i] belongs to children[i]
  std::vector<YamlTree> children;
};

// Parses one document. Refused, each with "name:line: ...": broken syntax, a key given twice, keys that are no plain
// text, aliases (*name), a second document, and what exceeds the limits. An empty text gives a null node.
Result<YamlTree> ParseYamlTree(std::string_view text, std::string_view name);

// A piece of the user's text for a message: short, on one line, without passwords.
std::string ForMessage(std::string_view text, std::size_t max_bytes = 40);

}  // namespace spotter::config
