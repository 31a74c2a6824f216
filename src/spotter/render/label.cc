// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/label.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "spotter/render/palette.h"
#include "spotter/render/path.h"
#include "spotter/render/text.h"
#include "spotter/render/time_text.h"

namespace spotter::render {
namespace {

// In ems of the label's text.
constexpr float kHeight = 1.75F;
constexpr float kPadding = 0.5F;  // left and right of the text
constexpr float kPillPadding = 0.4F;
constexpr float kGap = 0.4F;
constexpr float kInset = 0.17F;  // of a pill inside the chip
constexpr float kBackingOpacity = 0.82F;
constexpr float kLongestName = 10;

}  // namespace

Label::Label(const SubjectView& view, bool track_id, Pts now, float max_width)
    : text_px_(view.text_px), height_(kHeight * view.text_px) {
  AddParts(view, track_id, now);
  Measure();
  Shorten(max_width);
}

void Label::AddParts(const SubjectView& view, bool track_id, Pts now) {
  Add({FitText(view.name, text_px_, kLongestName * text_px_), text_px_, kInk, view.color});
  if (track_id && !view.person->person_id.value().empty()) {
    Add({fmt::format("#{}", view.person->perceived.track_id.value()), 0.78F * text_px_, kMuted, {}});
  }
  if (view.person->set) {
    AddSet(view, now);
  } else {
    AddActivity(view);
  }
}

void Label::AddActivity(const SubjectView& view) {
  if (!view.finished_set.empty()) {
    Add({view.finished_set, text_px_, kPaper, {}});
  } else if (view.person->activity != Activity::kUnknown) {
    Add({std::string(ToString(view.person->activity)), text_px_, kMuted, {}});
  }
}

void Label::AddSet(const SubjectView& view, Pts now) {
  const SetInProgress& set = *view.person->set;
  if (set.number > 1) Add({fmt::format("set {}", set.number), 0.78F * text_px_, kMuted, {}});
  Add({DisplayName(set.exercise), text_px_, kPaper, {}});
  if (set.cadence_rpm) {
    Add({fmt::format("{:.0f} rpm", *set.cadence_rpm), text_px_, view.color, {}});
    return;
  }
  if (set.live_count == 0 && set.phase == Phase::kNone) {  // a hold or a cyclic machine: time is what counts
    Add({FormatLength(now - set.start), text_px_, view.color, {}});
    AddCue(set);
    return;
  }
  const float pill = std::min(1.0F, 2.5F * view.flash);  // solid first, then gone quickly: no grey on grey
  const Color text = pill > 0.5F ? kInk : view.color;
  Add({fmt::format("{}", set.live_count), 1.3F * text_px_, text, view.color, pill});
  if (set.target) Add({fmt::format("of {}-{}", set.target->least, set.target->most), 0.78F * text_px_, kMuted, {}});
  AddCue(set);
}

void Label::AddCue(const SetInProgress& set) {
  if (!set.cue.empty()) Add({set.cue, text_px_, set.cue_is_praise ? kPraise : kCue, {}});
}

void Label::Add(Part part) { parts_.push_back(std::move(part)); }

void Label::Measure() {
  width_ = 0;
  for (Part& part : parts_) {
    part.width = TextWidth(part.text, part.size_px) + (part.pill ? 2 * kPillPadding * text_px_ : 0);
    width_ += part.width;
  }
  width_ += kGap * text_px_ * static_cast<float>(parts_.size() - 1);
  width_ += text_px_ * (kInset + (parts_.back().pill ? kInset : kPadding));
}

void Label::Shorten(float max_width) {
  for (Part& part : parts_) {  // the longest part without a pill is the one that can spare some
    if (width_ <= max_width || part.pill) continue;
    part.text = FitText(part.text, part.size_px, std::max(0.0F, part.width - (width_ - max_width)));
    Measure();
  }
}

void Label::Draw(Canvas& canvas, const Box& box) const {
  const float radius = 0.32F * height_;
  FillRoundedRect(canvas, box, radius, {kInk, kBackingOpacity});
  const float inset = kInset * text_px_;
  const float middle = box.center().y;
  float x = box.x0 + inset;
  for (const Part& part : parts_) {
    if (part.pill && part.pill_opacity > 0) {
      FillRoundedRect(canvas, {x, box.y0 + inset, x + part.width, box.y1 - inset}, radius - 0.6F * inset,
                      {*part.pill, part.pill_opacity});
    }
    const float text_x = x + (part.pill ? kPillPadding * text_px_ : 0);
    DrawText(canvas, {text_x, middle}, part.text, {part.size_px, part.color});
    x += part.width + kGap * text_px_;
  }
}

}  // namespace spotter::render
