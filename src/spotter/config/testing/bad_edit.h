// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>

namespace spotter::config::testing {

// `text` with the first `from` replaced. REQUIRES: it is there
inline std::string Edited(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

// An edit that makes a good file a bad one, and a part of what is said of it.
struct BadEdit {
  const char* from;
  const char* to;
  const char* expected;
};
inline void PrintTo(const BadEdit& bad, std::ostream* out) { *out << bad.to; }

}  // namespace spotter::config::testing
