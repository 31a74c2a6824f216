// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/rtmo_decoder.h"

#include <algorithm>

namespace spotter::perceive {

std::unique_ptr<PoseDecoder> RtmoDecoder::Recognise(const infer::ModelInfo& info, const DecoderOptions& options) {
  const int boxes = infer::FindOutput(info.outputs, "dets");
  const int joints = infer::FindOutput(info.outputs, "keypoints");
  if (boxes < 0 || joints < 0) return nullptr;
  const infer::Shape& box_shape = info.outputs[boxes].shape;
  const infer::Shape& joint_shape = info.outputs[joints].shape;
  const bool fits = box_shape.size() == 3 && box_shape[2] == 5 && joint_shape.size() == 4 &&
                    joint_shape[2] == static_cast<std::int64_t>(kKeypointCount) && joint_shape[3] == 3;
  if (!fits) return nullptr;
  return std::unique_ptr<PoseDecoder>(
      new RtmoDecoder(static_cast<std::size_t>(boxes), static_cast<std::size_t>(joints), options));
}

std::vector<Detection> RtmoDecoder::Decode(const infer::InferRequest& request) const {
  const infer::OutputTensor boxes = request.output(boxes_);
  const infer::OutputTensor joints = request.output(joints_);
  std::vector<Detection> people;
  const auto count = static_cast<std::size_t>(std::min(boxes.shape[1], joints.shape[1]));
  for (std::size_t n = 0; n < count; ++n) {
    const float* box = boxes.values.data() + 5 * n;
    if (box[4] < options_.min_confidence) continue;
    Detection person;
    person.box = {box[0], box[1], box[2], box[3]};
    person.confidence = box[4];
    const float* joint = joints.values.data() + n * kKeypointCount * 3;
    for (auto& keypoint : person.pose.keypoints) {
      keypoint = {joint[0], joint[1], joint[2]};
      joint += 3;
    }
    people.push_back(person);
  }
  std::stable_sort(people.begin(), people.end(),
                   [](const Detection& a, const Detection& b) { return a.confidence > b.confidence; });
  people.resize(std::min(people.size(), static_cast<std::size_t>(options_.max_people)));
  return people;
}

}  // namespace spotter::perceive
