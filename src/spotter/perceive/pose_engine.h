// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "spotter/base/result.h"
#include "spotter/geometry/box.h"
#include "spotter/infer/inference_backend.h"
#include "spotter/perceive/blazepose.h"
#include "spotter/perceive/duplicates.h"
#include "spotter/perceive/letterbox.h"
#include "spotter/perceive/pose_decoder.h"
#include "spotter/perceive/request_pool.h"

namespace spotter::perceive {

struct PoseEngineOptions {
  std::filesystem::path detector_model;  // MoveNet MultiPose, or the user's own YOLO-pose or RTMO network
  std::filesystem::path refiner_model;   // BlazePose landmarks; empty = poses are not refined
  int pose_size = 288;                   // the detector's input has the area of a 16:9 picture of this height
  DecoderOptions decoder;
  DuplicateOptions duplicates;
};

// A compiled detector for one input size.
struct DetectorNetwork {
  Size input;
  RequestPool requests;
};

// The detector's looks at frames of one size.
struct DetectorNetworks {
  DetectorNetwork* full = nullptr;
  // Sees people who are too large for `full` (docs/adr/0005). Null when the detector has a fixed input, needs no second
  // look, or `full` is no larger than what it was trained with.
  DetectorNetwork* training_size = nullptr;
};

struct RefinerNetwork {
  int side = 0;  // of the square input, pixels
  BlazePoseOutputs outputs;
  RequestPool requests;
};

// The pose networks that all sources share: one compiled network for each input size. Those for frames of one shape are
// compiled when the first of them comes; every source waits meanwhile. Any thread. Outlives the detectors and refiners
// that use it.
class PoseEngine {
 public:
  // `backend` outlives the engine. Errors as InferenceBackend::Load, and when the detector is of no known kind.
  static Result<std::unique_ptr<PoseEngine>> Create(infer::InferenceBackend& backend, const PoseEngineOptions& options);

  // The detector for frames of this size; compiles what is not yet compiled. Errors as InferenceBackend::Load.
  Result<DetectorNetworks> DetectorsFor(Size frame);
  // Whether a body of this box, in pixels of the input, is larger than those that the detector was trained with.
  bool IsTooLarge(const Box& body) const {
    return kind_.training && std::max(body.width(), body.height()) > kind_.training->longest_body;
  }
  // Null when poses are not refined.
  RefinerNetwork* refiner() { return refiner_.get(); }
  const PoseDecoder& decoder() const { return *kind_.decoder; }
  const PoseEngineOptions& options() const { return options_; }

 private:
  PoseEngine(infer::InferenceBackend& backend, PoseEngineOptions options, DetectorKind kind, Size fixed_input);
  Result<void> LoadRefiner();
  Size FullInput(Size frame) const;
  // None when there is no second look.
  std::optional<Size> TrainingInput(Size frame) const;
  // REQUIRES: mutex_ is locked
  Result<DetectorNetwork*> NetworkOf(Size input);

  infer::InferenceBackend& backend_;
  const PoseEngineOptions options_;
  const DetectorKind kind_;
  const Size fixed_input_;  // 0 = any multiple of 32
  std::unique_ptr<RefinerNetwork> refiner_;
  std::mutex mutex_;
  std::map<std::pair<int, int>, std::unique_ptr<DetectorNetwork>> detectors_;  // guarded by mutex_
};

}  // namespace spotter::perceive
