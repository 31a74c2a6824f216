// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/render/canvas.h"
#include "spotter/render/subject_view.h"

namespace spotter::render {

// The chip of one person: "p1 #7 squat 3" in a set, "p1 #7 walking" else. Made, measured, placed, drawn.
class Label {
 public:
  // What does not fit in `max_width` pixels is cut off with an ellipsis, long names first.
  Label(const SubjectView& view, bool track_id, Pts now, float max_width);

  float width() const { return width_; }    // pixels
  float height() const { return height_; }  // pixels
  // `box` has the label's size.
  void Draw(Canvas& canvas, const Box& box) const;

 private:
  struct Part {
    std::string text;
    float size_px;
    Color color;
    std::optional<Color> pill;  // a filled background of its own
    float pill_opacity = 1;
    float width = 0;
  };
  void AddParts(const SubjectView& view, bool track_id, Pts now);
  void AddActivity(const SubjectView& view);
  void AddSet(const SubjectView& view, Pts now);
  void AddCue(const SetInProgress& set);
  void Add(Part part);
  void Shorten(float max_width);
  void Measure();

  float text_px_;
  float width_ = 0;
  float height_ = 0;
  std::vector<Part> parts_;
};

}  // namespace spotter::render
