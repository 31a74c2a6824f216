// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/render/canvas.h"
#include "spotter/render/subject_view.h"

namespace spotter::render {

// The bar beside a person in a set: how far the repetition is (empty at the start posture, full at the far end), the
// name of the phase and the exercise's main angle in degrees.
class Gauge {
 public:
  // REQUIRES: view.person->set
  explicit Gauge(const SubjectView& view);

  float width() const { return width_; }    // pixels
  float height() const { return height_; }  // pixels
  // `box` has the gauge's size; `bar_right` puts the bar at its right edge, for a gauge left of the person.
  void Draw(Canvas& canvas, const Box& box, bool bar_right) const;

 private:
  void DrawBar(Canvas& canvas, const Box& bar) const;
  void DrawReading(Canvas& canvas, const Box& plate) const;

  float text_px_;
  Color color_;
  float progress_;  // [0, 1]
  std::string angle_;
  std::string phase_;
  std::string tempo_;  // of the last repetition, as coaches write it: 2-0-1-0
  float width_ = 0;
  float height_ = 0;
};

}  // namespace spotter::render
