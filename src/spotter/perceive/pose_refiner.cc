// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/pose_refiner.h"

#include <algorithm>
#include <utility>

#include "spotter/base/check.h"
#include "spotter/perceive/pose_fusion.h"
#include "spotter/perceive/pose_measure.h"

namespace spotter::perceive {
namespace {

Pose Scaled(const Pose& pose, Point scale) {
  Pose scaled = pose;
  for (Keypoint& joint : scaled.keypoints) {
    joint.x *= scale.x;
    joint.y *= scale.y;
  }
  return scaled;
}

Landmarks InFrame(const Landmarks& in_pixels, Point frame_size) {
  Landmarks landmarks = in_pixels;
  for (Landmark& landmark : landmarks) {
    landmark.x /= frame_size.x;
    landmark.y /= frame_size.y;
    landmark.z /= frame_size.x;
  }
  return landmarks;
}

}  // namespace

void PoseRefiner::Submit(const Frame& frame, std::vector<PerceivedPerson> people) {
  Job job{frame.pts, {static_cast<float>(frame.width), static_cast<float>(frame.height)}, std::move(people), {}};
  job.crops.resize(job.people.size());
  jobs_.push_back(std::move(job));
  RefinerNetwork* network = engine_.refiner();
  if (network == nullptr) return;
  Job& queued = jobs_.back();
  FramePyramid pyramid(frame);
  const float aspect = queued.frame_size.x / queued.frame_size.y;
  for (std::size_t i = 0; i < queued.people.size(); ++i) {
    if (!budget_.Grant(queued.people[i], aspect, frame.pts)) continue;
    const CropRegion region = RegionAround(Scaled(queued.people[i].pose, queued.frame_size));
    Crop crop{region, AcquireRequest(), RefinedPose{}};
    FillCrop(pyramid, region, network->side, (*crop.request)->input());
    (*crop.request)->Start();
    queued.crops[i] = std::move(crop);
  }
  budget_.ForgetLost(frame.pts);
}

RequestPool::Lease PoseRefiner::AcquireRequest() {
  RequestPool& requests = engine_.refiner()->requests;
  if (auto request = requests.TryAcquire()) return std::move(*request);
  before_waiting_();  // nobody waits while holding a request
  return requests.Acquire();
}

void PoseRefiner::FinishAll() {
  for (Job& job : jobs_) {
    for (auto& crop : job.crops) {
      if (crop) Finish(*crop);
    }
  }
}

void PoseRefiner::Finish(Crop& crop) const {
  if (!crop.request) return;
  const RefinerNetwork& network = *engine_.refiner();
  if (auto done = (*crop.request)->Wait(); !done) {
    crop.refined = done.error();
  } else {
    crop.refined = DecodeBlazePose(**crop.request, network.outputs, crop.region, network.side);
  }
  crop.request.reset();
}

Result<std::vector<PerceivedPerson>> PoseRefiner::Collect() {
  SPOTTER_CHECK(!jobs_.empty());
  Job job = std::move(jobs_.front());
  jobs_.pop_front();
  for (auto& crop : job.crops) {
    if (crop) Finish(*crop);
  }
  for (std::size_t i = 0; i < job.people.size(); ++i) {
    const auto& crop = job.crops[i];
    if (!crop) {
      CarryOver(job.people[i]);
      continue;
    }
    if (!crop->refined) return crop->refined.error();
    Refine(job, *crop->refined, job.people[i]);
  }
  constexpr std::chrono::seconds kForgetAfter{10};
  std::erase_if(last_, [&](const auto& track) { return job.pts - track.second.refined_at > kForgetAfter; });
  return std::move(job.people);
}

void PoseRefiner::Refine(const Job& job, const RefinedPose& refined, PerceivedPerson& person) {
  const float aspect = job.frame_size.x / job.frame_size.y;
  const Landmarks landmarks = InFrame(refined.landmarks, job.frame_size);
  const Pose pose = PoseOf(landmarks);
  // Left taken for right is no reason to refuse: that is what the refinement puts right.
  const float disagreement =
      std::min(MedianDisagreement(person.pose, pose, aspect), MedianDisagreement(Mirrored(person.pose), pose, aspect));
  if (refined.presence < options_.min_presence || disagreement > options_.max_disagreement) {
    last_.erase(person.track_id);
    return;
  }
  Memory memory{job.pts, person.pose, person};
  person.pose = FusePoses(person.pose, pose, aspect);
  person.landmarks = landmarks;
  person.world_landmarks = refined.world;
  memory.refined = person;
  last_[person.track_id] = std::move(memory);
}

// The refined pose of then, moved as far as the detector saw each joint move since.
void PoseRefiner::CarryOver(PerceivedPerson& person) const {
  const auto it = last_.find(person.track_id);
  if (it == last_.end()) return;
  const Memory& then = it->second;
  Point mean{0, 0};
  for (std::size_t j = 0; j < kKeypointCount; ++j) {
    Keypoint& now = person.pose.keypoints[j];
    const Point moved = now.point() - then.rough.keypoints[j].point();
    const Keypoint& refined = then.refined.pose.keypoints[j];
    now = {refined.x + moved.x, refined.y + moved.y, refined.confidence};
    mean = mean + (1.0F / kKeypointCount) * moved;
  }
  person.landmarks = then.refined.landmarks;
  for (Landmark& landmark : *person.landmarks) {
    landmark.x += mean.x;
    landmark.y += mean.y;
  }
  person.world_landmarks = then.refined.world_landmarks;
}

}  // namespace spotter::perceive
