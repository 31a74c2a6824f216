// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/perception.h"

namespace spotter::codec {

// Mends what cannot be true in perceptions that another program may have written, leaves out what cannot be mended, and
// counts both:
//   * people: of those with one track id, or with the very same joints, in one frame the first is kept;
//   * boxes without an area are drawn around the joints; who has no joint either is left out;
//   * time: a frame that does not come after the camera's frame before is left out. When the time goes on from there,
//     a new stream has begun, which is taken from its third frame on. Times below 0 are all moved by the same amount.
// What is in order stays as it is. Memory: some numbers for each camera. One owner, not thread safe.
class InputCheck {
 public:
  // False = leave the perception out.
  bool Admit(Perception& perception);

  // One line for each kind of fault; empty when all was in order.
  std::vector<std::string> Warnings() const;

 private:
  struct CameraTime {
    Pts last{0};               // of the newest frame that was admitted
    std::optional<Pts> stray;  // of the frame that was left out last
    int strays_in_order = 0;   // left out since, each later than the one before
  };
  struct Counts {
    std::int64_t repeated_people = 0;
    std::int64_t flat_boxes = 0;
    std::int64_t repeated_times = 0;
    std::int64_t times_back = 0;
    std::int64_t gaps = 0;
    Pts longest_gap{0};
  };

  void MoveTime(Perception& perception);
  bool IsInTime(const CameraId& camera, Pts pts);
  void DropRepeated(std::vector<PerceivedPerson>& people);
  void MendBoxes(std::vector<PerceivedPerson>& people);

  std::optional<Pts> shift_;  // added to every time
  std::map<CameraId, CameraTime> cameras_;
  Counts counts_;
};

}  // namespace spotter::codec
