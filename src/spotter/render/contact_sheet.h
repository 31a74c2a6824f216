// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/scene.h"
#include "spotter/render/canvas.h"
#include "spotter/render/overlay.h"
#include "spotter/render/rep_chart.h"
#include "spotter/render/rep_watch.h"

namespace spotter::render {

struct ContactSheetOptions {
  OverlayOptions overlay;  // of the small pictures; their footer is left out, the caption says it
  std::string title;
  std::size_t pictures = 12;  // at most; > 0
  bool chart = true;          // the strips of RepChart below the pictures
};

// One picture of a whole stream: evenly spread annotated frames with times, and what was counted when. The length of
// the stream need not be known: time is cut into equal slots that double in length whenever twice `pictures` are full,
// each keeping its most telling frame (far end of a repetition, a repetition just counted). Memory is bounded: twice
// `pictures` thumbnails of about 130,000 pixels. One owner, not thread safe.
class ContactSheet {
 public:
  // REQUIRES: options.pictures > 0
  explicit ContactSheet(const ContactSheetOptions& options);

  // `picture` is the frame before any overlay was drawn: the sheet letters its small pictures itself, so that they can
  // be read. Call in stream order.
  void Add(const Canvas& picture, const Scene& scene);

  // A set as it was settled in the end, for the chart.
  void AddSet(const PersonId& person, const Set& set) { chart_.AddSet(person, set); }

  // About 2000 pixels wide; also for a stream without frames.
  Canvas Make() const;

 private:
  struct Shot {
    Canvas picture;  // small, not annotated
    Scene scene;
    int interest = 0;
    std::string news;        // "p1 squat 3": who was just counted
    std::string news_owner;  // for its colour
  };

  Shot Describe(const Scene& scene);
  void MergeSlots();
  std::vector<const Shot*> Chosen() const;
  void DrawShot(Canvas& sheet, const Shot& shot, Point at) const;

  ContactSheetOptions options_;
  RepChart chart_;
  std::vector<Shot> slots_;
  std::size_t frames_per_slot_ = 1;
  std::size_t frames_ = 0;
  RepWatch watch_;
};

}  // namespace spotter::render
