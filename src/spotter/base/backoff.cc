// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/backoff.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <utility>

#include "spotter/base/check.h"

namespace spotter {

Backoff::Backoff(Options options, Random random) : options_(options), random_(std::move(random)) {
  SPOTTER_CHECK(options.min.count() > 0 && options.min <= options.max);
  Reset();
}

void Backoff::Reset() { longest_ = std::min(2 * options_.min, options_.max); }

Backoff::Random Backoff::DefaultRandom() {
  return [engine = std::make_shared<std::mt19937>(std::random_device{}())] {
    return std::uniform_real_distribution<double>(0, 1)(*engine);
  };
}

std::chrono::milliseconds Backoff::Next() {
  const double wait = static_cast<double>(longest_.count()) * (0.5 + 0.5 * random_());
  longest_ = std::min(longest_ * 2, options_.max);
  return std::max(options_.min, std::chrono::milliseconds(std::llround(wait)));
}

}  // namespace spotter
