// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

#include "spotter/base/utc.h"
#include "spotter/render/gauge.h"
#include "spotter/render/label.h"
#include "spotter/render/palette.h"
#include "spotter/render/path.h"
#include "spotter/render/skeleton.h"
#include "spotter/render/spot_chooser.h"
#include "spotter/render/text.h"
#include "spotter/render/time_text.h"

namespace spotter::render {
namespace {

// Share of the picture's shorter side that a label's em takes, and its bounds in pixels.
constexpr double kTextShare = 0.029;
constexpr double kSmallestText = 11.5;
constexpr float kTextOfPerson = 0.085F;  // of the person's longer side: far people get smaller labels
constexpr float kFooterHeight = 1.9F;    // em of the footer's text
constexpr float kHeadWeight = 1.2F;      // hiding a face, against 15 for another label
constexpr float kBodyWeight = 0.15F;
constexpr float kChipWeight = 8;     // hiding what a zone is called
constexpr float kGaugeOfPerson = 9;  // em: people smaller than this have no room for a gauge
constexpr std::chrono::microseconds kMemory = std::chrono::minutes(1);

bool IsFinite(const Box& box) {
  return std::isfinite(box.x0) && std::isfinite(box.y0) && std::isfinite(box.x1) && std::isfinite(box.y1);
}

// Draws one scene on one canvas.
class ScenePainter {
 public:
  ScenePainter(Canvas& canvas, const Scene& scene, const OverlayOptions& options, std::span<const ZoneOutline> zones)
      : canvas_(canvas), scene_(scene), options_(options) {
    const double shorter = std::min(canvas.width(), canvas.height());
    text_px_ = static_cast<float>(std::max(kSmallestText, kTextShare * shorter) * options.text_scale);
    if (options.footer) footer_px_ = std::round(kFooterHeight * text_px_ * 0.85F);
    views_ = MakeViews();
    zones_ = MakeZones(zones);
  }

  std::vector<SubjectView>& views() { return views_; }

  void Run() {
    if (options_.skeleton_only) canvas_.Fill(kStage);
    for (const ZoneDrawing& zone : zones_) zone.DrawArea(canvas_);
    PaintObjects();
    for (const SubjectView& view : views_) PaintBox(view);
    for (const SubjectView& view : views_) PaintSkeleton(view);
    SpotChooser spots({0, 0, Width(), Height() - footer_px_});
    AddBodies(spots);
    for (const ZoneDrawing& zone : zones_) {
      zone.DrawChip(canvas_, scene_.pts);
      spots.AddObstacle(zone.chip(), kChipWeight);
    }
    // Near people choose their places first.
    for (auto view = views_.rbegin(); view != views_.rend(); ++view) PaintGauge(*view, spots);
    for (auto view = views_.rbegin(); view != views_.rend(); ++view) PaintLabel(*view, spots);
    if (options_.footer) PaintFooter();
    if (options_.footer && !zones_.empty()) {
      const float size = 0.85F * text_px_;
      DrawStateLegend(canvas_, {0.6F * size, Height() - footer_px_ - 1.2F * size}, size, Width() - 1.2F * size);
    }
  }

 private:
  // A frame around what was left.
  void PaintObjects() {
    for (const LeftObject& object : scene_.objects) {
      const Box& box = object.box;
      const auto corner = [&](float x, float y) { return Point{x * Width(), y * Height()}; };
      const std::array corners = {corner(box.x0, box.y0), corner(box.x1, box.y0), corner(box.x1, box.y1),
                                  corner(box.x0, box.y1), corner(box.x0, box.y0)};
      Path frame;
      frame.AddPolyline(corners, 0.16F * text_px_);
      Fill(canvas_, frame, {StateColor(MachineState::kReserved), 0.9F});
    }
  }

  float Width() const { return static_cast<float>(canvas_.width()); }
  float Height() const { return static_cast<float>(canvas_.height()); }

