// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/blazepose.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace spotter::perceive {
namespace {

constexpr float kVisible = 0.1F;       // joint confidence from which a position means something
constexpr float kMargin = 1.25F;       // around the farthest joint
constexpr float kMinRadius = 20;       // frame pixels: smaller people are noise
constexpr int kNetworkLandmarks = 39;  // the last six only serve MediaPipe's own tracking
constexpr int kValuesPerLandmark = 5;
constexpr int kHeatmapSide = 64;

float Sigmoid(float logit) { return 1 / (1 + std::exp(-logit)); }

// Centre of gravity of a landmark's heat in the 7 x 7 cells around `expected` (cells), as MediaPipe's
// RefineLandmarksFromHeatmap does it; `expected` itself where the heatmap is not sure.
Point RefineByHeatmap(std::span<const float> heatmap, std::size_t landmark, Point expected) {
  constexpr int kReach = 3;
  constexpr float kSure = 0.5F;
  const int x = static_cast<int>(expected.x);
  const int y = static_cast<int>(expected.y);
  float largest = 0;
  float sum = 0;
  Point weighted{0, 0};
  for (int cy = std::max(0, y - kReach); cy <= std::min(kHeatmapSide - 1, y + kReach); ++cy) {
    for (int cx = std::max(0, x - kReach); cx <= std::min(kHeatmapSide - 1, x + kReach); ++cx) {
      const std::size_t cell = static_cast<std::size_t>(cy) * kHeatmapSide + cx;
      const float heat = Sigmoid(heatmap[cell * kNetworkLandmarks + landmark]);
      largest = std::max(largest, heat);
      sum += heat;
      weighted = weighted + heat * Point{static_cast<float>(cx), static_cast<float>(cy)};
    }
  }
  return largest >= kSure ? (1 / sum) * weighted : expected;
}

}  // namespace

CropRegion RegionAround(const Pose& pose) {
  const Point hips = Midpoint(pose[KeypointId::kLeftHip].point(), pose[KeypointId::kRightHip].point());
  const Point shoulders = Midpoint(pose[KeypointId::kLeftShoulder].point(), pose[KeypointId::kRightShoulder].point());
  const auto seen = std::count_if(pose.keypoints.begin(), pose.keypoints.end(),
                                  [](const Keypoint& joint) { return joint.confidence > kVisible; });
  float farthest = 0;
  for (const Keypoint& joint : pose.keypoints) {
    if (joint.confidence > kVisible || seen <= 3) farthest = std::max(farthest, Distance(joint.point(), hips));
  }
  return {hips, std::max(kMargin * farthest, kMinRadius), std::atan2(shoulders.x - hips.x, hips.y - shoulders.y)};
}

Result<BlazePoseOutputs> FindBlazePoseOutputs(const infer::ModelInfo& info) {
  const auto find = [&](std::size_t which, const infer::Shape& shape) {
    const int index = infer::FindOutput(info.outputs, BlazePoseOutputs::kNames[which]);
    return index >= 0 && info.outputs[index].shape == shape ? index : -1;
  };
  const int landmarks = find(0, {1, kValuesPerLandmark * kNetworkLandmarks});
  const int presence = find(1, {1, 1});
  const int heatmap = find(2, {1, kHeatmapSide, kHeatmapSide, kNetworkLandmarks});
  const int world = find(3, {1, 3 * kNetworkLandmarks});
  if (landmarks < 0 || presence < 0 || heatmap < 0 || world < 0 || info.height != info.width) {
    return MakeError(ErrorCode::kInvalidArgument,
                     "The refining network is not a BlazePose landmark network: run `make setup` to get it.");
  }
  const auto index = [](int found) { return static_cast<std::size_t>(found); };
  return BlazePoseOutputs{
      .landmarks = index(landmarks), .presence = index(presence), .heatmap = index(heatmap), .world = index(world)};
}

RefinedPose DecodeBlazePose(const infer::InferRequest& request,
                            const BlazePoseOutputs& outputs,
                            const CropRegion& region,
                            int side) {
  RefinedPose refined;
  refined.presence = request.output(outputs.presence).values[0];
  const float* landmark = request.output(outputs.landmarks).values.data();
  const float* world = request.output(outputs.world).values.data();
  const std::span<const float> heatmap = request.output(outputs.heatmap).values;
  const float unit = 2.0F / static_cast<float>(side);
  const float cell = static_cast<float>(side) / kHeatmapSide;  // crop pixels
  const CropRegion turn{{0, 0}, 1, region.angle};
  for (std::size_t i = 0; i < kLandmarkCount; ++i, landmark += kValuesPerLandmark, world += 3) {
    const Point fine = cell * RefineByHeatmap(heatmap, i, {landmark[0] / cell, landmark[1] / cell});
    const Point at = region.FrameFromCrop({fine.x * unit - 1, fine.y * unit - 1});
    refined.landmarks[i] = {at.x, at.y, landmark[2] * unit * region.radius, Sigmoid(landmark[3])};
    const Point metres = turn.FrameFromCrop({world[0], world[1]});
    refined.world[i] = {metres.x, metres.y, world[2]};
  }
  return refined;
}

Pose PoseOf(const Landmarks& landmarks) {
  Pose pose;
  for (std::size_t j = 0; j < kKeypointCount; ++j) {
    const Landmark& landmark = landmarks[kLandmarkOfKeypoint[j]];
    pose.keypoints[j] = {landmark.x, landmark.y, landmark.confidence};
  }
  return pose;
}

}  // namespace spotter::perceive
