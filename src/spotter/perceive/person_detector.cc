// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/person_detector.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

#include "spotter/base/check.h"
#include "spotter/perceive/duplicates.h"

namespace spotter::perceive {
namespace {

// Who is lost or bent for a moment is still there.
constexpr std::chrono::seconds kLooksTwiceFor{2};

void Enlarge(Detection& person, float factor) {
  const Box& box = person.box;
  person.box = {factor * box.x0, factor * box.y0, factor * box.x1, factor * box.y1};
  for (Keypoint& joint : person.pose.keypoints) {
    joint.x *= factor;
    joint.y *= factor;
  }
}

void ToFrame(const Letterbox& letterbox, Detection& person) {
  person.box = letterbox.FrameFromInput(person.box);
  for (Keypoint& joint : person.pose.keypoints) {
    const Point at = letterbox.FrameFromInput(joint.point());
    joint.x = at.x;
    joint.y = at.y;
  }
}

}  // namespace

PersonDetector::~PersonDetector() { FinishAll(); }

void PersonDetector::FinishAll() {
  for (Job& job : jobs_) {
    for (Pass& pass : job.passes) Finish(pass);
  }
}

Result<void> PersonDetector::Submit(const Frame& frame) {
  const auto networks = engine_.DetectorsFor({frame.width, frame.height});
  if (!networks) return networks.error();
  Job& job = jobs_.emplace_back(Job{.pts = frame.pts, .passes = {}});
  job.passes.push_back(Start(frame, *networks->full));
  const bool looks_twice = networks->training_size && large_at_ && frame.pts - *large_at_ <= kLooksTwiceFor;
  if (looks_twice) job.passes.push_back(Start(frame, *networks->training_size));
  return {};
}

PersonDetector::Pass PersonDetector::Start(const Frame& frame, DetectorNetwork& network) {
  Pass pass{Letterbox::Fit({frame.width, frame.height}, network.input), AcquireRequest(network),
            std::vector<Detection>{}};
  Fill(frame, pass.letterbox, (*pass.request)->input());
  (*pass.request)->Start();
  return pass;
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

void PersonDetector::Finish(Pass& pass) const {
  if (!pass.request) return;
  const auto done = (*pass.request)->Wait();
  if (!done) {
    pass.people = done.error();
  } else {
    pass.people = engine_.decoder().Decode(**pass.request);
  }
  pass.request.reset();
}

Result<std::vector<Detection>> PersonDetector::Collect() {
  SPOTTER_CHECK(!jobs_.empty());
  Job job = std::move(jobs_.front());
  jobs_.pop_front();
  for (Pass& pass : job.passes) Finish(pass);  // all of them: a running request must not go back to the pool
  for (Pass& pass : job.passes) {
    if (!pass.people) return pass.people.error();
  }
  return Merge(job);
}

// The surer look at somebody counts; of the second only large people, small ones are nothing to go by there.
std::vector<Detection> PersonDetector::Merge(Job& job) {
  const auto is_too_large = [this](const Detection& person) { return engine_.IsTooLarge(person.box); };
  const Letterbox& full = job.passes.front().letterbox;
  std::vector<Detection> people = std::move(job.passes.front().people).value();
  if (job.passes.size() > 1) {
    const float factor = full.scale / job.passes.back().letterbox.scale;
    for (Detection& person : *job.passes.back().people) {
      Enlarge(person, factor);
      if (is_too_large(person)) people.push_back(person);
    }
    std::ranges::stable_sort(people, std::greater{}, &Detection::confidence);
  }
  if (std::ranges::any_of(people, is_too_large)) large_at_ = job.pts;
  RemoveDuplicates(engine_.options().duplicates, people);
  for (Detection& person : people) ToFrame(full, person);
  return people;
}

}  // namespace spotter::perceive
