// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/progress_bar.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "spotter/base/log.h"
#include "spotter/render/time_text.h"

namespace spotter::app {
namespace {

constexpr auto kRedrawEvery = std::chrono::milliseconds(100);
constexpr int kBarCells = 24;

bool HasPlace(Printing printing) {
  if (isatty(STDERR_FILENO) != 1) return false;
  return printing == Printing::kAtTheEnd || isatty(STDOUT_FILENO) != 1;
}

}  // namespace

ProgressBar::ProgressBar(std::string label, std::optional<std::chrono::microseconds> duration, Printing printing)
    : label_(std::move(label)), duration_(duration), enabled_(HasPlace(printing)) {}

ProgressBar::~ProgressBar() { Clear(); }

void ProgressBar::Update(Pts pts, std::int64_t frames) {
  const Clock::time_point now = Clock::now();
  if (!enabled_ || now - drawn_ < kRedrawEvery) return;
  drawn_ = now;
  ShowStatusLine(Line(pts, frames, std::chrono::duration<double>(now - began_).count()));
}

std::string ProgressBar::Line(Pts pts, std::int64_t frames, double seconds) const {
  const double rate = seconds > 0 ? static_cast<double>(frames) / seconds : 0;
  if (!duration_ || duration_->count() <= 0) {
    return fmt::format("{}  {} of video  {} frames  {:.0f} fps", label_, render::FormatLength(pts), frames, rate);
  }
  const double share = std::clamp(ToSeconds(pts) / ToSeconds(*duration_), 0.0, 1.0);
  const int cells = static_cast<int>(share * kBarCells);
  const double left = share > 0.01 ? seconds * (1 - share) / share : 0;
  return fmt::format("{}  [{}{}] {:3.0f} %  {:.0f} fps  {} left", label_,
                     std::string(static_cast<std::size_t>(cells), '#'),
                     std::string(static_cast<std::size_t>(kBarCells - cells), '.'), 100 * share, rate,
                     render::FormatLength(std::chrono::ceil<std::chrono::seconds>(FromSeconds(left))));
}

void ProgressBar::Clear() {
  if (enabled_) ShowStatusLine("");
}

}  // namespace spotter::app
