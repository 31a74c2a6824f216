// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/utc.h"

#include <charconv>

#include <fmt/format.h>

namespace spotter {
namespace {

using std::chrono::microseconds;

// Reads exactly `digits` decimal digits at `at` and moves behind them.
std::optional<int> ReadNumber(std::string_view text, std::size_t& at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  int value = 0;
  const char* begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + digits, value);
  if (error != std::errc() || end != begin + digits || *begin == '-') return std::nullopt;
  at += digits;
  return value;
}

bool Skip(std::string_view text, std::size_t& at, char expected) {
  if (at >= text.size() || text[at] != expected) return false;
  ++at;
  return true;
}

// ".25" -> 250000; nothing -> 0. Digits beyond microseconds are cut off.
std::optional<microseconds> ReadFraction(std::string_view text, std::size_t& at) {
  if (!Skip(text, at, '.')) return microseconds{0};
  std::int64_t value = 0;
  int digits = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    if (++digits <= 6) value = value * 10 + (text[at] - '0');
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 6; ++digits) value *= 10;
  return microseconds{value};
}

std::optional<std::chrono::sys_days> ReadDate(std::string_view text, std::size_t& at) {
  const auto year = ReadNumber(text, at, 4);
  if (!year || !Skip(text, at, '-')) return std::nullopt;
  const auto month = ReadNumber(text, at, 2);
  if (!month || !Skip(text, at, '-')) return std::nullopt;
  const auto day = ReadNumber(text, at, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

}  // namespace

std::string FormatUtc(UtcTime time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{days};
  const std::chrono::hh_mm_ss clock{time - days};
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                 clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  const auto fraction = clock.subseconds().count();
  text += fraction % 1000 == 0 ? fmt::format(".{:03}Z", fraction / 1000) : fmt::format(".{:06}Z", fraction);
  return text;
}

std::optional<UtcTime> ParseUtc(std::string_view text) {
  std::size_t at = 0;
  const auto date = ReadDate(text, at);
  if (!date || !Skip(text, at, 'T')) return std::nullopt;
  const auto hours = ReadNumber(text, at, 2);
  if (!hours || *hours > 23 || !Skip(text, at, ':')) return std::nullopt;
  const auto minutes = ReadNumber(text, at, 2);
  if (!minutes || *minutes > 59 || !Skip(text, at, ':')) return std::nullopt;
  const auto seconds = ReadNumber(text, at, 2);
  if (!seconds || *seconds > 59) return std::nullopt;
  const auto fraction = ReadFraction(text, at);
  if (!fraction || !Skip(text, at, 'Z') || at != text.size()) return std::nullopt;
  return UtcTime{*date} + std::chrono::hours{*hours} + std::chrono::minutes{*minutes} + std::chrono::seconds{*seconds} +
         *fraction;
}

UtcTime UtcNow() { return std::chrono::time_point_cast<UtcTime::duration>(std::chrono::system_clock::now()); }

double UnixSeconds(UtcTime time) { return ToSeconds(time.time_since_epoch()); }

UtcTime FromUnixSeconds(double seconds) { return UtcTime(FromSeconds(seconds)); }

}  // namespace spotter
