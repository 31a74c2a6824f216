// SPDX-License-Identifier: Apache-2.0
// An MP4 file with one video track and its index in front. Private to media/.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "spotter/base/output_file.h"
#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/media/av_handles.h"
#include "spotter/media/orientation.h"

namespace spotter::media {

struct Mp4Options {
  const AVCodecParameters* parameters = nullptr;
  AVRational time_base;            // of the packets; the file may count finer
  AVRational frame_rate = {0, 1};  // 0 = unknown
  int movie_ticks_per_s = 1000;    // precision of the edit list
  Orientation orientation;         // what a player has to do
  std::optional<UtcTime> creation_time;
};

// The file gets its name in Commit; destroyed before, it is removed.
class Mp4Output {
 public:
  static Result<std::unique_ptr<Mp4Output>> Create(OutputFile file, const Mp4Options& options);

  // Times in the time base of the options; decoding order. Takes what the packet refers to.
  Result<void> Write(AVPacket& packet);
  // Writes the index. The part is then whole.
  Result<void> Close();
  std::string part_path() const { return file_.part_path(); }
  Result<void> Commit() { return file_.Commit(); }

 private:
  struct ContextDeleter {
    void operator()(AVFormatContext* context) const;
  };
  Mp4Output(OutputFile file, AVRational time_base) : time_base_(time_base), file_(std::move(file)) {}
  Result<void> Open(const Mp4Options& options);
  Error WriteErrorOf(int code) const { return WriteError(file_.path(), AVUNERROR(code)); }

  const AVRational time_base_;
  OutputFile file_;
  std::unique_ptr<AVFormatContext, ContextDeleter> context_;
};

}  // namespace spotter::media
