// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/canvas.h"

#include <algorithm>
#include <utility>

#include <opencv2/imgproc.hpp>

#include "spotter/base/check.h"

namespace spotter::render {

Canvas::Canvas(int width, int height, Color fill) : width_(width), height_(height) {
  SPOTTER_CHECK(width > 0 && height > 0);
  bgr_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  if (fill != Color{}) Fill(fill);
}

Canvas::Canvas(Canvas&& other) noexcept
    : width_(std::exchange(other.width_, 0)), height_(std::exchange(other.height_, 0)), bgr_(std::move(other.bgr_)) {}

Canvas& Canvas::operator=(Canvas&& other) noexcept {
  width_ = std::exchange(other.width_, 0);
  height_ = std::exchange(other.height_, 0);
  bgr_ = std::move(other.bgr_);
  return *this;
}

Color Canvas::At(int x, int y) const {
  SPOTTER_CHECK(x >= 0 && x < width_ && y >= 0 && y < height_);
  const std::uint8_t* pixel = Row(y) + 3 * x;
  return {pixel[2], pixel[1], pixel[0]};
}

void Canvas::Fill(Color color) {
  for (std::size_t i = 0; i + 2 < bgr_.size(); i += 3) {
    bgr_[i] = color.b;
    bgr_[i + 1] = color.g;
    bgr_[i + 2] = color.r;
  }
}

Canvas Canvas::Resized(int width, int height) const {
  SPOTTER_CHECK(!empty());
  Canvas scaled(width, height);
  // OpenCV has no view of constant memory; this one is only read.
  const cv::Mat from(height_, width_, CV_8UC3, const_cast<std::uint8_t*>(data()));
  cv::Mat to(height, width, CV_8UC3, scaled.data());
  const bool smaller = width < width_ || height < height_;
  cv::resize(from, to, to.size(), 0, 0, smaller ? cv::INTER_AREA : cv::INTER_LINEAR);
  return scaled;
}

void Canvas::Paste(const Canvas& source, int x, int y) {
  const int x0 = std::max(x, 0);
  const int x1 = std::min(x + source.width(), width_);
  if (x0 >= x1) return;
  for (int row = std::max(y, 0); row < std::min(y + source.height(), height_); ++row) {
    std::copy_n(source.Row(row - y) + 3 * (x0 - x), 3 * (x1 - x0), Row(row) + 3 * x0);
  }
}

}  // namespace spotter::render
