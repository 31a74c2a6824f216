// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/rep_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "spotter/geometry/angles.h"
#include "spotter/render/palette.h"
#include "spotter/render/path.h"
#include "spotter/render/subject_view.h"
#include "spotter/render/text.h"
#include "spotter/render/time_text.h"

namespace spotter::render {
namespace {

constexpr std::size_t kMaxBins = 2400;
constexpr std::size_t kMaxStrips = 32;
constexpr std::size_t kDrawnStrips = 6;
constexpr std::size_t kMaxMarks = 5000;

// Pixels.
constexpr float kStripHeight = 118;
constexpr float kStripGap = 10;
constexpr float kTimesHeight = 30;
constexpr float kHeadingWidth = 210;
constexpr float kText = 17;
constexpr float kSmallText = 13;
constexpr float kTopRoom = 24;  // for the numbers of the marks
constexpr float kBottomRoom = 10;
constexpr float kCurveWidth = 2.2F;
constexpr Color kPanel{27, 30, 37};
constexpr Color kGrid{58, 63, 73};

// Gaps in the angle up to this long are bridged.
constexpr std::chrono::microseconds kLongestBridge{700'000};

}  // namespace

void RepChart::Range::Include(const Range& other) {
  low = std::min(low, other.low);
  high = std::max(high, other.high);
}

std::size_t RepChart::Strip::repetitions() const {
  std::size_t settled_turns = 0;
  for (const SettledSet& one : settled) settled_turns += one.turns.size();
  return std::max(marks.size(), settled_turns);
}

RepChart::Strip* RepChart::StripOf(const std::string& name) {
  const auto found = strips_.find(name);
  if (found != strips_.end()) return &found->second;
  if (strips_.size() >= kMaxStrips) return nullptr;
  Strip& strip = strips_[name];
  strip.name = name;
  return &strip;
}

std::size_t RepChart::BinAt(Pts pts) {
  if (!first_) first_ = pts;
  last_ = std::max(last_, pts);
  const Pts passed = std::max(Pts{0}, pts - *first_);
  while (passed / bin_ >= static_cast<std::int64_t>(kMaxBins)) DoubleBins();
  return static_cast<std::size_t>(passed / bin_);
}

void RepChart::DoubleBins() {
  bin_ *= 2;
  for (auto& [name, strip] : strips_) {
    for (std::size_t i = 0; i < strip.bins.size(); ++i) {
      if (i % 2 == 0) {
        strip.bins[i / 2] = strip.bins[i];
      } else {
        strip.bins[i / 2].Include(strip.bins[i]);
      }
    }
    strip.bins.resize((strip.bins.size() + 1) / 2);
  }
}

void RepChart::Add(const Scene& scene) {
  const std::size_t bin = BinAt(scene.pts);
  for (const ScenePerson& person : scene.people) {
    if (!person.set) continue;
    Strip* strip = StripOf(SubjectName(person));
    if (strip == nullptr) continue;
    if (std::isfinite(person.set->angle_rad)) {
      const auto degrees = static_cast<float>(person.set->angle_rad * kDegreesPerRadian);
      if (strip->bins.size() <= bin) strip->bins.resize(bin + 1);
      strip->bins[bin].Include({degrees, degrees});
    }
    if (watch_.Counted(person, scene.pts) && strip->marks.size() < kMaxMarks)
      strip->marks.push_back({scene.pts, person.set->live_count});
    strip->set = person.set;
  }
}

void RepChart::AddSet(const PersonId& person, const Set& set) {
  Strip* strip = StripOf(person.value());
  if (strip == nullptr || strip->repetitions() >= kMaxMarks) return;
  SettledSet settled{DisplayName(set.exercise), set.start, set.end, {}};
  if (!set.reps.empty()) settled.text += fmt::format(" {}", set.reps.size());
  for (const Rep& rep : set.reps) settled.turns.push_back(rep.turn);
  strip->settled.push_back(std::move(settled));
}

std::vector<const RepChart::Strip*> RepChart::Busiest() const {
  std::vector<const Strip*> busiest;
  busiest.reserve(strips_.size());
  for (const auto& [name, strip] : strips_) busiest.push_back(&strip);
  const auto idle = [](const Strip* strip) { return strip->repetitions() == 0; };
  if (!std::all_of(busiest.begin(), busiest.end(), idle)) std::erase_if(busiest, idle);
  std::stable_sort(busiest.begin(), busiest.end(),
                   [](const Strip* a, const Strip* b) { return a->repetitions() > b->repetitions(); });
  busiest.resize(std::min(busiest.size(), kDrawnStrips));
  std::sort(busiest.begin(), busiest.end(), [](const Strip* a, const Strip* b) {
    return std::pair(a->name.size(), a->name) < std::pair(b->name.size(), b->name);  // p2 before p10
  });
  return busiest;
}

float RepChart::Height() const {
  if (strips_.empty()) return 0;
  const auto strips = static_cast<float>(Busiest().size());
  return strips * (kStripHeight + kStripGap) + kTimesHeight;
}

void RepChart::Draw(Canvas& canvas, const Box& area) const {
  if (strips_.empty()) return;
  float y = area.y0;
  for (const Strip* strip : Busiest()) {
    DrawStrip(canvas, *strip, {area.x0, y, area.x1, y + kStripHeight});
    y += kStripHeight + kStripGap;
  }
  DrawTimes(canvas, {area.x0 + kHeadingWidth, area.y0, area.x1 - kText, y - kStripGap});
  DrawLegend(canvas, {area.x0 + 0.8F * kText, y - kStripGap + 18});
}

void RepChart::DrawStrip(Canvas& canvas, const Strip& strip, const Box& area) const {
  FillRoundedRect(canvas, area, 8, {kPanel, 1});
  DrawHeading(canvas, strip, area);
  const Box plot{area.x0 + kHeadingWidth, area.y0 + kTopRoom, area.x1 - kText, area.y1 - kBottomRoom};
  Range range;
  for (const Range& bin : strip.bins) range.Include(bin);
  DrawSettled(canvas, strip, plot);
  if (!range.empty()) DrawCurve(canvas, strip, plot, range);
  DrawMarks(canvas, strip, plot);
}

void RepChart::DrawHeading(Canvas& canvas, const Strip& strip, const Box& area) const {
  const Color color = SubjectColor(strip.name);
  const std::string name = FitText(strip.name, kText, 0.6F * kHeadingWidth);
  const float x = area.x0 + 0.8F * kText;
  FillRoundedRect(canvas, {x, area.y0 + 14, x + TextWidth(name, kText) + kText, area.y0 + 14 + 1.6F * kText}, 7,
                  {color, 1});
  DrawText(canvas, {x + 0.5F * kText, area.y0 + 14 + 0.8F * kText}, name, {kText, kInk});
  std::vector<std::string> lines;
  lines.reserve(strip.settled.size() + 1);
  for (const SettledSet& set : strip.settled) lines.push_back(set.text);
  if (lines.empty() && strip.set) {
    lines.push_back(fmt::format("{} {}", DisplayName(strip.set->exercise), strip.set->live_count));
  }
  constexpr std::size_t kLines = 3;
  if (lines.size() > kLines) {
    lines[kLines - 1] = fmt::format("and {} more sets", lines.size() - kLines + 1);
    lines.resize(kLines);
  }
  float y = area.y0 + 58;
  for (const std::string& line : lines) {
    DrawText(canvas, {x, y}, FitText(line, kText, kHeadingWidth - 66), {kText, kPaper});
    y += 1.25F * kText;
  }
}

// What the marks mean, under the headings.
void RepChart::DrawLegend(Canvas& canvas, Point left_middle) {
  Point at = left_middle;
  const auto write = [&](std::string_view text) {
    DrawText(canvas, {at.x + 9, at.y}, text, {kSmallText, kMuted});
    at.x += 9 + TextWidth(text, kSmallText) + 16;
  };
  FillCircle(canvas, {at.x + 2, at.y}, 3.2F, {kPaper, 1});
  write("counted live");
  FillRect(canvas, {at.x + 1, at.y - 7, at.x + 2.5F, at.y + 7}, {kMuted, 1});
  write("settled");
}

float RepChart::XAt(Pts pts, const Box& plot) const {
  const double whole = std::max(1e-3, ToSeconds(last_ - *first_));
  const double share = std::clamp(ToSeconds(pts - *first_) / whole, 0.0, 1.0);
  return plot.x0 + static_cast<float>(share) * plot.width();
}

void RepChart::DrawCurve(Canvas& canvas, const Strip& strip, const Box& plot, const Range& range) const {
  const float span = std::max(10.0F, range.high - range.low);
  const auto y_at = [&](float degrees) { return plot.y1 - (degrees - range.low) / span * plot.height(); };
  for (const float degrees : {range.low, range.low + span}) {
    FillRect(canvas, {plot.x0, y_at(degrees), plot.x1, y_at(degrees) + 1}, {kGrid, 0.8F});
    const std::string text = fmt::format("{:.0f}\u00b0", degrees);
    DrawText(canvas, {plot.x0 - TextWidth(text, kSmallText) - 8, y_at(degrees)}, text, {kSmallText, kMuted});
  }
  Path path;
  std::optional<Point> before;
  Pts before_at{0};
  for (std::size_t i = 0; i < strip.bins.size(); ++i) {
    const Range& bin = strip.bins[i];
    if (bin.empty()) continue;
    const Pts at = *first_ + bin_ * static_cast<std::int64_t>(i);
    const Point low{XAt(at, plot), y_at(bin.low)};
    const Point high{low.x, y_at(bin.high)};
    if (before && at - before_at <= kLongestBridge + bin_) path.AddLine(*before, low, kCurveWidth);
    path.AddLine(low, high, kCurveWidth);
    before = high;
    before_at = at;
  }
  Fill(canvas, path, {SubjectColor(strip.name), 1});
}

void RepChart::DrawSettled(Canvas& canvas, const Strip& strip, const Box& plot) const {
  const Color color = SubjectColor(strip.name);
  for (const SettledSet& set : strip.settled) {
    FillRoundedRect(canvas, {XAt(set.start, plot), plot.y0 - 4, XAt(set.end, plot), plot.y1 + 4}, 6, {color, 0.12F});
    for (const Pts turn : set.turns) {
      const float x = XAt(turn, plot);
      FillRect(canvas, {x - 0.75F, plot.y0, x + 0.75F, plot.y1 + 4}, {color, 0.45F});
    }
  }
}

// A dot for each live count; its number where there is room.
void RepChart::DrawMarks(Canvas& canvas, const Strip& strip, const Box& plot) const {
  float free_from = plot.x0 - kText;
  for (const Mark& mark : strip.marks) {
    const float x = XAt(mark.at, plot);
    FillCircle(canvas, {x, plot.y0 - 3}, 3.2F, {kPaper, 1});
    const std::string number = fmt::format("{}", mark.number);
    const float half = 0.5F * TextWidth(number, kSmallText);
    if (x - half < free_from) continue;
    DrawText(canvas, {x - half, plot.y0 - 14}, number, {kSmallText, kPaper});
    free_from = x + half + 4;
  }
}

void RepChart::DrawTimes(Canvas& canvas, const Box& plot) const {
  const double whole = std::max(1e-3, ToSeconds(last_ - *first_));
  constexpr std::array kSteps = {1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 43200};
  int step = kSteps.back();
  for (const int candidate : kSteps) {
    if (plot.width() * candidate / whole >= 90) {
      step = candidate;
      break;
    }
  }
  const double first = std::ceil(ToSeconds(*first_) / step) * step;
  for (double s = first; s <= ToSeconds(last_) && step > 0; s += step) {
    const float x = XAt(FromSeconds(s), plot);
    FillRect(canvas, {x, plot.y1, x + 1, plot.y1 + 6}, {kMuted, 1});
    std::string text = FormatTime(FromSeconds(s));
    text.resize(text.size() - 2);  // whole seconds
    const float left = std::min(x - 0.5F * TextWidth(text, kSmallText), plot.x1 - TextWidth(text, kSmallText));
    DrawText(canvas, {left, plot.y1 + 18}, text, {kSmallText, kMuted});
  }
}

}  // namespace spotter::render
