// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/stay.h"

namespace spotter::floor {

void Stay::Update(Pts now, double depth_m) {
  last_seen_ = now;
  if (inside_)
    UpdateInside(now, depth_m);
  else
    UpdateOutside(now, depth_m);
}

void Stay::UpdateOutside(Pts now, double depth_m) {
  if (depth_m < 0) {
    crossed_at_.reset();
    return;
  }
  if (!crossed_at_) crossed_at_ = now;
  if (depth_m < options_.enter_depth_m || now - *crossed_at_ < FromSeconds(options_.enter_s)) return;
  inside_ = true;
  since_ = *crossed_at_;
  last_in_ = now;
  hovered_at_ = now;
  out_since_.reset();
}

void Stay::UpdateInside(Pts now, double depth_m) {
  if (depth_m >= 0) last_in_ = now;
  if (depth_m >= -options_.leave_depth_m) {
    hovered_at_ = now;
    out_since_.reset();
    return;
  }
  if (!out_since_) out_since_ = now;
  if (now - *out_since_ < FromSeconds(options_.leave_s)) return;
  inside_ = false;
  crossed_at_.reset();
}

}  // namespace spotter::floor
