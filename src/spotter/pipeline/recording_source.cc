// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/recording_source.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <limits>
#include <utility>
#include <vector>

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
  while (!stopping_ && ReadLine(file_, buffer, line)) {
    ++number;
    if (line.empty() || line == "\r") continue;
    Result<codec::RecordingLine> read = codec::ReadRecordingLine(line);
    if (!read.ok()) {
      ReportBrokenLine(number, read.error().message);
      continue;
    }
    if (!Play(std::move(read).value(), sink)) return Conclude(number);
  }
  if (!stopping_) Publish(boxed_.Flush(), sink);
  return Conclude(number);
}

// False = nobody listens any more.
bool RecordingSource::Play(codec::RecordingLine line, PerceptionSink& sink) {
  ++lines_read_;
  if (line.lost_people > 0 && lost_people_ == 0) first_lost_person_ = line.first_lost_person;
  lost_people_ += line.lost_people;
  lost_joints_ += line.lost_joints;
  people_read_ += static_cast<std::int64_t>(line.perception.people.size());
  NameCamera(line.perception);
  if (!check_.Admit(line.perception)) return true;
  return Publish(boxed_.Push(std::move(line.perception)), sink);
}

bool RecordingSource::Publish(std::vector<Perception> perceptions, PerceptionSink& sink) {
  return std::ranges::all_of(perceptions, [&](Perception& perception) {
    FilterOf(perception.camera_id).Apply(perception);
    return sink.Publish(std::move(perception));
  });
}

// What there is to say after the last of `lines` lines.
Result<void> RecordingSource::Conclude(std::int64_t lines) {
  const auto warn = [&](const std::string& warning) { warnings_.push_back(fmt::format("{}: {}", path_, warning)); };
  if (broken_lines_ > kMaxReportedLines) warn(fmt::format("{} broken lines were skipped in all", broken_lines_));
  if (lost_people_ > 0)
    warn(fmt::format("{} times a person could not be read, at first: {}", lost_people_, first_lost_person_));
  if (lost_joints_ > 0) warn(fmt::format("{} joints were no numbers or impossible ones: not seen", lost_joints_));
  for (const std::string& warning : check_.Warnings()) warn(warning);
  if (boxed_.found())
    warn("its poses fill their boxes: their proportions are estimated, places and sizes in the picture mean nothing");
  for (const auto& [camera, filter] : filters_) {
    if (const auto warning = filter.Warning()) warn(fmt::format("{}: {}", camera.value(), *warning));
  }
  if (file_.bad()) return MakeError(ErrorCode::kUnreadable, "{}: reading failed after line {}", path_, lines);
  if (stopping_ || people_read_ > 0 || (lines_read_ > 0 && lost_people_ == 0)) return {};
  const std::string why = broken_lines_ > 0  ? first_broken_line_
                          : lost_people_ > 0 ? first_lost_person_
                                             : std::string("it is empty");
  return MakeError(ErrorCode::kUnreadable, "{} is no recording of perceptions: {}", path_, why);
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
