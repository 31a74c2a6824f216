// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/base/time.h"

namespace spotter::floor {

// Lengths in metres, times in seconds: how long and how far across its border somebody must be to count as in or out.
struct StayOptions {
  double enter_depth_m = 0.1;
  double enter_s = 0.2;
  double leave_depth_m = 0.25;  // outside
  double leave_s = 0.3;
  double hover_s = 1.0;  // on the border, between both: for longer it is being there
};

// Whether one person is in one zone, from how deep inside the ground point is. What it decides late, it dates back to
// the crossing of the true border. One owner, not thread safe.
class Stay {
 public:
  explicit Stay(const StayOptions& options = {}) : options_(options) {}

  // The person was seen `depth_m` inside the border (negative: outside). REQUIRES: rising `now`
  void Update(Pts now, double depth_m);

  bool inside() const { return inside_; }
  // Meaningful while inside: when the border was crossed.
  Pts since() const { return since_; }
  // When the person was last there: inside the border, or for long on it.
  Pts last_there() const { return hovered_at_ - last_in_ > FromSeconds(options_.hover_s) ? hovered_at_ : last_in_; }
  // When last seen, in or out.
  Pts last_seen() const { return last_seen_; }

 private:
  void UpdateOutside(Pts now, double depth_m);
  void UpdateInside(Pts now, double depth_m);

  StayOptions options_;
  bool inside_ = false;
  std::optional<Pts> crossed_at_;  // outside: first of the frames within the border
  std::optional<Pts> out_since_;   // inside: first of the frames well outside it
  Pts since_{0};
  Pts last_in_{0};
  Pts hovered_at_{0};
  Pts last_seen_{0};
};

}  // namespace spotter::floor
