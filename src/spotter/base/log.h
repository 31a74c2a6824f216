// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include <fmt/format.h>

namespace spotter {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// The program's log goes to stderr, one line a message whatever it says (Printable);
// stdout carries nothing but results. Any thread may log.
void LogMessage(LogLevel level, std::string_view message);
void SetLogLevel(LogLevel lowest);

// Draws `line` at the bottom of the terminal in place of the one before: a progress bar. Log messages remove it first,
// so the two never share a line. Empty = remove it. For a stderr that is a terminal. Any thread.
void ShowStatusLine(std::string_view line);

template <typename... Args>
void LogDebug(fmt::format_string<Args...> format, Args&&... args) {
  LogMessage(LogLevel::kDebug, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void LogInfo(fmt::format_string<Args...> format, Args&&... args) {
  LogMessage(LogLevel::kInfo, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void LogWarning(fmt::format_string<Args...> format, Args&&... args) {
  LogMessage(LogLevel::kWarning, fmt::format(format, std::forward<Args>(args)...));
}
// Lost data is an error.
template <typename... Args>
void LogError(fmt::format_string<Args...> format, Args&&... args) {
  LogMessage(LogLevel::kError, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace spotter
