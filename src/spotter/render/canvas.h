// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace spotter::render {

struct Color {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  bool operator==(const Color&) const = default;
};

// A picture to draw on: packed 8-bit B, G, R, rows top to bottom, owned. Movable, not copyable by accident (4K is 25
// MB). One owner, not thread safe.
class Canvas {
 public:
  Canvas() = default;
  // REQUIRES: width > 0 and height > 0
  Canvas(int width, int height, Color fill = {});
  Canvas(Canvas&& other) noexcept;
  Canvas& operator=(Canvas&& other) noexcept;
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  int width() const { return width_; }       // pixels
  int height() const { return height_; }     // pixels
  int stride() const { return 3 * width_; }  // bytes from one row to the next
  bool empty() const { return bgr_.empty(); }
  std::uint8_t* data() { return bgr_.data(); }
  const std::uint8_t* data() const { return bgr_.data(); }
  std::size_t size_bytes() const { return bgr_.size(); }

  // REQUIRES: 0 <= y < height
  std::uint8_t* Row(int y) { return bgr_.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(stride()); }
  const std::uint8_t* Row(int y) const {
    return bgr_.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(stride());
  }
  // REQUIRES: the pixel is inside
  Color At(int x, int y) const;

  void Fill(Color color);
  // A scaled copy, averaged over the covered area when it is smaller. REQUIRES: not empty; width > 0 and height > 0
  Canvas Resized(int width, int height) const;
  // Copies `source` with its top left corner at (x, y); what lies outside is cut off.
  void Paste(const Canvas& source, int x, int y);

 private:
  int width_ = 0;
  int height_ = 0;
  std::vector<std::uint8_t> bgr_;
};

}  // namespace spotter::render
