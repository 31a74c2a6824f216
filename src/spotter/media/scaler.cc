// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/scaler.h"

#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "spotter/base/check.h"
#include "spotter/media/av_handles.h"
#include "spotter/media/halve.h"

namespace spotter::media {
namespace {

// libswscale works on blocks of up to this many pixels and touches what lies behind the last one of a row.
constexpr int kBlock = 32;
constexpr std::size_t kOverrun = 3 * kBlock;

// The planes of an I420 picture on its way down.
struct I420View {
  std::array<PlaneView, 3> planes;
  int width() const { return planes[0].width; }
  int height() const { return planes[0].height; }
};

I420View ViewOf(const Frame& frame) {
  I420View view;
  for (std::size_t i = 0; i < view.planes.size(); ++i) {
    const int shift = i == 0 ? 0 : 1;
    view.planes[i] = {frame.planes[i].data, frame.planes[i].stride, (frame.width + shift) >> shift,
                      (frame.height + shift) >> shift};
  }
  return view;
}

// Halving must not shift the picture, so both sides are even, nor leave less than is wanted.
bool CanHalve(const I420View& view, const RgbTarget& target) {
  return view.width() % 2 == 0 && view.height() % 2 == 0 && view.width() / 2 >= target.width &&
         view.height() / 2 >= target.height;
}

I420View Halve(const I420View& view, std::vector<std::uint8_t>& memory) {
  I420View half;
  std::size_t size = 0;
  for (std::size_t i = 0; i < view.planes.size(); ++i) {
    half.planes[i].width = (view.planes[i].width + 1) / 2;
    half.planes[i].height = (view.planes[i].height + 1) / 2;
    half.planes[i].stride = half.planes[i].width;
    size += static_cast<std::size_t>(half.planes[i].width) * static_cast<std::size_t>(half.planes[i].height);
  }
  memory.resize(size + kOverrun);
  std::uint8_t* at = memory.data();
  for (std::size_t i = 0; i < view.planes.size(); ++i) {
    HalvePlane(view.planes[i], at, half.planes[i].stride);
    half.planes[i].data = at;
    at += std::ptrdiff_t{half.planes[i].stride} * half.planes[i].height;
  }
  return half;
}

}  // namespace

struct Scaler::Impl {
  void Convert(const I420View& view, const Frame& frame, const RgbTarget& target);
  void ConvertBlocks(const I420View& view, const Frame& frame, const RgbTarget& target);

  RgbOrder order = RgbOrder::kRgb;
  SwsContextPtr sws;
  std::array<std::vector<std::uint8_t>, 2> memory;  // of the halved pictures, in turn
  std::vector<std::uint8_t> blocks;                 // a target with room behind each row
};

Scaler::Scaler(RgbOrder order) : impl_(std::make_unique<Impl>()) { impl_->order = order; }
Scaler::~Scaler() = default;

// Writes nothing outside the target, whatever its width.
void Scaler::Impl::Convert(const I420View& view, const Frame& frame, const RgbTarget& target) {
  if (target.width % kBlock == 0) return ConvertBlocks(view, frame, target);
  const int stride = (target.width + kBlock - 1) / kBlock * kBlock * 3;
  blocks.resize(static_cast<std::size_t>(stride) * static_cast<std::size_t>(target.height));
  ConvertBlocks(view, frame, {blocks.data(), stride, target.width, target.height});
  for (int y = 0; y < target.height; ++y) {
    std::memcpy(target.data + std::ptrdiff_t{target.stride} * y, blocks.data() + std::ptrdiff_t{stride} * y,
                static_cast<std::size_t>(target.width) * 3);
  }
}

void Scaler::Impl::ConvertBlocks(const I420View& view, const Frame& frame, const RgbTarget& target) {
  const AVPixelFormat format = order == RgbOrder::kRgb ? AV_PIX_FMT_RGB24 : AV_PIX_FMT_BGR24;
  sws.reset(sws_getCachedContext(sws.release(), view.width(), view.height(), AV_PIX_FMT_YUV420P, target.width,
                                 target.height, format, SWS_AREA, nullptr, nullptr, nullptr));
  SPOTTER_CHECK(sws != nullptr);
  const int* matrix = sws_getCoefficients(frame.color_matrix == ColorMatrix::kBt709 ? SWS_CS_ITU709 : SWS_CS_ITU601);
  sws_setColorspaceDetails(sws.get(), matrix, frame.full_range ? 1 : 0, matrix, 1, 0, 1 << 16, 1 << 16);
  std::array<const std::uint8_t*, 4> source{};
  std::array<int, 4> source_stride{};
  for (std::size_t i = 0; i < view.planes.size(); ++i) {
    source[i] = view.planes[i].data;
    source_stride[i] = view.planes[i].stride;
  }
  const std::array<std::uint8_t*, 4> data = {target.data, nullptr, nullptr, nullptr};
  const std::array<int, 4> stride = {target.stride, 0, 0, 0};
  sws_scale(sws.get(), source.data(), source_stride.data(), 0, view.height(), data.data(), stride.data());
}

// Means of 2 x 2 read a large picture several times faster than libswscale's general filter; that one does the rest.
void Scaler::Scale(const Frame& frame, const RgbTarget& target) {
  SPOTTER_CHECK(frame.width > 0 && frame.height > 0 && target.width > 0 && target.height > 0);
  I420View view = ViewOf(frame);
  for (std::size_t round = 0; CanHalve(view, target); ++round) view = Halve(view, impl_->memory[round % 2]);
  impl_->Convert(view, frame, target);
}

}  // namespace spotter::media
