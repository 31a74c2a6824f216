// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/pose_engine.h"

#include <algorithm>
#include <utility>

namespace spotter::perceive {
namespace {

// One request a running inference and as many again that are being filled or read meanwhile.
int PoolCapacity(const infer::Model& model) { return 2 * model.parallel_requests(); }

}  // namespace

PoseEngine::PoseEngine(infer::InferenceBackend& backend, PoseEngineOptions options, DetectorKind kind, Size fixed_input)
    : backend_(backend), options_(std::move(options)), kind_(std::move(kind)), fixed_input_(fixed_input) {}

Result<std::unique_ptr<PoseEngine>> PoseEngine::Create(infer::InferenceBackend& backend,
                                                       const PoseEngineOptions& options) {
  auto info = backend.Inspect(options.detector_model);
  if (!info) return info.error();
  auto kind = RecogniseDetector(*info, options.decoder);
  if (!kind) return kind.error();
  std::unique_ptr<PoseEngine> engine(
      new PoseEngine(backend, options, std::move(*kind), Size{info->width, info->height}));
  if (auto loaded = engine->LoadRefiner(); !loaded) return loaded.error();
  return engine;
}

Result<void> PoseEngine::LoadRefiner() {
  if (options_.refiner_model.empty()) return {};
  infer::ModelOptions load{options_.refiner_model};
  load.input_scale = 1.0F / 255;
  load.keep.assign(BlazePoseOutputs::kNames.begin(), BlazePoseOutputs::kNames.end());
  auto model = backend_.Load(load);
  if (!model) return model.error();
  auto outputs = FindBlazePoseOutputs((*model)->info());
  if (!outputs) return outputs.error();
  const int capacity = PoolCapacity(**model);
  // NOLINTNEXTLINE(modernize-make-unique): the pool inside cannot be moved
  refiner_.reset(new RefinerNetwork{(*model)->info().height, *outputs, RequestPool(*model, capacity)});
  return {};
}

Size PoseEngine::FullInput(Size frame) const {
  if (fixed_input_.width > 0 && fixed_input_.height > 0) return fixed_input_;
  const Size chosen = ChooseInputSize(frame, options_.pose_size);
  return {fixed_input_.width == 0 ? chosen.width : fixed_input_.width,
          fixed_input_.height == 0 ? chosen.height : fixed_input_.height};
}

std::optional<Size> PoseEngine::TrainingInput(Size frame) const {
  if (!kind_.training || fixed_input_ != Size{}) return std::nullopt;
  // The longer side of a 16:9 picture has the size of the training; ChooseInputSize is told the shorter one.
  const Size chosen = ChooseInputSize(frame, kind_.training->input * 9 / 16);
  const Size full = FullInput(frame);
  if (std::max(chosen.width, chosen.height) >= std::max(full.width, full.height)) return std::nullopt;
  return chosen;
}

Result<DetectorNetworks> PoseEngine::DetectorsFor(Size frame) {
  std::lock_guard lock(mutex_);
  const auto full = NetworkOf(FullInput(frame));
  if (!full) return full.error();
  const std::optional<Size> input = TrainingInput(frame);
  if (!input) return DetectorNetworks{*full};
  const auto training_size = NetworkOf(*input);
  if (!training_size) return training_size.error();
  return DetectorNetworks{*full, *training_size};
}

Result<DetectorNetwork*> PoseEngine::NetworkOf(Size input) {
  auto& network = detectors_[{input.width, input.height}];
  if (network) return network.get();
  infer::ModelOptions load{options_.detector_model, input.height, input.width};
  load.input_scale = kind_.input_scale;
  load.bgr = kind_.bgr;
  auto model = backend_.Load(load);
  if (!model) return model.error();
  const int capacity = PoolCapacity(**model);
  // NOLINTNEXTLINE(modernize-make-unique): the pool inside cannot be moved
  network.reset(new DetectorNetwork{input, RequestPool(*model, capacity)});
  return network.get();
}

}  // namespace spotter::perceive
