// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "spotter/base/output_file.h"
#include "spotter/clip/perception_memory.h"
#include "spotter/core/clip.h"

namespace spotter::clip {

// Writes the perceptions of a clip's time beside it, as a recording (docs/formats/perception.md): who looks at the
// evidence later needs no network to see where everybody's hands were. A file gets its name when it is whole; what a
// killed program had begun is lost. One thread.
class PoseRecorder {
 public:
  // `memory` outlives the recorder.
  PoseRecorder(std::filesystem::path folder, const PerceptionMemory& memory)
      : folder_(std::move(folder)), memory_(memory) {}

  // Of every camera, in stream order; after it was added to the memory.
  void OnPerception(const Perception& perception);
  // The recording of a complete clip, and one that is being made, is left alone.
  void Record(const RecordClip& request);
  // The streams are over: what is there is all.
  void Finish();

 private:
  struct Job {
    RecordClip request;
    OutputFile file;
    bool failed = false;
  };

  static void Write(Job& job, const Perception& perception);
  static void Close(Job& job);

  const std::filesystem::path folder_;
  const PerceptionMemory& memory_;
  std::vector<Job> jobs_;
};

// Removes what a killed program had begun in the folder and no other program is writing.
void RemoveBegunPoses(const std::filesystem::path& folder);

}  // namespace spotter::clip
