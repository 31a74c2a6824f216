// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/mp4_edit_list.h"

#include <array>
#include <cerrno>
#include <fstream>
#include <optional>
#include <span>
#include <string_view>

#include "spotter/base/output_file.h"

namespace spotter::media {
namespace {

// A box of the file: where its content begins and ends.
struct Mp4Box {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

class Mp4Editor {
 public:
  explicit Mp4Editor(const std::string& path) : file_(path, std::ios::binary | std::ios::in | std::ios::out) {
    file_.seekg(0, std::ios::end);
    whole_.end = file_.tellg();
  }

  bool good() const { return file_.good(); }
  const Mp4Box& whole() const { return whole_; }
  void Flush() { file_.flush(); }

  // The first child of `parent` with this type.
  std::optional<Mp4Box> Find(const Mp4Box& parent, std::string_view type) {
    constexpr std::int64_t kHeader = 8;
    constexpr std::int64_t kLongHeader = 16;
    for (std::int64_t at = parent.begin; at + kHeader <= parent.end;) {
      std::int64_t size = Read(at, 4);
      std::int64_t header = kHeader;
      if (size == 1) {
        size = Read(at + kHeader, 8);
        header = kLongHeader;
      }
      if (size < header || size > parent.end - at) return std::nullopt;
      if (TypeAt(at + 4) == type) return Mp4Box{at + header, at + size};
      at += size;
    }
    return std::nullopt;
  }

  // Writes the duration of a full box at its place, which depends on the box's version: 32 or 64 bits.
  void SetDuration(const Mp4Box& box, std::array<std::int64_t, 2> offset_of_version, std::int64_t ticks) {
    const std::int64_t version = Read(box.begin, 1);
    Write(box.begin + offset_of_version[version == 1 ? 1 : 0], version == 1 ? 8 : 4, ticks);
  }

 private:
  // Big-endian.
  std::int64_t Read(std::int64_t at, int bytes) {
    file_.seekg(at);
    std::uint64_t value = 0;
    for (int i = 0; i < bytes; ++i) value = value << 8U | static_cast<std::uint8_t>(file_.get());
    return static_cast<std::int64_t>(value);
  }
  void Write(std::int64_t at, int bytes, std::int64_t value) {
    file_.seekp(at);
    for (int i = bytes - 1; i >= 0; --i) file_.put(static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i)));
  }
  std::string TypeAt(std::int64_t at) {
    std::string type(4, ' ');
    file_.seekg(at);
    file_.read(type.data(), 4);
    return type;
  }

  std::fstream file_;
  Mp4Box whole_;
};

std::optional<Mp4Box> FindPath(Mp4Editor& file, std::span<const std::string_view> path) {
  Mp4Box box = file.whole();
  for (const std::string_view type : path) {
    const std::optional<Mp4Box> child = file.Find(box, type);
    if (!child) return std::nullopt;
    box = *child;
  }
  return box;
}

// A duration and where it lies in its box, for versions 0 and 1.
struct DurationField {
  std::array<std::string_view, 4> path;
  std::size_t depth;
  std::array<std::int64_t, 2> offset_of_version;
};

constexpr std::array<DurationField, 3> kDurations = {{
    {{"moov", "mvhd"}, 2, {16, 24}},                // version, flags, creation, modification, time scale
    {{"moov", "trak", "tkhd"}, 3, {20, 28}},        // version, flags, creation, modification, id, reserved
    {{"moov", "trak", "edts", "elst"}, 4, {8, 8}},  // version, flags, number of edits
}};

}  // namespace

Result<void> SetPresentedLength(const std::string& path, std::int64_t ticks) {
  Mp4Editor file(path);
  for (const DurationField& field : kDurations) {
    const std::optional<Mp4Box> box = FindPath(file, std::span(field.path).first(field.depth));
    if (!box) return MakeError(ErrorCode::kInternal, "{}: the index of the clip has an unknown form", path);
    file.SetDuration(*box, field.offset_of_version, ticks);
  }
  file.Flush();
  return file.good() ? Result<void>() : WriteError(path, errno);
}

}  // namespace spotter::media
