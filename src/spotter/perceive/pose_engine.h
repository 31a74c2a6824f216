// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "spotter/base/result.h"
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

// One look of the detector at a frame. Whoever is larger in its input than the people it was trained with comes out in
// halves; so there may be a second look, at a picture of half the size (docs/adr/0004).
enum class PassKind { kWhole, kCloseUp };

// A compiled detector for one input size.
struct DetectorNetwork {
  Size input;
  RequestPool requests;
};

struct RefinerNetwork {
  int side = 0;  // of the square input, pixels
  BlazePoseOutputs outputs;
  RequestPool requests;
};

// The pose networks that all sources share: one compiled network for each input size, made when the first frame of that
// shape comes. Any thread. Outlives the detectors and refiners that use it.
class PoseEngine {
 public:
  // `backend` outlives the engine. Errors as InferenceBackend::Load, and when the detector is of no known kind.
  static Result<std::unique_ptr<PoseEngine>> Create(infer::InferenceBackend& backend, const PoseEngineOptions& options);

  // The detector for frames of this size; compiles it if need be.
  Result<DetectorNetwork*> DetectorFor(Size frame, PassKind pass);
  // Whether the detector takes pictures of any size, so that it can look at a frame at two scales.
  bool TakesAnySize() const { return fixed_input_.width == 0 && fixed_input_.height == 0; }
  // Null when poses are not refined.
  RefinerNetwork* refiner() { return refiner_.get(); }
  const PoseDecoder& decoder() const { return *kind_.decoder; }
  const PoseEngineOptions& options() const { return options_; }

 private:
  PoseEngine(infer::InferenceBackend& backend, PoseEngineOptions options, DetectorKind kind, Size fixed_input);
  Result<void> LoadRefiner();

  infer::InferenceBackend& backend_;
  const PoseEngineOptions options_;
  const DetectorKind kind_;
  const Size fixed_input_;  // 0 = any multiple of 32
  std::unique_ptr<RefinerNetwork> refiner_;
  std::mutex mutex_;
  std::map<std::pair<int, int>, std::unique_ptr<DetectorNetwork>> detectors_;  // guarded by mutex_
};

}  // namespace spotter::perceive
