// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <openvino/core/model.hpp>

#include "spotter/base/result.h"
#include "tfjs_graph.h"

namespace spotter::convert {

// MoveNet MultiPose as an OpenVINO model, cut at its six head convolutions (what TensorFlow does after them is limited
// to six people; Spotter decodes the heads itself, see src/spotter/perceive).
//   input   "input"  f32 [1, H, W, 3], RGB 0..255, H and W any multiples of 32
//   outputs f32 [1, H/4, W/4, C]: "center" C=1 (logit), "kpt_heatmap" 17 (logits), "kpt_offset" 34, "kpt_regress" 34,
//           "box_scale" 2, "box_offset" 2; each tensor also carries the head's name in the TensorFlow graph
// Inside everything is NCHW and fused operations are split, as the CPU plugin likes it.
// Errors: kUnreadable when the graph is not MoveNet MultiPose or has an operation outside the handful that this network
// uses.
Result<std::shared_ptr<ov::Model>> BuildMoveNetModel(const TfjsGraph& graph);

}  // namespace spotter::convert
