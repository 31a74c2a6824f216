// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/core/perception.h"
#include "spotter/infer/inference_backend.h"

namespace spotter::perceive {

struct DecoderOptions {
  float min_confidence =
      0.12F;  // people below are left out; low: the tracker starts nobody on weak evidence, but keeps whom it knows
  int max_people = 60;  // bounds the work on a broken picture
};

// Turns a detector network's outputs into people. Stateless, any thread.
class PoseDecoder {
 public:
  virtual ~PoseDecoder() = default;
  // People in pixels of the network's input, most confident first; one person may appear more than once. REQUIRES:
  // request.Wait() succeeded
  virtual std::vector<Detection> Decode(const infer::InferRequest& request) const = 0;
};

// What Spotter knows about a kind of detector network: how its input is fed, and its decoder.
struct DetectorKind {
  float input_scale = 1;
  bool bgr = false;
  std::unique_ptr<PoseDecoder> decoder;
};

// Recognises the network by its outputs: MoveNet MultiPose heads, YOLO-pose (v8, 11: [1, 56, N]; end-to-end: [1, N,
// 57]), RTMO ("dets" and "keypoints"). kInvalidArgument for anything else.
Result<DetectorKind> RecogniseDetector(const infer::ModelInfo& info, const DecoderOptions& options);

}  // namespace spotter::perceive
