// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "spotter/core/ids.h"
#include "spotter/exercise/teach.h"
#include "spotter/pipeline/site_worker.h"

namespace spotter::pipeline {

// Gathers what each person of a recording did, to teach an exercise from it.
class DemonstrationSink : public SiteSink {
 public:
  Result<void> Consume(const SiteOutput& output) override;
  Result<void> Finish(std::span<const Event> events) override;
  // By person, in the order of their ids. Complete after Finish.
  const std::map<PersonId, exercise::Demonstration>& people() const { return people_; }

 private:
  std::map<PersonId, exercise::Demonstration> people_;
};

}  // namespace spotter::pipeline
