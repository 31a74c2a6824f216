// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/number.h"

#include <iterator>

#include <fmt/format.h>

namespace spotter::codec {

void AppendNumber(std::string& out, double value, int decimals) {
  const std::size_t begin = out.size();
  fmt::format_to(std::back_inserter(out), "{:.{}f}", value, decimals);
  if (decimals > 0) {
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
  }
  if (out.compare(begin, std::string::npos, "-0") == 0) out.erase(begin, 1);
}

void AppendSeconds(std::string& out, std::chrono::microseconds time) {
  const bool negative = time.count() < 0;
  const std::int64_t total = negative ? -time.count() : time.count();
  if (negative) out += '-';
  fmt::format_to(std::back_inserter(out), "{}", total / 1'000'000);
  const std::int64_t fraction = total % 1'000'000;
  if (fraction == 0) return;
  fmt::format_to(std::back_inserter(out), ".{:06}", fraction);
  while (out.back() == '0') out.pop_back();
}

}  // namespace spotter::codec
