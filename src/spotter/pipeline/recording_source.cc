// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/recording_source.h"

#include <cstring>
#include <filesystem>
#include <limits>
#include <utility>
#include <vector>

#include "spotter/codec/perception_json.h"

namespace spotter::pipeline {
namespace {

constexpr std::int64_t kMaxReportedLines = 5;
// A thousand people in one frame; without a bound a file of another kind could fill the memory.
constexpr std::streamsize kLongestLine = 4U << 20U;  // bytes

// The next line without its end; of one that is too long only the beginning. False at the end of the file and when it
// cannot be read.
bool ReadLine(std::istream& file, std::vector<char>& buffer, std::string& line) {
  file.getline(buffer.data(), kLongestLine);
  const bool is_too_long = file.fail() && !file.eof() && file.gcount() == kLongestLine - 1;
  if (file.fail() && !is_too_long) return false;
  const bool has_end = !is_too_long && !file.eof();  // gcount includes it
  line.assign(buffer.data(), static_cast<std::size_t>(file.gcount() - (has_end ? 1 : 0)));
  if (is_too_long) {
    file.clear();
    file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return true;
}

}  // namespace

Result<std::unique_ptr<RecordingSource>> RecordingSource::Open(const std::string& path, Cameras cameras) {
  std::error_code failure;
  if (std::filesystem::is_directory(path, failure))
    return MakeError(ErrorCode::kUnreadable, "{} is a directory; give a .jsonl recording", path);
  if (!std::filesystem::exists(path, failure)) return MakeError(ErrorCode::kNotFound, "{}: no such file", path);
  std::ifstream file(path, std::ios::binary);
  if (!file) return MakeError(ErrorCode::kUnreadable, "{}: cannot be opened: {}", path, std::strerror(errno));
  return std::unique_ptr<RecordingSource>(new RecordingSource(path, std::move(file), std::move(cameras)));
}

track::PresenceFilter& RecordingSource::FilterOf(const CameraId& camera) {
  const auto open = filters_.find(camera);
  if (open != filters_.end()) return open->second;
  const auto known = cameras_.known.find(camera);
  return filters_.try_emplace(camera, known != cameras_.known.end() ? known->second : track::PresenceOptions{})
      .first->second;
}

Result<void> RecordingSource::Run(PerceptionSink& sink) {
  std::vector<char> buffer(kLongestLine);
  std::string line;
  std::int64_t number = 0;
  std::int64_t read = 0;
  while (!stopping_ && ReadLine(file_, buffer, line)) {
    ++number;
    if (line.empty() || line == "\r") continue;
    Result<Perception> perception = codec::PerceptionFromJson(line);
    if (!perception.ok()) {
      ReportBrokenLine(number, perception.error().message);
      continue;
    }
    ++read;
    NameCamera(*perception);
    FilterOf(perception->camera_id).Apply(*perception);
    if (!sink.Publish(std::move(perception).value())) break;
  }
  if (broken_lines_ > kMaxReportedLines)
    warnings_.push_back(fmt::format("{}: {} broken lines were skipped in all", path_, broken_lines_));
  for (const auto& [camera, filter] : filters_) {
    if (const auto warning = filter.Warning())
      warnings_.push_back(fmt::format("{}: {}: {}", path_, camera.value(), *warning));
  }
  if (file_.bad()) return MakeError(ErrorCode::kUnreadable, "{}: reading failed after line {}", path_, number);
  if (read == 0 && !stopping_) {
    return MakeError(ErrorCode::kUnreadable, "{} is no recording of perceptions: {}", path_,
                     broken_lines_ > 0 ? first_broken_line_ : "it is empty");
  }
  return {};
}

void RecordingSource::NameCamera(Perception& perception) {
  if (cameras_.stands_for.value().empty() || cameras_.known.contains(perception.camera_id)) return;
  if (!renamed_) renamed_ = perception.camera_id;
  if (perception.camera_id == *renamed_) perception.camera_id = cameras_.stands_for;
}

void RecordingSource::ReportBrokenLine(std::int64_t number, const std::string& why) {
  const std::string report = fmt::format("line {} was skipped: {}", number, why);
  if (++broken_lines_ == 1) first_broken_line_ = report;
  if (broken_lines_ <= kMaxReportedLines) warnings_.push_back(fmt::format("{}: {}", path_, report));
}

}  // namespace spotter::pipeline
