// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/command.h"

namespace spotter {

// Time that was asked for and that a clip does not show.
struct ClipGap {
  Pts from{0};
  Pts to{0};
  std::string reason;
};

// What a clip shows, exact to a picture: from the first one to the end of the last one.
struct ClipSpan {
  Pts start{0};
  Pts end{0};
  UtcTime start_at{};
  UtcTime end_at{};
};

// What became of a RecordClip: a clip, or the reason why there is none (docs/formats/clip.md).
struct ClipDone {
  RecordClip request;
  std::optional<ClipSpan> span;  // nullopt = no clip
  std::string reason;            // why there is no clip; empty when there is one
  std::string clip_path;         // of the video; where there is no clip, what its place would be
  std::string thumbnail_path;    // empty = none
  std::string codec;             // libav's name: "h264", "hevc" ...
  bool plays_in_browsers = false;
  bool skeleton_only = false;  // drawn figures in place of pixels
  std::vector<ClipGap> gaps;   // in order

  bool is_complete() const { return span.has_value() && gaps.empty(); }
};

// Who wants to know what became of a clip: a store, an API. Called from the clip writer's threads, once for each
// command and once for each clip that a restart had left unfinished; the files are whole by then.
class ClipObserver {
 public:
  virtual ~ClipObserver() = default;
  virtual void OnClipDone(const ClipDone& done) = 0;
};

}  // namespace spotter
