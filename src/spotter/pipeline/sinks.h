// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include "spotter/core/file_result.h"
#include "spotter/pipeline/site_worker.h"

namespace spotter::pipeline {

// A text file, or stdout, that is written line by line. Write errors (disk full) come back as a Result.
class LineWriter {
 public:
  // `path` "-" means stdout. The file is written as PATH.part and renamed by Close, so that a broken run leaves no half
  // file under its name.
  static Result<LineWriter> Create(const std::string& path);
  Result<void> Write(const std::string& line);
  // Writes through what is buffered: for streams that somebody follows.
  Result<void> Flush();
  Result<void> Close();

 private:
  struct Closer {
    void operator()(std::FILE* file) const;
  };
  LineWriter(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {}
  Error WriteError() const;

  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
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

// Writes each Event as a JSON line, at once.
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
