// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/frame_converter.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

#include "spotter/media/av_handles.h"

namespace spotter::media {
namespace {

// Rows start at multiples of this, for SIMD.
constexpr int kAlignment = 64;

// Pictures of at least 720 lines are BT.709 when they do not say, as every camera and player has it.
ColorMatrix MatrixOf(const AVFrame& picture) {
  switch (picture.colorspace) {
    case AVCOL_SPC_BT709:
    case AVCOL_SPC_BT2020_NCL:  // no third matrix in Frame; 709 is the nearer one
    case AVCOL_SPC_BT2020_CL:
      return ColorMatrix::kBt709;
    case AVCOL_SPC_UNSPECIFIED:
      return std::min(picture.width, picture.height) >= 720 ? ColorMatrix::kBt709 : ColorMatrix::kBt601;
    default:
      return ColorMatrix::kBt601;
  }
}

bool IsPassedThrough(const AVFrame& picture) {
  const bool is_i420 = picture.format == AV_PIX_FMT_YUV420P || picture.format == AV_PIX_FMT_YUVJ420P;
  return is_i420 && picture.linesize[0] > 0 && picture.linesize[1] > 0 && picture.linesize[2] > 0;
}

bool IsFullRange(const AVFrame& picture) {
  if (picture.color_range != AVCOL_RANGE_UNSPECIFIED) return picture.color_range == AVCOL_RANGE_JPEG;
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(picture.format));
  const bool is_grey = format->nb_components < 3 && (format->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) == 0;
  return is_grey || std::string_view(format->name).starts_with("yuvj");
}

// Writable I420 planes in one buffer of the pool.
struct Canvas {
  std::shared_ptr<AVBufferRef> buffer;
  std::array<std::uint8_t*, 4> data{};
  std::array<int, 4> stride{};
};

// Buffers of one size; those of the old size go when their frames go.
class CanvasPool {
 public:
  Canvas Take(int width, int height) {
    const int size = av_image_get_buffer_size(AV_PIX_FMT_YUV420P, width, height, kAlignment);
    SPOTTER_CHECK(size > 0);
    // Behind the last row is room for libswscale, which works on whole blocks of pixels.
    if (size != size_) pool_.reset(av_buffer_pool_init(static_cast<std::size_t>(size) + kAlignment, nullptr));
    size_ = size;
    Canvas canvas;
    canvas.buffer.reset(av_buffer_pool_get(pool_.get()), [](AVBufferRef* buffer) { av_buffer_unref(&buffer); });
    SPOTTER_CHECK(canvas.buffer != nullptr);
    av_image_fill_arrays(canvas.data.data(), canvas.stride.data(), canvas.buffer->data, AV_PIX_FMT_YUV420P, width,
                         height, kAlignment);
    return canvas;
  }

 private:
  BufferPoolPtr pool_;
  int size_ = 0;
};

void SetPlanes(Frame& frame, const Canvas& canvas) {
  for (std::size_t i = 0; i < frame.planes.size(); ++i) frame.planes[i] = {canvas.data[i], canvas.stride[i]};
  frame.storage = canvas.buffer;
}

int ChromaSize(int luma) { return (luma + 1) / 2; }

}  // namespace

struct FrameConverter::Impl {
  Result<Frame> ToI420(const AVFrame& picture);
  Frame Turn(const Frame& stored, const Orientation& turn);
  Orientation OrientationOf(const AVFrame& picture) const;

  Orientation stream_orientation;
  SwsContextPtr sws;
  CanvasPool converted;
  CanvasPool turned;
};

FrameConverter::FrameConverter(const Orientation& orientation) : impl_(std::make_unique<Impl>()) {
  impl_->stream_orientation = orientation;
}
FrameConverter::~FrameConverter() = default;

Orientation FrameConverter::Impl::OrientationOf(const AVFrame& picture) const {
  const AVFrameSideData* side = av_frame_get_side_data(&picture, AV_FRAME_DATA_DISPLAYMATRIX);
  if (side == nullptr || side->size < 9 * sizeof(std::int32_t)) return stream_orientation;
  return OrientationFromDisplayMatrix(
      std::span<const std::int32_t, 9>(reinterpret_cast<const std::int32_t*>(side->data), 9));
}

// YUV keeps its matrix and range; RGB becomes limited-range YUV of the matrix that `MatrixOf` names.
Result<Frame> FrameConverter::Impl::ToI420(const AVFrame& picture) {
  const auto format = static_cast<AVPixelFormat>(picture.format);
  sws.reset(sws_getCachedContext(sws.release(), picture.width, picture.height, format, picture.width, picture.height,
                                 AV_PIX_FMT_YUV420P, SWS_BILINEAR, nullptr, nullptr, nullptr));
  if (sws == nullptr) {
    const char* name = av_get_pix_fmt_name(format);
    return MakeError(ErrorCode::kUnreadable, "pictures of the pixel format {} cannot be converted",
                     name == nullptr ? "?" : name);
  }
  Frame frame;
  frame.width = picture.width;
  frame.height = picture.height;
  frame.color_matrix = MatrixOf(picture);
  const bool is_rgb = (av_pix_fmt_desc_get(format)->flags & AV_PIX_FMT_FLAG_RGB) != 0;
  const int full = IsFullRange(picture) ? 1 : 0;
  frame.full_range = !is_rgb && full == 1;
  const int* matrix = sws_getCoefficients(frame.color_matrix == ColorMatrix::kBt709 ? SWS_CS_ITU709 : SWS_CS_ITU601);
  sws_setColorspaceDetails(sws.get(), matrix, is_rgb ? 1 : full, matrix, frame.full_range ? 1 : 0, 0, 1 << 16, 1 << 16);
  const Canvas canvas = converted.Take(picture.width, picture.height);
  sws_scale(sws.get(), picture.data, picture.linesize, 0, picture.height, canvas.data.data(), canvas.stride.data());
  SetPlanes(frame, canvas);
  return frame;
}

Frame FrameConverter::Impl::Turn(const Frame& stored, const Orientation& turn) {
  Frame frame = stored;
  if (turn.transpose) std::swap(frame.width, frame.height);
  const Canvas canvas = turned.Take(frame.width, frame.height);
  for (std::size_t i = 0; i < stored.planes.size(); ++i) {
    const StoredPlane plane = {stored.planes[i].data, stored.planes[i].stride,
                               i == 0 ? stored.width : ChromaSize(stored.width),
                               i == 0 ? stored.height : ChromaSize(stored.height)};
    RotatePlane(plane, turn, canvas.data[i], canvas.stride[i]);
  }
  SetPlanes(frame, canvas);
  return frame;
}

Result<Frame> FrameConverter::Convert(const DecodedPicture& decoded) {
  const AVFrame& picture = *decoded.picture;
  Frame frame;
  if (IsPassedThrough(picture)) {
    frame.width = picture.width;
    frame.height = picture.height;
    for (std::size_t i = 0; i < frame.planes.size(); ++i) frame.planes[i] = {picture.data[i], picture.linesize[i]};
    frame.color_matrix = MatrixOf(picture);
    frame.full_range = IsFullRange(picture);
    frame.storage = decoded.picture;
  } else {
    Result<Frame> i420 = impl_->ToI420(picture);
    if (!i420.ok()) return i420.error();
    frame = std::move(i420).value();
  }
  const Orientation turn = impl_->OrientationOf(picture);
  return turn.is_identity() ? frame : impl_->Turn(frame, turn);
}

}  // namespace spotter::media
