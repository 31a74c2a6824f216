// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/base/time.h"

namespace spotter::track {

// Notices that for a while nobody who is in the room is in the picture, only a reflection: what that person does cannot
// be told. One owner, not thread safe.
class MirrorWatch {
 public:
  struct Seen {
    Pts first{0};                           // when it began for the first time
    std::chrono::microseconds duration{0};  // of all such stretches of two seconds and more
  };

  // A frame. True when a stretch has just become long enough to be worth telling. REQUIRES: rising pts
  bool Update(Pts now, bool anybody, bool reflection);

  // None: never.
  const std::optional<Seen>& seen() const { return seen_; }

 private:
  struct Stretch {
    Pts start{0};
    Pts last{0};
    bool is_told = false;
  };
  std::optional<Stretch> stretch_;
  std::optional<Seen> seen_;
};

}  // namespace spotter::track
