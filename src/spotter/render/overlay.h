// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "spotter/base/time.h"
#include "spotter/core/scene.h"
#include "spotter/render/canvas.h"
#include "spotter/render/rep_watch.h"
#include "spotter/render/subject_view.h"
#include "spotter/render/zone_overlay.h"

namespace spotter::render {

struct OverlayOptions {
  bool skeleton_only = false;  // privacy: a plain background replaces the pixels, a ring the face
  bool track_ids = true;       // "#7" beside the person's name
  bool footer = true;          // camera, time, number of people along the lower edge
  double text_scale = 1;       // times the size that suits the picture
  float min_joint_confidence = 0.1F;
  std::chrono::microseconds rep_flash{700'000};       // how long a new repetition glows
  std::chrono::microseconds finished_set{3'000'000};  // how long a set that is over is still named
};

// Draws what the stages found out onto the picture of the same frame: a box, skeleton and label for each person, a
// gauge with phase and main angle for those in a set, and the footer. Everything scales with the picture (240p to 4K)
// and nothing is drawn outside it; people whose box is no finite numbers are left out. No memory, so no flash.
// `zones`: outlines of the scene's zones in this picture, drawn in the colours of their states.
void DrawScene(Canvas& canvas,
               const Scene& scene,
               const OverlayOptions& options = {},
               std::span<const ZoneOutline> zones = {});

// DrawScene for a stream: remembers counts, so that a new repetition flashes and a set that is over is named a little
// longer, and where labels were, so that they do not jump. One camera, one owner, not thread safe. Its memory is
// bounded by the people seen in the last minute.
class Overlay {
 public:
  explicit Overlay(const OverlayOptions& options = {}) : options_(options) {}

  // Call with frames in stream order.
  void Draw(Canvas& canvas, const Scene& scene, std::span<const ZoneOutline> zones = {});

 private:
  struct Subject {
    Pts last_seen{0};
    std::optional<SetInProgress> set;  // the last one seen
    std::optional<Pts> counted_at;     // when its count last rose
    std::optional<Pts> over_at;        // when the set ended
    SubjectSpots spots;
  };

  void Remember(const ScenePerson& person, Pts now);
  void Decorate(SubjectView& view, const Subject& subject, Pts now) const;
  void Forget(Pts now);

  OverlayOptions options_;
  RepWatch watch_;
  std::map<std::string, Subject> subjects_;  // by SubjectName
};

}  // namespace spotter::render
