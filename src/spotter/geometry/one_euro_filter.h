// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <numbers>

namespace spotter {

struct OneEuroOptions {
  double min_cutoff_hz = 1.5;  // lower = smoother when still
  double beta = 0.5;           // Hz per unit/s: how fast the filter opens when the signal moves
  double derivative_cutoff_hz = 1.0;
};

// Low-pass filter whose cut-off rises with speed: little jitter at rest, little lag in motion.
// Casiez, Roussel, Vogel: "1 Euro Filter", CHI 2012. One signal, one owner, not thread safe.
class OneEuroFilter {
 public:
  explicit OneEuroFilter(const OneEuroOptions& options = {}) : options_(options) {}

  // The filtered value; `dt_s` is the time since the last call (ignored at the first). REQUIRES: dt_s > 0
  double Filter(double value, double dt_s) {
    if (!started_) {
      started_ = true;
      value_ = value;
      return value_;
    }
    const double speed = (value - value_) / dt_s;
    speed_ += Alpha(options_.derivative_cutoff_hz, dt_s) * (speed - speed_);
    value_ += Alpha(options_.min_cutoff_hz + options_.beta * std::abs(speed_), dt_s) * (value - value_);
    return value_;
  }

  void Reset() {
    started_ = false;
    speed_ = 0;
  }

 private:
  static double Alpha(double cutoff_hz, double dt_s) {
    const double r = 2 * std::numbers::pi * cutoff_hz * dt_s;
    return r / (r + 1);
  }

  OneEuroOptions options_;
  bool started_ = false;
  double value_ = 0;
  double speed_ = 0;
};

}  // namespace spotter
