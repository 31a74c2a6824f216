// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/pose_decoder.h"

#include <utility>

#include <fmt/ranges.h>

#include "spotter/perceive/movenet_decoder.h"
#include "spotter/perceive/rtmo_decoder.h"
#include "spotter/perceive/yolo_decoder.h"

namespace spotter::perceive {
namespace {

// "The larger side of the input is 256": https://www.kaggle.com/models/google/movenet (MultiPose).
constexpr TrainingScale kMoveNetTraining{.input = 256, .longest_body = 200};

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
  if (auto movenet = MoveNetDecoder::Recognise(info, options)) {
    return DetectorKind{.decoder = std::move(movenet), .training = kMoveNetTraining};
  }
  if (auto rtmo = RtmoDecoder::Recognise(info, options)) return DetectorKind{.bgr = true, .decoder = std::move(rtmo)};
  if (auto yolo = YoloDecoder::Recognise(info, options)) {
    return DetectorKind{.input_scale = 1.0F / 255, .decoder = std::move(yolo)};
  }
  return MakeError(ErrorCode::kInvalidArgument,
                   "The pose network's outputs are of no known kind ({}): use a YOLO-pose (v8, 11, 26) or RTMO network "
                   "with 17 joints.",
                   ListOutputs(info));
}

}  // namespace spotter::perceive
