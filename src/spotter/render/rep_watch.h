// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "spotter/base/time.h"
#include "spotter/core/scene.h"

namespace spotter::render {

// Notices in a stream of scenes when somebody's live count rises: a Scene only tells the count itself. A person who is
// lost for a moment is not counted anew. Its memory is bounded by the people in a set within the last minute.
class RepWatch {
 public:
  // Whether this person has more repetitions than when last asked, or any in a set not seen before. Once for each
  // person and frame, in stream order.
  bool Counted(const ScenePerson& person, Pts now);

 private:
  struct Seen {
    Pts at{0};
    Pts set_start{0};
    int count = 0;
  };
  void Forget(Pts now);

  std::map<std::string, Seen> seen_;  // by SubjectName
  Pts forgotten_at_{0};
};

}  // namespace spotter::render
