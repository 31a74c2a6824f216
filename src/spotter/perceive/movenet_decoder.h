// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "spotter/perceive/pose_decoder.h"

namespace spotter::perceive {

// The six head convolutions of MoveNet MultiPose (https://www.kaggle.com/models/google/movenet, a CenterNet: Zhou,
// Wang, Kraehenbuehl, "Objects as Points", 2019), stride 4: `center` -> local maxima; `kpt_regress` leads to each
// joint's neighbourhood; its best `kpt_heatmap` cell there is refined by `kpt_offset`; `box_scale` and `box_offset`
// give the box.
class MoveNetDecoder : public PoseDecoder {
 public:
  // None when the outputs are not those heads.
  static std::unique_ptr<PoseDecoder> Recognise(const infer::ModelInfo& info, const DecoderOptions& options);

  std::vector<Detection> Decode(const infer::InferRequest& request) const override;

 private:
  struct Heads {
    std::size_t center, heatmap, offset, regress, box_scale, box_offset;
  };
  MoveNetDecoder(const Heads& heads, const DecoderOptions& options) : heads_(heads), options_(options) {}

  const Heads heads_;
  const DecoderOptions options_;
};

}  // namespace spotter::perceive
