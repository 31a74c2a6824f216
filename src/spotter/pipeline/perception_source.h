// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spotter/base/bounded_queue.h"
#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/core/perception.h"

namespace spotter::pipeline {

// Takes the perceptions of a source, in stream order.
class PerceptionSink {
 public:
  virtual ~PerceptionSink() = default;
  // True when Publish would wait now. Only this source's own Publish makes it true.
  virtual bool IsFull() const = 0;
  // False = stop, nobody listens any more.
  virtual bool Publish(Perception perception) = 0;
};

// Where perceptions come from: a camera worker (pixels) or a recording (a .jsonl file). Both feed the same site worker.
class PerceptionSource {
 public:
  virtual ~PerceptionSource() = default;

  // What to call the source in messages and results: a path or an address without its password.
  virtual const std::string& name() const = 0;
  // Live sources drop their oldest when the site is slower; files wait.
  virtual DropPolicy drop_policy() const = 0;
  // Length of a file, where it is known: for a progress bar.
  virtual std::optional<std::chrono::microseconds> duration() const = 0;

  // Delivers everything to `sink`, then returns. Called once, from one thread. Errors name the source.
  virtual Result<void> Run(PerceptionSink& sink) = 0;
  // Makes Run return soon; any thread.
  virtual void Stop() = 0;
  // What the user should know about the source; each names it. Valid after Run has returned.
  virtual std::vector<std::string> warnings() const = 0;
};

}  // namespace spotter::pipeline