  // Far people first, so that near ones are drawn over them.
  std::vector<SubjectView> MakeViews() const {
    std::vector<SubjectView> views;
    for (const ScenePerson& person : scene_.people) {
      if (IsFinite(person.perceived.box)) views.push_back(MakeView(person));
    }
    std::erase_if(views, [](const SubjectView& view) { return view.box.width() <= 0 || view.box.height() <= 0; });
    std::stable_sort(views.begin(), views.end(),
                     [](const SubjectView& a, const SubjectView& b) { return a.box.y1 < b.box.y1; });
    return views;
  }

  // Of the zones that this picture shows and the scene knows.
  std::vector<ZoneDrawing> MakeZones(std::span<const ZoneOutline> outlines) const {
    std::vector<ZoneDrawing> zones;
    for (const ZoneOutline& outline : outlines) {
      const auto status = std::ranges::find(scene_.zones, outline.id, &ZoneStatus::id);
      if (status != scene_.zones.end() && outline.region.outline.size() >= 3)
        zones.emplace_back(canvas_, outline, *status, 0.85F * text_px_);
    }
    return zones;
  }

  SubjectView MakeView(const ScenePerson& person) const {
    SubjectView view;
    view.person = &person;
    view.name = SubjectName(person);
    view.color = SubjectColor(view.name);
    const Box& box = person.perceived.box;
    view.box = Intersect({box.x0 * Width(), box.y0 * Height(), box.x1 * Width(), box.y1 * Height()},
                         {0, 0, Width(), Height()});
    const float longer = std::max(view.box.width(), view.box.height());
    const auto smallest = static_cast<float>(kSmallestText * options_.text_scale);
    view.text_px = std::max(smallest, std::min(text_px_, kTextOfPerson * longer));
    view.line_px = std::clamp(0.0105F * longer, 1.8F, 0.24F * text_px_);
    return view;
  }

  // Corners say where the person is without hiding anything; a hair line joins them.
  void PaintBox(const SubjectView& view) {
    const Box& b = view.box;
    const float hair = std::max(1.0F, 0.3F * view.line_px);
    for (const Box& side :
         {Box{b.x0, b.y0, b.x1, b.y0 + hair}, Box{b.x0, b.y1 - hair, b.x1, b.y1},
          Box{b.x0, b.y0 + hair, b.x0 + hair, b.y1 - hair}, Box{b.x1 - hair, b.y0 + hair, b.x1, b.y1 - hair}}) {
      FillRect(canvas_, side, {view.color, 0.4F});
    }
    const float width = view.line_px * (1 + view.flash);
    PaintCorners(b, width + 0.7F * view.line_px, {kInk, 0.45F});
    PaintCorners(b, width, {view.color, 1});
    if (view.flash > 0) FillRect(canvas_, b, {view.color, 0.22F * view.flash});
  }

  void PaintCorners(const Box& box, float width, const Paint& paint) {
    const float arm = std::clamp(0.2F * std::min(box.width(), box.height()), 4.0F, 2.5F * text_px_);
    const float radius = 0.35F * arm;
    for (const float sx : {1.0F, -1.0F}) {
      for (const float sy : {1.0F, -1.0F}) {
        const Point corner{sx > 0 ? box.x0 : box.x1, sy > 0 ? box.y0 : box.y1};
        Path path;
        path.AddPolyline(CornerLine(corner, {sx, sy}, arm, radius), width);
        Fill(canvas_, path, paint);
      }
    }
  }

  // An L with a rounded bend; `inward` = the signs of the way into the box.
  static std::vector<Point> CornerLine(Point corner, Point inward, float arm, float radius) {
    std::vector<Point> line{{corner.x + inward.x * arm, corner.y}};
    constexpr int kSteps = 5;
    for (int i = 0; i <= kSteps; ++i) {
      const float angle = 1.5707963F * static_cast<float>(i) / kSteps;
      line.push_back(
          {corner.x + inward.x * radius * (1 - std::sin(angle)), corner.y + inward.y * radius * (1 - std::cos(angle))});
    }
    line.push_back({corner.x, corner.y + inward.y * arm});
    return line;
  }

