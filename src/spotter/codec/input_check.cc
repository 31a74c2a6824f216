// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/input_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "spotter/core/pose_box.h"

namespace spotter::codec {
namespace {

constexpr std::chrono::microseconds kGap{2'000'000};  // longer than any source takes for a frame
constexpr int kStraysOfANewStream = 3;

bool HasArea(const Box& box) { return box.x1 > box.x0 && box.y1 > box.y0; }

bool IsSeen(const Pose& pose) {
  return std::ranges::any_of(pose.keypoints, [](const Keypoint& joint) { return joint.confidence > 0; });
}

bool IsTwin(const PerceivedPerson& a, const PerceivedPerson& b) {
  return a.track_id == b.track_id || (a.pose == b.pose && IsSeen(a.pose));
}

}  // namespace

bool InputCheck::Admit(Perception& perception) {
  MoveTime(perception);
  if (!IsInTime(perception.camera_id, perception.pts)) return false;
  DropRepeated(perception.people);
  MendBoxes(perception.people);
  return true;
}

// The analysis counts the time from 0.
void InputCheck::MoveTime(Perception& perception) {
  if (!shift_) shift_ = std::max(Pts{0}, -perception.pts);
  perception.pts += *shift_;
  for (LeftObject& object : perception.objects) object.since += *shift_;
}

bool InputCheck::IsInTime(const CameraId& camera, Pts pts) {
  const auto [known, is_new] = cameras_.try_emplace(camera, CameraTime{.last = pts, .stray = {}});
  if (is_new) return true;
  CameraTime& time = known->second;
  if (pts > time.last) {
    const Pts gap = pts - time.last;
    counts_.gaps += gap > kGap ? 1 : 0;
    if (gap > kGap) counts_.longest_gap = std::max(counts_.longest_gap, gap);
    time = {.last = pts, .stray = {}};
    return true;
  }
  ++(pts == time.last ? counts_.repeated_times : counts_.times_back);
  if (pts == time.last) return false;
  time.strays_in_order = time.stray && pts > *time.stray ? time.strays_in_order + 1 : 1;
  time.stray = pts;
  if (time.strays_in_order < kStraysOfANewStream) return false;
  time = {.last = pts, .stray = {}};
  return true;
}

void InputCheck::DropRepeated(std::vector<PerceivedPerson>& people) {
  for (std::size_t i = 0; i < people.size(); ++i) {
    const auto later = people.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    const auto twins = std::remove_if(later, people.end(), [&](const auto& other) { return IsTwin(people[i], other); });
    counts_.repeated_people += people.end() - twins;
    people.erase(twins, people.end());
  }
}

void InputCheck::MendBoxes(std::vector<PerceivedPerson>& people) {
  for (PerceivedPerson& person : people) {
    if (HasArea(person.box)) continue;
    ++counts_.flat_boxes;
    person.box = BoundingBox(person.pose).value_or(Box{});
  }
  std::erase_if(people, [](const PerceivedPerson& person) { return !HasArea(person.box); });
}

std::vector<std::string> InputCheck::Warnings() const {
  std::vector<std::string> warnings;
  const auto tell = [&](std::int64_t count, std::string_view what) {
    if (count > 0) warnings.push_back(fmt::format("{} {}", count, what));
  };
  tell(counts_.times_back, "frames went back in time; all but those of a new stream were left out");
  tell(counts_.repeated_times, "frames had the time of the one before and were left out");
  tell(counts_.repeated_people, "times somebody was in a frame twice; the first was used");
  tell(counts_.flat_boxes, "boxes of people had no area; the joints were used");
  if (shift_.value_or(Pts{0}) > Pts{0})
    warnings.push_back(fmt::format("the times begin before 0; all were moved by {:.3f} s", ToSeconds(*shift_)));
  if (counts_.gaps > 0) {
    warnings.push_back(fmt::format("{} gaps of more than {:.0f} s without a frame, the longest {:.1f} s", counts_.gaps,
                                   ToSeconds(kGap), ToSeconds(counts_.longest_gap)));
  }
  return warnings;
}

}  // namespace spotter::codec
