// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/clip/clip_recorder.h"
#include "spotter/clip/perception_memory.h"
#include "spotter/clip/pose_recorder.h"
#include "spotter/clip/skeleton_recorder.h"
#include "spotter/core/clip.h"

namespace spotter::clip {

struct ClipWriterOptions {
  std::filesystem::path folder;
  bool skeleton_only = false;                     // drawn figures in place of the cameras' pixels
  std::chrono::microseconds max_age{60'000'000};  // of perceptions: stream time to look back
};

// Carries out the "record a clip" commands of a site: `<folder>/<event_id>.mp4`, `.jpg`, `.json` and `.jsonl`
// (docs/formats/clip.md). Used by one thread: that of the site.
class ClipWriter {
 public:
  // Makes the folder where it is missing, and first of all finishes the clips that a run before this one has left
  // unfinished. `observer` (may be null) outlives the writer. Fails when the folder cannot be written to.
  static Result<std::unique_ptr<ClipWriter>> Open(const ClipWriterOptions& options, ClipObserver* observer);

  // Whose pixels may be kept; `ring` outlives the writer. Not with skeleton_only.
  void AddCamera(const CameraId& camera_id, media::PacketRing& ring);

  // Perceptions of this camera come as time passes: when they stay away, its skeleton-only clips end without the rest.
  void MarkLive(const CameraId& camera_id);

  // Of every camera, in stream order: the poses of clips, and all of skeleton-only ones.
  void OnPerception(const Perception& perception);
  // When this returns the command is on disk and will be carried out, even if the program ends now. A clip that is
  // already there, or being recorded, is left alone. A camera that has no pictures (a recording of perceptions) gives a
  // clip with a reason.
  void Record(const RecordClip& request);
  // Waits until every clip is made. Call when the cameras have ended; nothing may follow.
  void Finish();

 private:
  ClipWriter(const ClipWriterOptions& options, ClipObserver* observer)
      : folder_(options.folder), observer_(observer), memory_(options.max_age), poses_(options.folder, memory_) {}
  Result<void> CheckFolder() const;
  void FinishEarlierClips();
  void FinishEarlierClip(const std::string& spool_path);
  void Report(const ClipDone& done);

  const std::filesystem::path folder_;
  ClipObserver* const observer_;
  PerceptionMemory memory_;
  PoseRecorder poses_;
  std::map<CameraId, std::unique_ptr<ClipRecorder>> recorders_;
  std::unique_ptr<SkeletonRecorder> skeletons_;  // null = clips of pixels
};

}  // namespace spotter::clip
