// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <openvino/openvino.hpp>

#include "spotter/infer/inference_backend.h"

namespace spotter::infer {

struct OpenVinoTarget {
  std::string device;
  ov::AnyMap compile_options;
};

struct TargetOptions {
  ov::element::Type precision;
  int streams = 1;                  // CPU: inferences at once, one thread each
  std::filesystem::path cache_dir;  // empty = compiled networks are not kept
};

// How networks are compiled for "CPU", "AUTO" ...: always so that one device runs all of them from the first inference
// on, because the bits of two devices differ.
OpenVinoTarget MakeTarget(const std::string& device, const TargetOptions& options);

// Errors as InferenceBackend::Inspect.
Result<ModelInfo> InspectOpenVinoModel(ov::Core& core, const std::filesystem::path& path);

// Reads, adapts (size, byte input, kept outputs) and compiles one network. Errors as InferenceBackend::Load.
Result<std::shared_ptr<Model>> LoadOpenVinoModel(ov::Core& core,
                                                 const ModelOptions& options,
                                                 const OpenVinoTarget& target);

// OpenVINO's messages run over many lines with source locations; the first line without them is for people.
std::string FirstLine(std::string_view message);

}  // namespace spotter::infer
