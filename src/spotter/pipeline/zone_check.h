// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "spotter/core/zone.h"
#include "spotter/pipeline/site_worker.h"

namespace spotter::pipeline {

// Warns in the log of each zone that was drawn in pixels and reaches beyond its camera's picture, once the first frame
// tells how large that is: it was drawn for a picture of another size, and nobody would ever be seen where it lies.
// Used by the site worker's thread.
class ZoneCheck : public SiteSink {
 public:
  explicit ZoneCheck(std::vector<Zone> zones) : zones_(std::move(zones)) {}

  Result<void> Consume(const SiteOutput& output) override;
  Result<void> Finish(std::span<const Event> /*events*/) override { return {}; }

  // One sentence for each zone that reaches beyond this camera's picture.
  std::vector<std::string> Complaints(const Perception& perception) const;

 private:
  const std::vector<Zone> zones_;
  std::set<CameraId> checked_;
};

}  // namespace spotter::pipeline
