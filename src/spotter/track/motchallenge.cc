// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/motchallenge.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace spotter::track {
namespace {

constexpr std::size_t kFields = 7;  // frame, id, x, y, w, h, confidence; what follows is ignored
constexpr double kMostFrames = 10'000'000;

std::optional<std::array<double, kFields>> ParseFields(std::string_view line) {
  std::array<double, kFields> fields{};
  for (std::size_t i = 0; i < kFields; ++i) {
    const std::string_view field = line.substr(0, line.find(','));
    const std::size_t start = field.find_first_not_of(' ');
    if (start == std::string_view::npos) return std::nullopt;
    const auto [end, error] = std::from_chars(field.data() + start, field.data() + field.size(), fields[i]);
    if (error != std::errc()) return std::nullopt;
    line.remove_prefix(std::min(line.size(), field.size() + 1));
  }
  if (!(fields[0] >= 1 && fields[0] <= kMostFrames)) return std::nullopt;
  return fields;
}

Detection ToDetection(const std::array<double, kFields>& fields) {
  Detection detection;
  detection.confidence = static_cast<float>(fields[6]);
  detection.box = {static_cast<float>(fields[2]), static_cast<float>(fields[3]),
                   static_cast<float>(fields[2] + fields[4]), static_cast<float>(fields[3] + fields[5])};
  return detection;
}

void AppendLines(int frame, std::span<const PerceivedPerson> people, std::string& text) {
  for (const PerceivedPerson& p : people) {
    fmt::format_to(std::back_inserter(text), "{},{},{:.2f},{:.2f},{:.2f},{:.2f},{:.4f},-1,-1,-1\n", frame,
                   p.track_id.value(), p.box.x0, p.box.y0, p.box.width(), p.box.height(), p.confidence);
  }
}

}  // namespace

Result<std::vector<MotFrame>> ReadMotDetections(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file || std::filesystem::is_directory(path)) {
    return MakeError(ErrorCode::kNotFound, "Cannot open {}; give a MOTChallenge detection file.", path.string());
  }
  std::vector<MotFrame> frames;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.find_first_not_of(" \r") == std::string::npos) continue;
    const auto fields = ParseFields(line);
    if (!fields) {
      return MakeError(ErrorCode::kUnreadable, "{}:{} is not a MOTChallenge line (frame,-1,x,y,w,h,confidence,...).",
                       path.string(), number);
    }
    const auto frame = static_cast<std::size_t>((*fields)[0]);
    if (frames.size() < frame) frames.resize(frame);
    frames[frame - 1].detections.push_back(ToDetection(*fields));
  }
  for (std::size_t i = 0; i < frames.size(); ++i) frames[i].number = static_cast<int>(i) + 1;
  return frames;
}

Result<MotResult> RunMotChallenge(const std::filesystem::path& det_path,
                                  const std::filesystem::path& out_path,
                                  double fps,
                                  const TrackerOptions& options) {
  if (!(fps > 0)) return MakeError(ErrorCode::kInvalidArgument, "--fps must be greater than 0, not {}.", fps);
  Result<std::vector<MotFrame>> frames = ReadMotDetections(det_path);
  if (!frames) return frames.error();
  MotResult result;
  std::string text;
  std::set<TrackId> ids;
  Tracker tracker(options);
  for (const MotFrame& frame : *frames) {
    const auto began = std::chrono::steady_clock::now();
    const auto people = tracker.Update(FromSeconds((frame.number - 1) / fps), 1.0F, frame.detections);
    result.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    for (const PerceivedPerson& person : people) ids.insert(person.track_id);
    AppendLines(frame.number, people, text);
    ++result.frames;
    result.detections += static_cast<int>(frame.detections.size());
  }
  result.tracks = static_cast<int>(ids.size());
  std::ofstream file(out_path, std::ios::binary | std::ios::trunc);
  if (!(file << text) || !file.flush()) {
    return MakeError(ErrorCode::kUnwritable, "Cannot write {}; check the folder and the free space.",
                     out_path.string());
  }
  return result;
}

}  // namespace spotter::track
