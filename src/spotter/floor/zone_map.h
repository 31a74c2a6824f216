// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "spotter/core/zone.h"
#include "spotter/floor/ground_point.h"
#include "spotter/geometry/homography.h"

namespace spotter::floor {

// One camera's homography for its full picture: pixels -> metres on the floor.
using FloorFromImage = std::map<CameraId, Homography>;

// Where the zones lie, as each camera sees them. Immutable.
class ZoneMap {
 public:
  // One frame's geometry.
  struct Frame {
    CameraId camera_id;
    int width = 0;   // pixels
    int height = 0;  // pixels
    float aspect() const { return static_cast<float>(width) / static_cast<float>(height); }
  };

  ZoneMap(std::vector<Zone> zones, FloorFromImage floor_from_image)
      : zones_(std::move(zones)), floor_from_image_(std::move(floor_from_image)) {}

  const std::vector<Zone>& zones() const { return zones_; }
  bool Sees(const CameraId& camera, std::size_t zone) const;

  // Metres from `person` to the nearest border of the zone: positive inside, negative outside. None when this camera
  // does not see the zone, or the point has no place on the floor. Where the zone is drawn in the picture, the metres
  // are those of the person's own size.
  std::optional<double> Depth(const Frame& frame, std::size_t zone, const GroundPoint& person) const;

  // The same for a hand at `hand` (isotropic picture point) of that person, as if it hung straight down: where the
  // zone lies on the floor, the hand is taken to be as far above the floor as the person's hips.
  std::optional<double> HandDepth(const Frame& frame, std::size_t zone, const GroundPoint& person, Point hand) const;

  // Metres from something that was left, at `box` (fractions of the frame), to the nearest border of the zone, positive
  // inside; where the zone is drawn in the picture, frame heights. What it lies on is not known, so that it may be the
  // floor, a seat or the top of a machine, whichever makes it deepest. None as for Depth.
  std::optional<double> ObjectDepth(const Frame& frame, std::size_t zone, const Box& box) const;

  // The zone in this camera's picture, in fractions of the frame; it may reach beyond them. None when the camera does
  // not see it, or it lies behind the camera.
  std::optional<Region> Outline(const Frame& frame, std::size_t zone) const;

 private:
  std::optional<Point> OnFloor(const Frame& frame, Point at) const;
  std::optional<Point> BelowObject(const Frame& frame, Point at, float height) const;
  std::optional<double> FloorDepth(const Frame& frame, const Region& floor, Point on_floor) const;
  static double ViewDepth(const Frame& frame, const ZoneView& view, Point at, float metre);

  std::vector<Zone> zones_;
  FloorFromImage floor_from_image_;
};

}  // namespace spotter::floor
