// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
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

// What a network was trained with. Whoever is larger in its input comes out in halves (docs/adr/0005).
struct TrainingScale {
  int input = 0;           // longer side of the input, pixels
  float longest_body = 0;  // there, pixels; few bodies were longer
};

// What Spotter knows about a kind of detector network: how its input is fed, and its decoder.
struct DetectorKind {
  float input_scale = 1;
  bool bgr = false;
  std::unique_ptr<PoseDecoder> decoder;
  std::optional<TrainingScale> training;  // none = finds people of every size in a larger input, too
};

// Recognises the network by its outputs: MoveNet MultiPose heads, YOLO-pose (v8, 11: [1, 56, N]; end-to-end: [1, N,
// 57]), RTMO ("dets" and "keypoints"). kInvalidArgument for anything else.
Result<DetectorKind> RecogniseDetector(const infer::ModelInfo& info, const DecoderOptions& options);

}  // namespace spotter::perceive
