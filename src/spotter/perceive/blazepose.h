// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/core/pose.h"
#include "spotter/infer/inference_backend.h"
#include "spotter/perceive/crop.h"

namespace spotter::perceive {

// BlazePose GHUM landmarks (Bazarevsky et al., "BlazePose: On-device Real-time Body Pose tracking", 2020): one person,
// whose square crop is centred on the hips with the torso upright.

// Where to crop for a rough pose in frame pixels: centre between the hips, as far as 1.25 times the joint farthest from
// there, turned so that the shoulders are above the hips.
CropRegion RegionAround(const Pose& pose_in_pixels);

// Indices of the outputs that are used; the one left out (the person's mask) costs almost half of the network.
struct BlazePoseOutputs {
  static constexpr std::array kNames = {"Identity", "Identity_1", "Identity_3", "Identity_4"};
  std::size_t landmarks = 0;  // [1, 195]: 39 x (x, y, z in crop pixels, visibility logit, presence logit)
  std::size_t presence = 0;   // [1, 1]: is there a person in the crop
  std::size_t heatmap = 0;    // [1, 64, 64, 39]: logit of each landmark in each cell
  std::size_t world = 0;      // [1, 117]: 39 x (x, y, z) metres from the hips, crop axes
};

// kInvalidArgument when the network is not BlazePose.
Result<BlazePoseOutputs> FindBlazePoseOutputs(const infer::ModelInfo& info);

struct RefinedPose {
  float presence = 0;     // [0, 1]
  Landmarks landmarks{};  // x, y, z in frame pixels
  WorldLandmarks world{};
};

// The landmarks of one finished inference, back in the frame. Where the heatmap is sure of a landmark, its centre of
// gravity around the predicted place replaces that place: half as much error again, and bf16 rounding does no harm (see
// docs/guides/accuracy.md). `side` is the crop's, in network pixels.
RefinedPose DecodeBlazePose(const infer::InferRequest& request,
                            const BlazePoseOutputs& outputs,
                            const CropRegion& region,
                            int side);

// Joints of COCO's order out of the landmarks.
Pose PoseOf(const Landmarks& landmarks);

}  // namespace spotter::perceive
