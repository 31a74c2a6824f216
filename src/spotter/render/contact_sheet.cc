// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/contact_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "spotter/base/check.h"
#include "spotter/render/palette.h"
#include "spotter/render/path.h"
#include "spotter/render/subject_view.h"
#include "spotter/render/text.h"
#include "spotter/render/time_text.h"

namespace spotter::render {
namespace {

// Pixels of the sheet.
constexpr double kPictureArea = 480.0 * 270.0;
constexpr double kSheetWidth = 1960;
constexpr double kPictureText = 1.15;  // small pictures need larger letters
constexpr float kMargin = 28;
constexpr float kGap = 16;
constexpr float kTitle = 34;
constexpr float kCaption = 18;
constexpr float kHeaderHeight = 76;
constexpr float kCaptionHeight = 34;
constexpr float kSmallestSheet = 900;

struct Size {
  int width;
  int height;
};

// The thumbnail's size: the picture's shape, always about the same area.
Size PictureSize(int width, int height) {
  const double aspect = std::clamp(static_cast<double>(width) / height, 0.2, 5.0);
  const double w = std::sqrt(kPictureArea * aspect);
  return {static_cast<int>(std::lround(w)), static_cast<int>(std::lround(w / aspect))};
}

// How much a person's repetition has to show now, in steps: only a clear gain replaces a frame already kept.
int InterestOf(const SetInProgress& set, bool counted) {
  if (counted || set.progress > 0.85) return 3;
  return set.progress > 0.5 ? 2 : 1;
}

struct Grid {
  std::size_t columns = 1;
  std::size_t rows = 0;
  float cell_width = 0;
  float cell_height = 0;  // with caption
};

Grid GridFor(std::size_t pictures, Size cell) {
  Grid grid;
  grid.cell_width = static_cast<float>(cell.width);
  grid.cell_height = static_cast<float>(cell.height) + kCaptionHeight;
  const auto fit = static_cast<std::size_t>(kSheetWidth / cell.width);
  grid.columns = std::max<std::size_t>(1, std::min(fit, pictures));
  grid.rows = (pictures + grid.columns - 1) / grid.columns;
  grid.columns = (pictures + grid.rows - 1) / std::max<std::size_t>(1, grid.rows);
  return grid;
}

}  // namespace

ContactSheet::ContactSheet(const ContactSheetOptions& options) : options_(options) {
  SPOTTER_CHECK(options.pictures > 0);
  options_.overlay.footer = false;
  options_.overlay.text_scale *= kPictureText;
}

void ContactSheet::Add(const Canvas& picture, const Scene& scene) {
  if (picture.empty()) return;
  if (options_.chart) chart_.Add(scene);
  Shot shot = Describe(scene);
  std::size_t slot = frames_ / frames_per_slot_;
  if (slot == 2 * options_.pictures) {
    MergeSlots();
    slot = frames_ / frames_per_slot_;
  }
  ++frames_;
  const bool fresh = slot == slots_.size();
  if (!fresh && slots_[slot].interest >= shot.interest) return;
  const Size size = PictureSize(picture.width(), picture.height());
  // Pixels that must not be shown are not kept either.
  shot.picture =
      options_.overlay.skeleton_only ? Canvas(size.width, size.height) : picture.Resized(size.width, size.height);
  if (fresh) {
    slots_.push_back(std::move(shot));
  } else {
    slots_[slot] = std::move(shot);
  }
}

// Without its picture.
ContactSheet::Shot ContactSheet::Describe(const Scene& scene) {
  Shot shot;
  shot.scene = scene;
  for (const ScenePerson& person : scene.people) {
    if (!person.set) continue;
    const bool counted = watch_.Counted(person, scene.pts);
    shot.interest = std::max(shot.interest, InterestOf(*person.set, counted));
    if (!counted) continue;
    shot.news_owner = SubjectName(person);
    shot.news = fmt::format("{} {} {}", shot.news_owner, DisplayName(person.set->exercise), person.set->live_count);
  }
  return shot;
}

void ContactSheet::MergeSlots() {
  std::vector<Shot> merged;
  for (std::size_t i = 0; i < slots_.size(); i += 2) {
    const bool second = i + 1 < slots_.size() && slots_[i + 1].interest > slots_[i].interest;
    merged.push_back(std::move(slots_[second ? i + 1 : i]));
  }
  slots_ = std::move(merged);
  frames_per_slot_ *= 2;
}

// The best of each of `pictures` equal parts.
std::vector<const ContactSheet::Shot*> ContactSheet::Chosen() const {
  const std::size_t parts = std::min(options_.pictures, slots_.size());
  std::vector<const Shot*> chosen;
  for (std::size_t i = 0; i < parts; ++i) {
    const auto first = slots_.begin() + static_cast<std::ptrdiff_t>(i * slots_.size() / parts);
    const auto last = slots_.begin() + static_cast<std::ptrdiff_t>((i + 1) * slots_.size() / parts);
    chosen.push_back(
        &*std::max_element(first, last, [](const Shot& a, const Shot& b) { return a.interest < b.interest; }));
  }
  return chosen;
}

Canvas ContactSheet::Make() const {
  const std::vector<const Shot*> shots = Chosen();
  Size cell{0, 0};
  for (const Shot* shot : shots) {
    cell = {std::max(cell.width, shot->picture.width()), std::max(cell.height, shot->picture.height())};
  }
  const Grid grid = shots.empty() ? Grid{} : GridFor(shots.size(), cell);
  const auto columns = static_cast<float>(grid.columns);
  const float width = std::max(kSmallestSheet, 2 * kMargin + columns * (grid.cell_width + kGap) - kGap);
  const float grid_height = static_cast<float>(grid.rows) * (grid.cell_height + kGap);
  const float chart_height = chart_.Height();
  const float bottom = kHeaderHeight + grid_height + (chart_height > 0 ? chart_height + kMargin : 0);
  Canvas sheet(static_cast<int>(width), static_cast<int>(bottom + 0.5F * kMargin), kInk);

  const std::string title = FitText(options_.title, kTitle, width - 2 * kMargin);
  DrawText(sheet, {kMargin, 0.5F * kHeaderHeight}, title, {kTitle, kPaper});
  if (shots.empty()) DrawText(sheet, {kMargin, kHeaderHeight}, "no pictures", {kCaption, kMuted});
  for (std::size_t i = 0; i < shots.size(); ++i) {
    const auto column = static_cast<float>(i % grid.columns);
    const std::size_t in_row = i / grid.columns;
    const auto row = static_cast<float>(in_row);
    DrawShot(sheet, *shots[i],
             {kMargin + column * (grid.cell_width + kGap), kHeaderHeight + row * (grid.cell_height + kGap)});
  }
  if (chart_height > 0) chart_.Draw(sheet, {kMargin, kHeaderHeight + grid_height, width - kMargin, bottom});
  return sheet;
}

void ContactSheet::DrawShot(Canvas& sheet, const Shot& shot, Point at) const {
  Canvas picture = shot.picture.Resized(shot.picture.width(), shot.picture.height());
  DrawScene(picture, shot.scene, options_.overlay);
  sheet.Paste(picture, static_cast<int>(at.x), static_cast<int>(at.y));
  const float middle = at.y + static_cast<float>(picture.height()) + 0.5F * kCaptionHeight;
  const std::string time = FormatTime(shot.scene.pts);
  DrawText(sheet, {at.x + 2, middle}, time, {kCaption, kPaper});
  if (shot.news.empty()) return;
  const float used = TextWidth(time, kCaption) + kCaption;
  const std::string news = FitText(shot.news, kCaption, static_cast<float>(picture.width()) - used);
  DrawText(sheet, {at.x + used, middle}, news, {kCaption, SubjectColor(shot.news_owner)});
}

}  // namespace spotter::render
