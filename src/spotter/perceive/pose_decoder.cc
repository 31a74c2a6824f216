// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/pose_decoder.h"

#include <utility>

#include <fmt/ranges.h>

#include "spotter/perceive/movenet_decoder.h"
#include "spotter/perceive/rtmo_decoder.h"
#include "spotter/perceive/yolo_decoder.h"

namespace spotter::perceive {
namespace {

std::string ListOutputs(const infer::ModelInfo& info) {
  std::string list;
  for (const auto& output : info.outputs) {
    if (!list.empty()) list += ", ";
    list += fmt::format("{} [{}]", output.names.empty() ? "?" : output.names.front(), fmt::join(output.shape, ","));
  }
  return list;
}

}  // namespace

Result<DetectorKind> RecogniseDetector(const infer::ModelInfo& info, const DecoderOptions& options) {
  if (auto movenet = MoveNetDecoder::Recognise(info, options)) return DetectorKind{1, false, std::move(movenet)};
  if (auto rtmo = RtmoDecoder::Recognise(info, options)) return DetectorKind{1, true, std::move(rtmo)};
  if (auto yolo = YoloDecoder::Recognise(info, options)) return DetectorKind{1.0F / 255, false, std::move(yolo)};
  return MakeError(ErrorCode::kInvalidArgument,
                   "The pose network's outputs are of no known kind ({}): use a YOLO-pose (v8, 11, 26) or RTMO network "
                   "with 17 joints.",
                   ListOutputs(info));
}

}  // namespace spotter::perceive
