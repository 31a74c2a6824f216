// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "spotter/geometry/box.h"

namespace spotter::track {

// How people move, in units of the person's size (the larger side of the box) and seconds, so that it holds for any
// distance, picture size and frame rate.
struct MotionOptions {
  double measurement = 0.075;      // standard deviation of a detected centre or side, sizes
  double jitter = 0.15;            // random walk of the true position, sizes per square root of a second
  double acceleration = 1.5;       // white-noise acceleration, sizes per s^1.5
  double first_velocity = 2.0;     // standard deviation of an unknown velocity, sizes per second
  double velocity_memory_s = 3.5;  // time constant with which a centre's predicted velocity fades
  double growth_memory_s = 0.3;    // the same for width and height
};

// Kalman filter of one coordinate: position and a velocity that fades (an integrated Ornstein-Uhlenbeck process).
class AxisFilter {
 public:
  // Process noise in squared units.
  struct Noise {
    double jitter = 0;        // per second
    double acceleration = 0;  // per second cubed
    double memory_s = 1;      // > 0
  };

  void Start(double position, double position_variance, double velocity_variance);
  // REQUIRES: dt_s >= 0
  void Predict(double dt_s, const Noise& noise);
  void Update(double measured, double variance);

  double position() const { return position_; }
  double velocity() const { return velocity_; }

 private:
  double position_ = 0;
  double velocity_ = 0;
  double p_xx_ = 0;
  double p_xv_ = 0;
  double p_vv_ = 0;
};

// Kalman filter of a person's box: centre x, centre y, width, height, each with its velocity, independent of each other
// (the four share no noise, so the 8 x 8 filter of SORT falls apart into four 2 x 2 ones). Real time steps: noise grows
// with the time between frames. A plain value.
class BoxMotion {
 public:
  BoxMotion(const Box& box, const MotionOptions& options);

  // REQUIRES: dt_s >= 0
  void Predict(double dt_s, const MotionOptions& options);
  void Update(const Box& measured, const MotionOptions& options);

  Box box() const;
  Point velocity() const;  // of the centre, units per second

 private:
  double Size() const;

  std::array<AxisFilter, 4> axes_;  // centre x, centre y, width, height
};

}  // namespace spotter::track
