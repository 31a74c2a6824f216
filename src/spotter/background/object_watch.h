// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "spotter/background/place_model.h"
#include "spotter/core/perception.h"

namespace spotter::background {

// Finds things about as large as a bottle, a bag or a towel that somebody left: what is still, differs from the empty
// place (PlaceModel), stands out against it, came where somebody was a moment before, and nobody is near any more.
// Neither is what is too large an object, nor what stood nearby before. Looks twice a second, keeps 2 to 5 MB. Depends
// on frames and people alone. One camera, one owner, not thread safe.
class ObjectWatch {
 public:
  // Frames come in the order of their pts; `people`: everybody whom the camera worker follows, also reflections, in
  // fractions of the frame. Returns what lies there now, oldest first.
  const std::vector<LeftObject>& Update(const Frame& frame, std::span<const PerceivedPerson> people);

 private:
  struct Found {
    LeftObject object;
    std::vector<std::size_t> pixels;
    float gone_s = 0;  // for how long the empty place is seen again
  };

  void ForgetEverything();
  void ForgetGone();
  void Forget(const Found& found);
  void FindNew();
  bool CanBeJudged(const Patch& patch) const;
  bool IsLeft(const Patch& patch, std::span<const Patch> all) const;
  bool HasSizeOfObject(const Patch& patch) const;
  bool IsStill(const Patch& patch) const;
  bool StoodElsewhere(const Patch& patch, std::span<const Patch> all) const;
  void Remember(const Patch& patch);
  void ListObjects();

  PlaceModel place_;
  std::vector<bool> taken_;  // pixels that belong to an object
  std::vector<Found> found_;
  std::vector<LeftObject> objects_;
};

}  // namespace spotter::background
