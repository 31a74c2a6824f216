// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "spotter/perceive/pose_decoder.h"

namespace spotter::perceive {

// YOLO-pose with 17 joints (https://docs.ultralytics.com/tasks/pose): v8 and 11 give [1, 56, N], a column per candidate
// (cx, cy, w, h, confidence, 17 x (x, y, confidence)); end-to-end networks (v26) give [1, N, 57], a row per person (x0,
// y0, x1, y1, confidence, class, 17 x (x, y, confidence)). Everything in input pixels.
class YoloDecoder : public PoseDecoder {
 public:
  // None when there is no such output.
  static std::unique_ptr<PoseDecoder> Recognise(const infer::ModelInfo& info, const DecoderOptions& options);

  std::vector<Detection> Decode(const infer::InferRequest& request) const override;

 private:
  YoloDecoder(std::size_t output, const DecoderOptions& options) : output_(output), options_(options) {}

  const std::size_t output_;
  const DecoderOptions options_;
};

}  // namespace spotter::perceive
