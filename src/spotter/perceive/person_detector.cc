// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/person_detector.h"

#include <algorithm>
#include <utility>

#include "spotter/base/check.h"
#include "spotter/perceive/duplicates.h"

namespace spotter::perceive {

PersonDetector::~PersonDetector() { FinishAll(); }

void PersonDetector::FinishAll() {
  for (Job& job : jobs_) Finish(job);
}

Result<void> PersonDetector::Submit(const Frame& frame) {
  const Size size{frame.width, frame.height};
  auto network = engine_.DetectorFor(size);
  if (!network) return network.error();
  Job job{Letterbox::Fit(size, (*network)->input), AcquireRequest(**network), std::vector<Detection>{}};
  Fill(frame, job.letterbox, (*job.request)->input());
  (*job.request)->Start();
  jobs_.push_back(std::move(job));
  return {};
}

void PersonDetector::Fill(const Frame& frame, const Letterbox& letterbox, std::span<std::uint8_t> rgb) {
  const std::size_t row = static_cast<std::size_t>(letterbox.input.width) * 3;
  SPOTTER_CHECK(rgb.size() == row * letterbox.input.height);
  // What lies beside and below the picture holds the last frame: black it out.
  const std::size_t picture_row = static_cast<std::size_t>(letterbox.picture.width) * 3;
  for (int y = 0; y < letterbox.picture.height; ++y) {
    const auto line = rgb.subspan(y * row, row).subspan(picture_row);
    std::fill(line.begin(), line.end(), std::uint8_t{0});
  }
  const auto below = rgb.subspan(letterbox.picture.height * row);
  std::fill(below.begin(), below.end(), std::uint8_t{0});
  scaler_.Scale(frame, {.data = rgb.data(),
                        .stride = static_cast<int>(row),
                        .width = letterbox.picture.width,
                        .height = letterbox.picture.height});
}

RequestPool::Lease PersonDetector::AcquireRequest(DetectorNetwork& network) {
  if (auto request = network.requests.TryAcquire()) return std::move(*request);
  before_waiting_();  // nobody waits while holding a request
  return network.requests.Acquire();
}

void PersonDetector::Finish(Job& job) const {
  if (!job.request) return;
  const auto done = (*job.request)->Wait();
  if (!done) {
    job.people = done.error();
  } else {
    std::vector<Detection> people = engine_.decoder().Decode(**job.request);
    RemoveDuplicates(engine_.options().duplicates, people);
    for (Detection& person : people) {
      person.box = job.letterbox.FrameFromInput(person.box);
      for (Keypoint& joint : person.pose.keypoints) {
        const Point at = job.letterbox.FrameFromInput(joint.point());
        joint.x = at.x;
        joint.y = at.y;
      }
    }
    job.people = std::move(people);
  }
  job.request.reset();
}

Result<std::vector<Detection>> PersonDetector::Collect() {
  SPOTTER_CHECK(!jobs_.empty());
  Finish(jobs_.front());
  auto people = std::move(jobs_.front().people);
  jobs_.pop_front();
  return people;
}

}  // namespace spotter::perceive
