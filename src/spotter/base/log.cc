// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/log.h"

#include <cstdio>
#include <memory>
#include <mutex>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "spotter/base/printable.h"

namespace spotter {
namespace {

spdlog::logger& Logger() {
  static const std::shared_ptr<spdlog::logger> logger = [] {
    auto made = std::make_shared<spdlog::logger>("spotter", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    made->set_pattern("%^%l%$: %v");
    made->set_level(spdlog::level::info);
    return made;
  }();
  return *logger;
}

spdlog::level::level_enum ToSpdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

// stderr is one for the whole program, and so are its last line and the lock.
std::mutex terminal_mutex;          // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
bool status_line_is_shown = false;  // guarded by terminal_mutex

// REQUIRES: terminal_mutex is held
void RemoveStatusLine() {
  if (status_line_is_shown) std::fputs("\r\033[K", stderr);
  status_line_is_shown = false;
}

}  // namespace

void LogMessage(LogLevel level, std::string_view message) {
  if (!Logger().should_log(ToSpdlog(level))) return;
  const std::lock_guard lock(terminal_mutex);
  RemoveStatusLine();
  Logger().log(ToSpdlog(level), Printable(message));  // others chose some of its words
}

void ShowStatusLine(std::string_view line) {
  const std::lock_guard lock(terminal_mutex);
  RemoveStatusLine();
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  status_line_is_shown = !line.empty();
}

void SetLogLevel(LogLevel lowest) { Logger().set_level(ToSpdlog(lowest)); }

}  // namespace spotter
