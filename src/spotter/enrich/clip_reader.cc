// SPDX-License-Identifier: Apache-2.0
#include "spotter/enrich/clip_reader.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>

#include "spotter/base/log.h"
#include "spotter/codec/clip_json.h"
#include "spotter/codec/perception_json.h"
#include "spotter/enrich/clip_pictures.h"

namespace spotter::enrich {
namespace {

namespace fs = std::filesystem;

// Poses that are being recorded and have not grown for so long are all there will be: the camera is silent.
constexpr std::chrono::seconds kSilent{10};
constexpr std::size_t kMostPoses = 20'000;  // of a clip: eleven minutes at 30 a second

// The files of a clip beside its video (docs/formats/clip.md).
struct Companions {
  fs::path video;
  fs::path metadata;
  fs::path poses;
  fs::path begun_poses;
};

Companions CompanionsOf(const fs::path& video) {
  Companions files = {.video = video, .metadata = video, .poses = video, .begun_poses = video};
  files.metadata.replace_extension(".json");
  files.poses.replace_extension(".jsonl");
  files.begun_poses.replace_extension(".jsonl.part");
  return files;
}

bool LiesWithin(const fs::path& path, const fs::path& root) {
  const auto [root_end, path_end] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return root_end == root.end() && path_end != path.end();
}

// The place of the clip without links and dots; nullopt when it is outside of all roots.
std::optional<fs::path> PlaceWithin(const std::string& path, const std::vector<fs::path>& roots) {
  std::error_code failed;
  const fs::path place = fs::weakly_canonical(path, failed);
  if (path.empty() || failed) return std::nullopt;
  const bool is_inside = std::ranges::any_of(roots, [&](const fs::path& root) {
    const fs::path real = fs::canonical(root, failed);
    return !failed && LiesWithin(place, real);
  });
  return is_inside ? std::optional(place) : std::nullopt;
}

std::optional<ClipDone> ReadMetadata(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return std::nullopt;
  Result<ClipDone> clip = codec::ClipFromJson(text.str());
  return clip.ok() ? std::optional(std::move(clip).value()) : std::nullopt;
}

bool IsBeingWritten(const fs::path& path) {
  std::error_code absent;
  const auto grown = fs::last_write_time(path, absent);
  return !absent && fs::file_time_type::clock::now() - grown < kSilent;
}

// Broken lines are left out: the rest is evidence all the same.
std::vector<Perception> ReadPoses(const fs::path& path) {
  std::vector<Perception> poses;
  std::ifstream file(path);
  for (std::string line; poses.size() < kMostPoses && std::getline(file, line);) {
    Result<Perception> perception = codec::PerceptionFromJson(line);
    if (perception.ok()) poses.push_back(std::move(perception).value());
  }
  std::ranges::stable_sort(poses, {}, &Perception::pts);
  return poses;
}

}  // namespace

Result<ClipEvidence> ClipReader::Read(const MediaRef& media) const {
  const std::optional<fs::path> place = PlaceWithin(media.path, options_.allowed_roots);
  if (!place) return MakeError(ErrorCode::kUnreadable, "it has no clip in a folder that may be read");
  const Companions files = CompanionsOf(*place);
  std::error_code failed;
  const std::optional<ClipDone> metadata = ReadMetadata(files.metadata);
  const bool has_video = fs::is_regular_file(files.video, failed);
  if ((!metadata && !has_video) || IsBeingWritten(files.begun_poses))
    return MakeError(ErrorCode::kNotFound, "its clip is not there (yet)");
  ClipEvidence evidence;
  evidence.poses = ReadPoses(fs::exists(files.poses, failed) ? files.poses : files.begun_poses);
  if (has_video) {
    ClipLook look = {.path = files.video.string(), .photos = options_.photos};
    if (metadata && metadata->span) look.start = metadata->span->start;
    if (!metadata && !evidence.poses.empty()) look.start = evidence.poses.front().pts;
    look.grey = !metadata || !metadata->skeleton_only;  // drawn figures prove nothing that the poses do not say
    if (Result<void> seen = ReadPictures(look, evidence); !seen.ok())
      LogWarning("{} cannot be looked at: {}", look.path, seen.error().message);
  }
  if (evidence.poses.empty() && evidence.pictures.empty() && evidence.photos.empty())
    return MakeError(ErrorCode::kUnreadable, "its clip shows nothing");
  return evidence;
}

}  // namespace spotter::enrich