  void PaintSkeleton(const SubjectView& view) {
    DrawSkeleton(canvas_, view.person->perceived,
                 {.joint_color = view.color,
                  .min_confidence = options_.min_joint_confidence,
                  .line_width_px = view.line_px,
                  .draw_head = options_.skeleton_only});
  }

  void AddBodies(SpotChooser& spots) const {
    for (const SubjectView& view : views_) {
      const Keypoint& nose = view.person->perceived.pose[KeypointId::kNose];
      const float size = 0.07F * std::max(view.box.width(), view.box.height());
      const Point at{nose.x * Width(), nose.y * Height()};
      if (nose.confidence >= options_.min_joint_confidence && std::isfinite(at.x) && std::isfinite(at.y))
        spots.AddObstacle({at.x - size, at.y - size, at.x + size, at.y + size}, kHeadWeight);
      spots.AddObstacle(view.box, kBodyWeight);
    }
  }

  void PaintGauge(SubjectView& view, SpotChooser& spots) {
    if (!view.person->set || view.person->set->phase == Phase::kNone) return;
    if (std::max(view.box.width(), view.box.height()) < kGaugeOfPerson * view.text_px) return;
    const Gauge gauge(view);
    const float w = gauge.width();
    const float h = gauge.height();
    const Box& b = view.box;
    const float gap = 0.4F * view.text_px;
    const float low = b.y1 - h;
    const float mid = b.center().y - 0.5F * h;
    const auto at = [w, h](float x, float y) { return Box{x, y, x + w, y + h}; };
    const std::array<Box, 6> candidates = {at(b.x1 + gap, low),      at(b.x0 - gap - w, low), at(b.x1 + gap, b.y0),
                                           at(b.x0 - gap - w, b.y0), at(b.x1 - gap - w, mid), at(b.x0 + gap, mid)};
    const auto chosen = spots.Choose(candidates, view.spots.gauge);
    view.spots.gauge = chosen.index;
    gauge.Draw(canvas_, chosen.box, chosen.box.center().x < b.center().x);
  }

  void PaintLabel(SubjectView& view, SpotChooser& spots) {
    const Label label(view, options_.track_ids, scene_.pts, 0.6F * Width());
    const float w = label.width();
    const float h = label.height();
    const Box& b = view.box;
    const float gap = 0.35F * view.text_px;
    const auto at = [w, h](float x, float y) { return Box{x, y, x + w, y + h}; };
    const float above = b.y0 - gap - h;
    const float higher = above - h - gap;
    const std::array<Box, 12> candidates = {at(b.x0, above),
                                            at(b.center().x - 0.5F * w, above),
                                            at(b.x1 - w, above),
                                            at(b.x1 - 0.5F * h, above),
                                            at(b.x0, higher),
                                            at(b.x1 - w, higher),
                                            at(b.x0, higher - h - gap),
                                            at(b.x0, b.y1 + gap),
                                            at(b.x1 - w, b.y1 + gap),
                                            at(b.x0 + gap, b.y1 - gap - h),
                                            at(b.x1 + gap, b.y0),
                                            at(b.x0 - gap - w, b.y0)};
    const auto chosen = spots.Choose(candidates, view.spots.label);
    view.spots.label = chosen.index;
    label.Draw(canvas_, chosen.box);
  }

