// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/stream_record.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "spotter/base/check.h"
#include "spotter/media/av_handles.h"

namespace spotter::media {
namespace {

constexpr int kLargestSide = 32'768;               // pixels
constexpr int kLargestClock = 1'000'000'000;       // ticks a second
constexpr std::size_t kLargestHeader = 1U << 20U;  // bytes of parameter sets

// The numbers of AVCodecParameters that matter, in the order of the record.
template <typename Parameters>
auto Numbers(Parameters& p) {
  return std::to_array({&p.width, &p.height, &p.format, &p.profile, &p.level, &p.video_delay, &p.bits_per_coded_sample,
                        &p.sample_aspect_ratio.num, &p.sample_aspect_ratio.den});
}

void SaveParameters(const AVCodecParameters& parameters, ByteWriter& to) {
  for (const int* number : Numbers(parameters)) to.I64(*number);
  for (const int number : {static_cast<int>(parameters.field_order), static_cast<int>(parameters.color_range),
                           static_cast<int>(parameters.color_primaries), static_cast<int>(parameters.color_trc),
                           static_cast<int>(parameters.color_space), static_cast<int>(parameters.chroma_location)})
    to.I64(number);
  to.Bytes(std::as_bytes(std::span(parameters.extradata, static_cast<std::size_t>(parameters.extradata_size))));
}

int LoadNumber(ByteReader& from) { return static_cast<int>(from.I64()); }

// A number of a libav enumeration whose last value is `end` - 1; what lies outside becomes `unknown`.
template <typename Enum>
Enum LoadChoice(ByteReader& from, Enum end, Enum unknown) {
  const std::int64_t number = from.I64();
  return number >= 0 && number < static_cast<std::int64_t>(end) ? static_cast<Enum>(number) : unknown;
}

void LoadParameters(ByteReader& from, AVCodecParameters& parameters) {
  for (int* number : Numbers(parameters)) *number = LoadNumber(from);
  parameters.field_order = LoadChoice(from, static_cast<AVFieldOrder>(AV_FIELD_BT + 1), AV_FIELD_UNKNOWN);
  parameters.color_range = LoadChoice(from, AVCOL_RANGE_NB, AVCOL_RANGE_UNSPECIFIED);
  parameters.color_primaries = LoadChoice(from, AVCOL_PRI_NB, AVCOL_PRI_UNSPECIFIED);
  parameters.color_trc = LoadChoice(from, AVCOL_TRC_NB, AVCOL_TRC_UNSPECIFIED);
  parameters.color_space = LoadChoice(from, AVCOL_SPC_NB, AVCOL_SPC_UNSPECIFIED);
  parameters.chroma_location = LoadChoice(from, AVCHROMA_LOC_NB, AVCHROMA_LOC_UNSPECIFIED);
  const std::span<const std::byte> header = from.Bytes();
  if (header.empty() || header.size() > kLargestHeader) return;
  parameters.extradata = static_cast<std::uint8_t*>(av_mallocz(header.size() + AV_INPUT_BUFFER_PADDING_SIZE));
  SPOTTER_CHECK(parameters.extradata != nullptr);
  std::memcpy(parameters.extradata, header.data(), header.size());
  parameters.extradata_size = static_cast<int>(header.size());
}

bool IsPlausible(const VideoStream& stream) {
  const AVCodecParameters& parameters = *stream.parameters;
  const auto is_side = [](int side) { return side > 0 && side <= kLargestSide; };
  const auto is_clock = [](int number) { return number > 0 && number <= kLargestClock; };
  return is_side(parameters.width) && is_side(parameters.height) && parameters.sample_aspect_ratio.num >= 0 &&
         parameters.sample_aspect_ratio.den >= 0 && is_clock(stream.time_base.numerator) &&
         is_clock(stream.time_base.denominator);
}

}  // namespace

void SaveStream(const VideoStream& stream, ByteWriter& to) {
  to.Text(stream.codec);
  to.I64(stream.time_base.numerator);
  to.I64(stream.time_base.denominator);
  to.U8(static_cast<std::uint8_t>((stream.orientation.transpose ? 1 : 0) + (stream.orientation.flip_x ? 2 : 0) +
                                  (stream.orientation.flip_y ? 4 : 0)));
  to.I64(static_cast<std::int64_t>(stream.frame_rate * 1e6));
  SaveParameters(*stream.parameters, to);
}

Result<VideoStream> LoadStream(ByteReader& from) {
  VideoStream stream;
  stream.codec = from.Text();
  stream.time_base = {LoadNumber(from), LoadNumber(from)};
  const std::uint8_t turn = from.U8();
  stream.orientation = {(turn & 1U) != 0, (turn & 2U) != 0, (turn & 4U) != 0};
  stream.frame_rate = static_cast<double>(from.I64()) * 1e-6;
  const AVCodecDescriptor* codec = avcodec_descriptor_get_by_name(stream.codec.c_str());
  if (codec == nullptr || codec->type != AVMEDIA_TYPE_VIDEO)
    return MakeError(ErrorCode::kUnreadable, "a stream of an unknown format");
  const std::shared_ptr<AVCodecParameters> parameters = ParametersPtr(avcodec_parameters_alloc());
  SPOTTER_CHECK(parameters != nullptr);
  parameters->codec_type = AVMEDIA_TYPE_VIDEO;
  parameters->codec_id = codec->id;
  LoadParameters(from, *parameters);
  stream.parameters = parameters;
  stream.width = stream.orientation.transpose ? parameters->height : parameters->width;
  stream.height = stream.orientation.transpose ? parameters->width : parameters->height;
  if (!from.ok() || !IsPlausible(stream))
    return MakeError(ErrorCode::kUnreadable, "the description of a stream is damaged");
  return stream;
}

bool HaveSameParameters(const VideoStream& a, const VideoStream& b) {
  const AVCodecParameters& first = *a.parameters;
  const AVCodecParameters& second = *b.parameters;
  const auto header = [](const AVCodecParameters& parameters) {
    return std::span(parameters.extradata, static_cast<std::size_t>(parameters.extradata_size));
  };
  return a.codec == b.codec && a.time_base == b.time_base && a.orientation == b.orientation &&
         first.width == second.width && first.height == second.height && first.format == second.format &&
         std::ranges::equal(header(first), header(second));
}

}  // namespace spotter::media
