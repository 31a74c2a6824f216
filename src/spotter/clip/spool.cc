// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/spool.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "spotter/base/crc32.h"
#include "spotter/base/output_file.h"
#include "spotter/clip/clip_files.h"
#include "spotter/codec/perception_json.h"
#include "spotter/media/stream_record.h"

namespace spotter::clip {
namespace {

using media::PacketParts;
using media::PictureTime;
using media::StreamEntry;
using media::StreamPacket;

// Eight bytes that begin the file; the digit is the version of the form.
constexpr std::string_view kMagic = "SPTSPL1\n";
enum RecordType : std::uint8_t { kCommand = 1, kStream = 2, kPacket = 3, kPicture = 4, kPerception = 5 };
constexpr std::uint8_t kKeyframeFlag = 1;
constexpr std::uint8_t kCorruptFlag = 2;
constexpr std::uint8_t kPtsFlag = 4;
constexpr std::uint8_t kDtsFlag = 8;
constexpr std::size_t kMaxStreams = 1'000;  // sessions within one clip
// Times beyond this, in any clock, are damage; it keeps their sums within 64 bits.
constexpr std::int64_t kLatestTime = std::int64_t{1} << 56;

bool IsTime(std::int64_t time) { return time > -kLatestTime && time < kLatestTime; }

// Reads the records one after the other until one is damaged.
class SpoolParser {
 public:
  explicit SpoolParser(std::span<const std::byte> bytes) : reader_(bytes) {}

  Result<Spool> Parse() {
    const std::span<const std::byte> magic = reader_.Raw(kMagic.size());
    const bool is_spool = std::ranges::equal(magic, std::as_bytes(std::span(kMagic)));
    while (is_spool && ParseRecord()) {
    }
    if (!has_command_) return MakeError(ErrorCode::kUnreadable, "this is no spool of a clip, or it is damaged");
    return std::move(spool_);
  }

 private:
  bool ParseRecord() {
    const std::uint8_t type = reader_.U8();
    const std::span<const std::byte> payload = reader_.Bytes();
    const std::uint32_t checksum = reader_.U32();
    if (!reader_.ok() || checksum != Crc32(payload)) return false;
    ByteReader record(payload);
    switch (type) {
      case kCommand:
        return ParseCommand(record);
      case kStream:
        return has_command_ && ParseStream(record);
      case kPacket:
        return ParsePacket(record);
      case kPicture:
        return ParsePicture(record);
      case kPerception:
        return ParsePerception(payload);
      default:
        return false;
    }
  }

  bool ParseCommand(ByteReader& record) {
    if (has_command_) return false;
    RecordClip& request = spool_.request;
    request.event_id = record.Text();
    request.camera_id = CameraId(record.Text());
    request.at = Pts(record.I64());
    request.from = Pts(record.I64());
    request.to = Pts(record.I64());
    has_command_ = record.ok() && !request.event_id.empty() && IsTime(request.at.count()) &&
                   IsTime(request.from.count()) && IsTime(request.to.count());
    return has_command_;
  }

  bool ParseStream(ByteReader& record) {
    Result<media::VideoStream> stream = media::LoadStream(record);
    if (!stream.ok() || streams_.size() >= kMaxStreams) return false;
    streams_.push_back(std::make_shared<const media::VideoStream>(std::move(stream).value()));
    return true;
  }

  media::StreamPtr StreamOf(ByteReader& record) const {
    const std::uint32_t number = record.U32();
    return record.ok() && number < streams_.size() ? streams_[number] : nullptr;
  }

  bool ParsePacket(ByteReader& record) {
    const media::StreamPtr stream = StreamOf(record);
    const std::uint8_t flags = record.U8();
    const std::int64_t pts = record.I64();
    const std::int64_t dts = record.I64();
    PacketParts parts;
    parts.duration = record.I64();
    parts.is_keyframe = (flags & kKeyframeFlag) != 0;
    parts.is_corrupt = (flags & kCorruptFlag) != 0;
    if ((flags & kPtsFlag) != 0) parts.pts = pts;
    if ((flags & kDtsFlag) != 0) parts.dts = dts;
    parts.data = record.Raw(record.left());
    if (!record.ok() || stream == nullptr || !IsTime(pts) || !IsTime(dts) || !IsTime(parts.duration)) return false;
    parts.time_base = stream->time_base;
    const StreamPacket arrived = {stream, media::Packet::FromParts(parts)};
    if (const auto shown_at = arrived.packet.shown_at(); shown_at && !IsTime(shown_at->count())) return false;
    spool_.entries.emplace_back(arrived);
    return true;
  }

  bool ParsePicture(ByteReader& record) {
    const media::StreamPtr stream = StreamOf(record);
    const std::array<std::int64_t, 3> times = {record.I64(), record.I64(), record.I64()};
    if (!record.ok() || stream == nullptr || !std::ranges::all_of(times, IsTime)) return false;
    spool_.entries.emplace_back(PictureTime{stream, std::chrono::microseconds(times[0]), Pts(times[1]),
                                            UtcTime(std::chrono::microseconds(times[2]))});
    return true;
  }

