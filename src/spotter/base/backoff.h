// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>

namespace spotter {

// How long to wait before each new attempt: at first between `min` and twice that, doubled each time up to between half
// of `max` and `max`; where in between is left to chance, so that a hundred cameras behind one switch do not come back
// in the same second. One thread.
class Backoff {
 public:
  struct Options {
    std::chrono::milliseconds min{1'000};
    std::chrono::milliseconds max{30'000};
  };
  // Gives a number in [0, 1); tests give their own.
  using Random = std::function<double()>;

  // REQUIRES: 0 < min <= max
  explicit Backoff(Options options, Random random = DefaultRandom());

  // The next wait, within [min, max].
  std::chrono::milliseconds Next();
  // It worked: the next wait is the shortest again.
  void Reset();

 private:
  static Random DefaultRandom();

  const Options options_;
  const Random random_;
  std::chrono::milliseconds longest_{0};  // of the next wait
};

}  // namespace spotter
