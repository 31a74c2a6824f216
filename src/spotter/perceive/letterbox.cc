// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/letterbox.h"

#include <algorithm>
#include <cmath>

#include "spotter/base/check.h"

namespace spotter::perceive {

Letterbox Letterbox::Fit(Size frame, Size input) {
  Letterbox box;
  box.frame = frame;
  box.input = input;
  box.scale = std::min(static_cast<float>(input.width) / static_cast<float>(frame.width),
                       static_cast<float>(input.height) / static_cast<float>(frame.height));
  const auto shrink = [&](int length, int most) {
    return std::clamp(static_cast<int>(std::lround(static_cast<float>(length) * box.scale)), 1, most);
  };
  box.picture = {shrink(frame.width, input.width), shrink(frame.height, input.height)};
  return box;
}

Box Letterbox::FrameFromInput(const Box& in_input) const {
  const Point upper_left = FrameFromInput(Point{in_input.x0, in_input.y0});
  const Point lower_right = FrameFromInput(Point{in_input.x1, in_input.y1});
  return {upper_left.x, upper_left.y, lower_right.x, lower_right.y};
}

Size ChooseInputSize(Size frame, int pose_size) {
  SPOTTER_CHECK(frame.width > 0 && frame.height > 0 && pose_size >= 32);
  constexpr int kStep = 32;
  const int area = pose_size * (pose_size * 16 / 9);
  Size best{kStep, kStep};
  for (int height = kStep; height * kStep <= area; height += kStep) {
    // The narrowest width that holds the frame at this height, and the widest that the area allows.
    const int wanted = (frame.width * height / frame.height + kStep - 1) / kStep * kStep;
    const int width = std::max(kStep, std::min(wanted, area / height / kStep * kStep));
    const float scale = Letterbox::Fit(frame, {width, height}).scale;
    const float best_scale = Letterbox::Fit(frame, best).scale;
    if (scale > best_scale || (scale == best_scale && width * height < best.width * best.height))
      best = {width, height};
  }
  return best;
}

}  // namespace spotter::perceive