  bool ParsePerception(std::span<const std::byte> payload) {
    Result<Perception> perception =
        codec::PerceptionFromJson({reinterpret_cast<const char*>(payload.data()), payload.size()});
    if (!has_command_ || !perception.ok()) return false;
    spool_.perceptions.push_back(std::move(perception).value());
    return true;
  }

  ByteReader reader_;
  Spool spool_;
  std::vector<media::StreamPtr> streams_;
  bool has_command_ = false;
};

}  // namespace

// ---- SpoolWriter ----

Result<SpoolWriter> SpoolWriter::Create(const std::string& path, const RecordClip& request) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) return WriteError(path, errno);
  SpoolWriter writer(path, descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
    return MakeError(ErrorCode::kUnavailable, "{}: another Spotter is recording this clip", path);
  if (::ftruncate(descriptor, 0) != 0) return WriteError(path, errno);
  writer.pending_.Raw(std::as_bytes(std::span(kMagic)));
  ByteWriter command;
  command.Text(request.event_id);
  command.Text(request.camera_id.value());
  for (const Pts time : {request.at, request.from, request.to}) command.I64(time.count());
  writer.PutRecord(kCommand, command.bytes());
  if (Result<void> written = writer.WriteOut(); !written.ok()) return written.error();
  return writer;
}

SpoolWriter::SpoolWriter(SpoolWriter&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      streams_(std::move(other.streams_)),
      pending_(std::move(other.pending_)) {}

SpoolWriter::~SpoolWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> SpoolWriter::Append(std::span<const StreamEntry> entries) {
  for (const StreamEntry& entry : entries) {
    if (const auto* arrived = std::get_if<StreamPacket>(&entry)) PutPacket(*arrived);
    if (const auto* picture = std::get_if<PictureTime>(&entry)) PutPicture(*picture);
  }
  return WriteOut();
}

Result<void> SpoolWriter::Append(const Perception& perception) {
  const std::string line = codec::PerceptionToJson(perception);
  PutRecord(kPerception, std::as_bytes(std::span(line)));
  return WriteOut();
}

void SpoolWriter::PutRecord(std::uint8_t type, std::span<const std::byte> payload) {
  pending_.U8(type);
  pending_.Bytes(payload);
  pending_.U32(Crc32(payload));
}

std::uint32_t SpoolWriter::NumberOf(const media::StreamPtr& stream) {
  const auto [known, is_new] = streams_.try_emplace(stream, static_cast<std::uint32_t>(streams_.size()));
  if (is_new) {
    ByteWriter record;
    media::SaveStream(*stream, record);
    PutRecord(kStream, record.bytes());
  }
  return known->second;
}

void SpoolWriter::PutPacket(const StreamPacket& arrived) {
  const PacketParts parts = arrived.packet.parts();
  ByteWriter record;
  record.U32(NumberOf(arrived.stream));
  record.U8(static_cast<std::uint8_t>((parts.is_keyframe ? kKeyframeFlag : 0) | (parts.is_corrupt ? kCorruptFlag : 0) |
                                      (parts.pts ? kPtsFlag : 0) | (parts.dts ? kDtsFlag : 0)));
  record.I64(parts.pts.value_or(0));
  record.I64(parts.dts.value_or(0));
  record.I64(parts.duration);
  record.Raw(parts.data);
  PutRecord(kPacket, record.bytes());
}

void SpoolWriter::PutPicture(const PictureTime& picture) {
  ByteWriter record;
  record.U32(NumberOf(picture.stream));
  record.I64(picture.timestamp.count());
  record.I64(picture.pts.count());
  record.I64(picture.captured_at.time_since_epoch().count());
  PutRecord(kPicture, record.bytes());
}

Result<void> SpoolWriter::WriteOut() {
  std::span<const std::byte> rest = pending_.bytes();
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return WriteError(path_, errno);
    rest = rest.subspan(static_cast<std::size_t>(written));
  }
  pending_.Clear();
  return {};
}

// ---- reading ----

Result<Spool> ParseSpool(std::span<const std::byte> bytes) { return SpoolParser(bytes).Parse(); }

Result<Spool> ReadSpool(const std::string& path) {
  const Result<std::string> bytes = ReadFile(path);
  if (!bytes.ok()) return bytes.error();
  Result<Spool> spool = ParseSpool(std::as_bytes(std::span(*bytes)));
  if (!spool.ok()) return MakeError(spool.error().code, "{}: {}", path, spool.error().message);
  return spool;
}

bool IsSpoolInUse(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool in_use = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0;
  ::close(descriptor);
  return in_use;
}

}  // namespace spotter::clip
