// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/base/time.h"

namespace spotter::exercise {

// An extreme of a signal.
struct Extreme {
  Pts pts{0};
  float value = 0;
};

// One way there and back: low, high, low.
struct Cycle {
  Extreme start;
  Extreme turn;
  Extreme end;
  float base = 0;        // level of the start posture: the higher one of both ends, as far as they are known
  bool opening = false;  // began before the recording: only the way back was seen
  float range() const { return turn.value - base; }
};

// Finds cycles of one signal as they happen: a zig-zag with hysteresis (a turn counts once the signal has moved
// `threshold` away from it, so jitter and small movements at either end are ignored). A cycle is reported as soon as
// the signal has come back 70 % of the way, or when it turns round again after half of it. Feed signals that are high
// at the turn; values that are missing are simply not fed. One signal, one owner, not thread safe.
class CycleDetector {
 public:
  // `opening_range` > 0: at the very beginning a way back of 70 % of this range is a cycle too, although the way there
  // was not seen (a lift that starts on the floor).
  explicit CycleDetector(float threshold, float opening_range = 0)
      : threshold_(threshold), opening_range_(opening_range) {}

  std::optional<Cycle> Update(Pts pts, float value);
  // At the end of the stream: the cycle that is nearly complete, if any.
  std::optional<Cycle> Finish();
  // Where `value` lies on the way out, [0, 1]: 0 at the start posture, 1 at the far end of a typical cycle.
  float Progress(float value) const;
  // The typical size of a cycle, once known, lets a cycle end before the level it started from is reached again (the
  // first repetition often starts from a deeper rest posture).
  void SetTypicalRange(float range) { typical_ = range; }
  void Reset() { state_ = State::kEmpty; }

 private:
  enum class State { kEmpty, kHome, kAway };
  float ExpectedRange() const;
  Cycle Complete(Extreme end, float base);

  std::optional<Cycle> UpdateHome(Pts pts, float value);
  std::optional<Cycle> Opening();

  float threshold_;
  float opening_range_;
  float typical_ = 0;
  State state_ = State::kEmpty;
  Extreme low_;   // start of the cycle: lowest since the last one ended
  Extreme high_;  // its turn
  Extreme dip_;   // lowest since the turn
};

}  // namespace spotter::exercise
