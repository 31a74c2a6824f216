// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spotter/app/session.h"
#include "spotter/base/result.h"
#include "spotter/core/ids.h"
#include "spotter/exercise/rep_descriptor.h"

namespace spotter::app {

// A repetition that somebody does in a video or recording.
struct GatheredRep {
  std::string source;
  PersonId person_id;
  Pts start{0};
  Pts end{0};
  std::optional<exercise::RepDescriptor> in_world;  // none where it cannot be described so
  std::optional<exercise::RepDescriptor> flat;

  const std::optional<exercise::RepDescriptor>& In(exercise::BodySpace space) const {
    return space == exercise::BodySpace::kWorld ? in_world : flat;
  }
};

struct GatherOptions {
  SessionOptions session;    // its sources mean nothing
  std::string exercise;      // id: what is counted
  bool each_is_one = false;  // nothing is counted: each source is one repetition, by the person who is seen longest
};

CLI::Option* AddEachIsOneOption(CLI::App& app, GatherOptions& options);

// Looks through the sources one after the other and describes the repetitions in them. A source without any, a
// repetition that cannot be described, and what the session has to say are warnings. Of a source's people the last two
// and a half minutes of each are known. kUnavailable when a signal stopped it.
Result<std::vector<GatheredRep>> GatherReps(const GatherOptions& options,
                                            const std::vector<std::string>& sources,
                                            const std::string& label);

}  // namespace spotter::app
