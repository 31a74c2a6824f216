// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "spotter/base/output_file.h"
#include "spotter/core/file_result.h"
#include "spotter/pipeline/site_worker.h"

namespace spotter::pipeline {

// A text file, or stdout, that is written line by line, each at once: somebody may follow it.
class LineWriter {
 public:
  // `path` "-" means stdout; else as OutputFile::Create: a broken run leaves no half file under its name.
  static Result<LineWriter> Create(const std::string& path);
  Result<void> Write(const std::string& line) { return file_.Write(line + '\n'); }
  Result<void> Close() { return file_.Commit(); }

 private:
  explicit LineWriter(OutputFile file) : file_(std::move(file)) {}

  OutputFile file_;
};

// Writes each Perception as a line of a recording.
class RecordingSink : public SiteSink {
 public:
  explicit RecordingSink(LineWriter writer) : writer_(std::move(writer)) {}
  Result<void> Consume(const SiteOutput& output) override;
  Result<void> Finish(std::span<const Event> events) override;

 private:
  LineWriter writer_;
};

// Writes each Event as a JSON line.
class EventSink : public SiteSink {
 public:
  explicit EventSink(LineWriter writer) : writer_(std::move(writer)) {}
  Result<void> Consume(const SiteOutput& output) override;
  Result<void> Finish(std::span<const Event> events) override;

 private:
  Result<void> Write(std::span<const Event> events);
  LineWriter writer_;
};

// Gathers the settled sets of everybody: the result of a file.
class ResultSink : public SiteSink {
 public:
  Result<void> Consume(const SiteOutput& output) override;
  Result<void> Finish(std::span<const Event> events) override;
  // Valid after Finish; `source` and `warnings` are left for the caller.
  const FileResult& result() const { return result_; }

 private:
  void Add(std::span<const Event> events);
  PersonResult& PersonOf(const Event& event);

  FileResult result_;
  std::optional<Pts> first_pts_;
};

// Tells a progress bar how far the stream is.
class ProgressSink : public SiteSink {
 public:
  using Report = std::function<void(Pts pts, std::int64_t frames)>;
  explicit ProgressSink(Report report) : report_(std::move(report)) {}
  Result<void> Consume(const SiteOutput& output) override;
  Result<void> Finish(std::span<const Event> events) override;

 private:
  Report report_;
  std::int64_t frames_ = 0;
};

}  // namespace spotter::pipeline
