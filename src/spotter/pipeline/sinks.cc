// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/sinks.h"

#include <algorithm>

#include "spotter/codec/event_json.h"
#include "spotter/codec/perception_json.h"
#include "spotter/core/withdrawn_set.h"

namespace spotter::pipeline {

// ---- LineWriter ----

Result<LineWriter> LineWriter::Create(const std::string& path) {
  if (path == "-") return LineWriter(OutputFile::Stdout());
  Result<OutputFile> file = OutputFile::Create(path);
  if (!file.ok()) return file.error();
  return LineWriter(std::move(file).value());
}

// ---- RecordingSink ----

Result<void> RecordingSink::Consume(const SiteOutput& output) {
  return writer_.Write(codec::PerceptionToJson(output.perception));
}
Result<void> RecordingSink::Finish(std::span<const Event> /*events*/) { return writer_.Close(); }

// ---- EventSink ----

Result<void> EventSink::Consume(const SiteOutput& output) { return Write(output.events); }

Result<void> EventSink::Finish(std::span<const Event> events) {
  if (Result<void> done = Write(events); !done.ok()) return done;
  return writer_.Close();
}

Result<void> EventSink::Write(std::span<const Event> events) {
  for (const Event& event : events) {
    if (Result<void> done = writer_.Write(codec::EventToJson(event)); !done.ok()) return done;
  }
  return {};
}

// ---- ResultSink ----

Result<void> ResultSink::Consume(const SiteOutput& output) {
  ++result_.frames;
  if (!first_pts_) first_pts_ = output.perception.pts;
  result_.duration = std::max(result_.duration, output.perception.pts - *first_pts_);
  Add(output.events);
  return {};
}

Result<void> ResultSink::Finish(std::span<const Event> events) {
  Add(events);
  for (PersonResult& person : result_.people) std::ranges::stable_sort(person.sets, {}, &Set::start);
  return {};
}

void ResultSink::Add(std::span<const Event> events) {
  for (const Event& event : events) {
    const auto* completed = std::get_if<SetCompleted>(&event.data);
    if (completed == nullptr || IsWithdrawn(completed->set)) continue;
    PersonResult& person = PersonOf(event);
    person.track_ids = completed->track_ids;
    person.sets.push_back(completed->set);
  }
}

PersonResult& ResultSink::PersonOf(const Event& event) {
  const PersonId id = event.person_id.value_or(PersonId());
  const auto it = std::ranges::find(result_.people, id, &PersonResult::person_id);
  if (it != result_.people.end()) return *it;
  return result_.people.emplace_back(PersonResult{.person_id = id, .track_ids = {}, .sets = {}});
}

// ---- ProgressSink ----

Result<void> ProgressSink::Consume(const SiteOutput& output) {
  report_(output.perception.pts, ++frames_);
  return {};
}
Result<void> ProgressSink::Finish(std::span<const Event> /*events*/) { return {}; }

}  // namespace spotter::pipeline
