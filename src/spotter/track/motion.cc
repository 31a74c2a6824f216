// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/motion.h"

#include <algorithm>
#include <cmath>

#include "spotter/base/check.h"

namespace spotter::track {
namespace {

constexpr double kSmallestSide = 1e-6;

std::array<double, 4> Coordinates(const Box& box) {
  const Point center = box.center();
  return {center.x, center.y, box.width(), box.height()};
}

double Square(double x) { return x * x; }

}  // namespace

void AxisFilter::Start(double position, double position_variance, double velocity_variance) {
  position_ = position;
  velocity_ = 0;
  p_xx_ = position_variance;
  p_xv_ = 0;
  p_vv_ = velocity_variance;
}

void AxisFilter::Predict(double dt_s, const Noise& noise) {
  SPOTTER_CHECK(dt_s >= 0);
  const double keep = std::exp(-dt_s / noise.memory_s);
  const double reach = noise.memory_s * (1 - keep);  // seconds of the present velocity that are travelled in dt
  position_ += reach * velocity_;
  velocity_ *= keep;
  p_xx_ += 2 * reach * p_xv_ + reach * reach * p_vv_;
  p_xv_ = keep * (p_xv_ + reach * p_vv_);
  p_vv_ *= keep * keep;
  p_xx_ += noise.jitter * dt_s + noise.acceleration * dt_s * dt_s * dt_s / 3;
  p_xv_ += noise.acceleration * dt_s * dt_s / 2;
  p_vv_ += noise.acceleration * dt_s;
}

void AxisFilter::Update(double measured, double variance) {
  const double total = p_xx_ + variance;
  if (total <= 0) return;
  const double gain_x = p_xx_ / total;
  const double gain_v = p_xv_ / total;
  const double surprise = measured - position_;
  position_ += gain_x * surprise;
  velocity_ += gain_v * surprise;
  p_vv_ -= gain_v * p_xv_;
  p_xv_ *= 1 - gain_x;
  p_xx_ *= 1 - gain_x;
}

BoxMotion::BoxMotion(const Box& box, const MotionOptions& options) {
  const auto at = Coordinates(box);
  const double size = std::max({at[2], at[3], kSmallestSide});
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    axes_[i].Start(at[i], Square(2 * options.measurement * size), Square(options.first_velocity * size));
  }
}

double BoxMotion::Size() const { return std::max({axes_[2].position(), axes_[3].position(), kSmallestSide}); }

void BoxMotion::Predict(double dt_s, const MotionOptions& options) {
  const double size = Size();
  AxisFilter::Noise noise{Square(options.jitter * size), Square(options.acceleration * size),
                          options.velocity_memory_s};
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    if (i == 2) noise.memory_s = options.growth_memory_s;
    axes_[i].Predict(dt_s, noise);
  }
}

void BoxMotion::Update(const Box& measured, const MotionOptions& options) {
  const double variance = Square(options.measurement * Size());
  const auto at = Coordinates(measured);
  for (std::size_t i = 0; i < axes_.size(); ++i) axes_[i].Update(at[i], variance);
}

Box BoxMotion::box() const {
  const double half_width = 0.5 * std::max(axes_[2].position(), kSmallestSide);
  const double half_height = 0.5 * std::max(axes_[3].position(), kSmallestSide);
  const double x = axes_[0].position();
  const double y = axes_[1].position();
  return {static_cast<float>(x - half_width), static_cast<float>(y - half_height), static_cast<float>(x + half_width),
          static_cast<float>(y + half_height)};
}

Point BoxMotion::velocity() const {
  return {static_cast<float>(axes_[0].velocity()), static_cast<float>(axes_[1].velocity())};
}

}  // namespace spotter::track
