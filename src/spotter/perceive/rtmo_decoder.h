// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "spotter/perceive/pose_decoder.h"

namespace spotter::perceive {

// RTMO as mmdeploy exports it (Lu et al., "RTMO: Towards High-Performance One-Stage Real-Time Multi-Person Pose
// Estimation", CVPR 2024): `dets` [1, N, 5] = x0, y0, x1, y1, confidence; `keypoints` [1, N, 17, 3], input pixels.
class RtmoDecoder : public PoseDecoder {
 public:
  // None when the outputs are not those.
  static std::unique_ptr<PoseDecoder> Recognise(const infer::ModelInfo& info, const DecoderOptions& options);

  std::vector<Detection> Decode(const infer::InferRequest& request) const override;

 private:
  RtmoDecoder(std::size_t boxes, std::size_t joints, const DecoderOptions& options)
      : boxes_(boxes), joints_(joints), options_(options) {}

  const std::size_t boxes_;
  const std::size_t joints_;
  const DecoderOptions options_;
};

}  // namespace spotter::perceive
