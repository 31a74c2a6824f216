// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "spotter/config/yaml_reader.h"
#include "spotter/core/zone.h"

namespace spotter::config {

// Reads the places of spotter.yaml: `zones`, and the `rois` of a configuration that was written for the prototype (its
// rectangles are in pixels of the only camera's picture). What is wrong is reported to the nodes.
class ZoneReader {
 public:
  // `cameras`: the ids that are configured; none is allowed with `rois`.
  explicit ZoneReader(std::vector<CameraId> cameras) : cameras_(std::move(cameras)) {}

  // The keys occupy_start_s, occupy_end_s, cleaning_window_s, reserve_limit_s of `map`: at the top of the file they
  // hold for every zone without its own.
  static void ReadTimes(const YamlMap& map, Zone& zone);

  // `defaults`: the times of a zone that says nothing about them.
  std::vector<Zone> ReadZones(const YamlNode& node, const Zone& defaults) const;
  // `camera`: whose pixels they are when none is configured.
  std::vector<Zone> ReadRois(const YamlNode& node, const Zone& defaults, const CameraId& camera) const;

 private:
  Zone ReadZone(const YamlNode& node, Zone zone) const;
  std::map<CameraId, ZoneView> ReadViews(const YamlNode& node) const;

  std::vector<CameraId> cameras_;
};

}  // namespace spotter::config