  void PaintFooter() {
    const float size = 0.85F * text_px_;
    const float top = Height() - footer_px_;
    const float middle = top + 0.5F * footer_px_;
    FillRect(canvas_, {0, top, Width(), Height()}, {kInk, 0.78F});
    float x = 0.6F * size;
    const auto write = [&](const std::string& text, Color color) {
      DrawText(canvas_, {x, middle}, text, {size, color});
      x += TextWidth(text, size) + 1.1F * size;
    };
    write(FormatTime(scene_.pts), kPaper);
    write(FitText(scene_.camera_id.value(), size, 0.3F * Width()), kMuted);
    const std::size_t people = scene_.people.size();
    write(people == 1 ? "1 person" : fmt::format("{} people", people), kMuted);
    const float legend = PaintLegend(middle, x);
    if (HasTrueUtc()) {
      const std::string utc = FormatUtc(*scene_.captured_at);
      if (x + TextWidth(utc, size) < legend) write(utc, kMuted);
    }
  }

  // A file without a creation time counts from 1970: that is no time worth showing.
  bool HasTrueUtc() const { return scene_.captured_at && scene_.captured_at->time_since_epoch() != scene_.pts; }

  // Which colour is which side, at the right end if it fits. Returns where it begins.
  float PaintLegend(float middle, float free_from) {
    const float size = 0.85F * text_px_;
    const float dot = 0.28F * size;
    const float word_gap = 0.35F * size;
    const float width = TextWidth("left", size) + TextWidth("right", size) + 4 * dot + 2 * word_gap + 1.4F * size;
    float x = Width() - width;
    const float begin = x;
    if (x < free_from || scene_.people.empty()) return Width();
    for (const auto& [word, color] : {std::pair("left", kLeftSide), std::pair("right", kRightSide)}) {
      FillCircle(canvas_, {x + dot, middle}, dot, {color, 1});
      x += 2 * dot + word_gap;
      DrawText(canvas_, {x, middle}, word, {size, kMuted});
      x += TextWidth(word, size) + 0.7F * size;
    }
    return begin;
  }

  Canvas& canvas_;
  const Scene& scene_;
  const OverlayOptions& options_;
  float text_px_ = 0;
  float footer_px_ = 0;
  std::vector<SubjectView> views_;
  std::vector<ZoneDrawing> zones_;
};

}  // namespace

void DrawScene(Canvas& canvas, const Scene& scene, const OverlayOptions& options, std::span<const ZoneOutline> zones) {
  if (canvas.empty()) return;
  ScenePainter(canvas, scene, options, zones).Run();
}

void Overlay::Draw(Canvas& canvas, const Scene& scene, std::span<const ZoneOutline> zones) {
  for (const ScenePerson& person : scene.people) Remember(person, scene.pts);
  if (canvas.empty()) return;
  ScenePainter painter(canvas, scene, options_, zones);
  for (SubjectView& view : painter.views()) Decorate(view, subjects_[view.name], scene.pts);
  painter.Run();
  for (const SubjectView& view : painter.views()) subjects_[view.name].spots = view.spots;
  Forget(scene.pts);
}

void Overlay::Remember(const ScenePerson& person, Pts now) {
  Subject& subject = subjects_[SubjectName(person)];
  subject.last_seen = now;
  if (watch_.Counted(person, now)) subject.counted_at = now;
  if (person.set) {
    subject.set = person.set;
    subject.over_at.reset();
  } else if (subject.set && !subject.over_at) {
    subject.over_at = now;
  }
}

void Overlay::Decorate(SubjectView& view, const Subject& subject, Pts now) const {
  view.spots = subject.spots;
  if (subject.counted_at && options_.rep_flash.count() > 0) {
    const double passed = ToSeconds(now - *subject.counted_at) / ToSeconds(options_.rep_flash);
    view.flash = static_cast<float>(std::clamp(1 - passed, 0.0, 1.0));
  }
  if (subject.over_at && subject.set->live_count > 0 && now - *subject.over_at < options_.finished_set) {
    view.finished_set = fmt::format("{} {} done", DisplayName(subject.set->exercise), subject.set->live_count);
  }
}

void Overlay::Forget(Pts now) {
  std::erase_if(subjects_, [now](const auto& entry) { return now - entry.second.last_seen > kMemory; });
}

}  // namespace spotter::render
