// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "spotter/base/bytes.h"
#include "spotter/base/result.h"
#include "spotter/core/command.h"
#include "spotter/core/perception.h"
#include "spotter/media/timed_packet.h"

namespace spotter::clip {

// What is known of a clip while it is being recorded: the command, then everything that its camera
// sent, or who was seen in it.
struct Spool {
  RecordClip request;
  std::vector<media::StreamEntry> entries;  // of a clip of pixels
  std::vector<Perception> perceptions;      // of a skeleton-only clip, in stream order
};

// A spool as a file, so that a clip survives the end of the program: records are only ever appended, each with a
// checksum, and what was cut off in the middle of one is still readable up to there. The form is this program's own
// (docs/formats/clip.md). Holds a lock on the file while it lives. One thread.
class SpoolWriter {
 public:
  // Makes the file and puts the command into it.
  static Result<SpoolWriter> Create(const std::string& path, const RecordClip& request);
  SpoolWriter(SpoolWriter&& other) noexcept;
  SpoolWriter& operator=(SpoolWriter&&) = delete;
  ~SpoolWriter();

  Result<void> Append(std::span<const media::StreamEntry> entries);
  Result<void> Append(const Perception& perception);

 private:
  SpoolWriter(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  void PutRecord(std::uint8_t type, std::span<const std::byte> payload);
  void PutPacket(const media::StreamPacket& arrived);
  void PutPicture(const media::PictureTime& picture);
  std::uint32_t NumberOf(const media::StreamPtr& stream);
  Result<void> WriteOut();

  std::string path_;
  int descriptor_ = -1;
  std::map<media::StreamPtr, std::uint32_t> streams_;
  ByteWriter pending_;
};

// Everything up to the first damaged or unfinished record. Fails when not even the command is readable.
Result<Spool> ParseSpool(std::span<const std::byte> bytes);
Result<Spool> ReadSpool(const std::string& path);

// True while a SpoolWriter, of whatever process, holds the file.
bool IsSpoolInUse(const std::string& path);

}  // namespace spotter::clip
