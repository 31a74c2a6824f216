// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <string>

#include "spotter/base/result.h"

namespace spotter::api {

// Gives browsers something to play: the clip itself or an H.264 copy, which is made when somebody first asks for it and
// then kept beside the clip. Copies are made one at a time, so that viewers do not take the processor from the cameras.
// Any thread.
class BrowserClips {
 public:
  // The file to serve. kUnavailable = another copy is being made, ask again; else why this clip has none.
  Result<std::string> PathFor(const std::string& clip_path);

 private:
  std::mutex making_;
};

}  // namespace spotter::api
