// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/recording_source.h"

#include <cstring>
#include <filesystem>
#include <utility>

#include "spotter/codec/perception_json.h"

namespace spotter::pipeline {
namespace {

constexpr std::int64_t kMaxReportedLines = 5;

}  // namespace

Result<std::unique_ptr<RecordingSource>> RecordingSource::Open(const std::string& path) {
  std::error_code failure;
  if (std::filesystem::is_directory(path, failure))
    return MakeError(ErrorCode::kUnreadable, "{} is a directory; give a .jsonl recording", path);
  if (!std::filesystem::exists(path, failure)) return MakeError(ErrorCode::kNotFound, "{}: no such file", path);
  std::ifstream file(path, std::ios::binary);
  if (!file) return MakeError(ErrorCode::kUnreadable, "{}: cannot be opened: {}", path, std::strerror(errno));
  return std::unique_ptr<RecordingSource>(new RecordingSource(path, std::move(file)));
}

Result<void> RecordingSource::Run(PerceptionSink& sink) {
  std::string line;
  std::int64_t number = 0;
  std::int64_t read = 0;
  while (!stopping_ && std::getline(file_, line)) {
    ++number;
    if (line.empty() || line == "\r") continue;
    Result<Perception> perception = codec::PerceptionFromJson(line);
    if (!perception.ok()) {
      ReportBrokenLine(number, perception.error().message);
      continue;
    }
    ++read;
    if (!sink.Publish(std::move(perception).value())) break;
  }
  if (broken_lines_ > kMaxReportedLines)
    warnings_.push_back(fmt::format("{} broken lines were skipped in all", broken_lines_));
  if (file_.bad()) return MakeError(ErrorCode::kUnreadable, "{}: reading failed after line {}", path_, number);
  if (read == 0 && !stopping_) {
    return MakeError(ErrorCode::kUnreadable, "{} is no recording of perceptions: {}", path_,
                     broken_lines_ > 0 ? warnings_.front() : "it is empty");
  }
  return {};
}

void RecordingSource::ReportBrokenLine(std::int64_t number, const std::string& why) {
  if (++broken_lines_ <= kMaxReportedLines) warnings_.push_back(fmt::format("line {} was skipped: {}", number, why));
}

}  // namespace spotter::pipeline
