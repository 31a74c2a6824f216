// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/rep_gathering.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "spotter/app/progress_bar.h"
#include "spotter/base/log.h"
#include "spotter/media/url.h"
#include "spotter/pipeline/demonstration_sink.h"
#include "spotter/pipeline/sinks.h"

namespace spotter::app {
namespace {

using exercise::BodySpace;
using exercise::Demonstration;

GatheredRep DescribeFrames(const Demonstration& person, Pts start, Pts end) {
  const std::vector<exercise::Joints> frames = person.bodies().Between(start, end);
  return {.start = start,
          .end = end,
          .in_world = exercise::DescribeRep(frames, BodySpace::kWorld),
          .flat = exercise::DescribeRep(frames, BodySpace::kFlat)};
}

// The whole of what the person did who is seen longest.
std::vector<GatheredRep> WholeRecording(const pipeline::DemonstrationSink& seen) {
  const auto frames = [](const auto& entry) { return entry.second.bodies().frames().size(); };
  const auto longest = std::ranges::max_element(seen.people(), {}, frames);
  if (longest == seen.people().end() || frames(*longest) == 0) return {};
  const auto& bodies = longest->second.bodies().frames();
  GatheredRep rep = DescribeFrames(longest->second, bodies.front().pts, bodies.back().pts);
  rep.person_id = longest->first;
  return {std::move(rep)};
}

std::vector<GatheredRep> CountedReps(const pipeline::DemonstrationSink& seen,
                                     const FileResult& result,
                                     const std::string& exercise) {
  std::vector<GatheredRep> reps;
  for (const PersonResult& person : result.people) {
    for (const Set& set : person.sets) {
      if (set.exercise != exercise) continue;
      for (const Rep& counted : set.reps) {
        GatheredRep& rep =
            reps.emplace_back(DescribeFrames(seen.people().at(person.person_id), counted.start, counted.end));
        rep.person_id = person.person_id;
      }
    }
  }
  return reps;
}

void WarnAbout(const std::vector<GatheredRep>& reps, const std::string& source) {
  if (reps.empty()) LogWarning("{}: no repetition was found", source);
  const auto lost = std::ranges::count_if(reps, [](const GatheredRep& rep) { return !rep.in_world && !rep.flat; });
  if (lost > 0)
    LogWarning(
        "{}: {} of {} repetitions cannot be described: joints are hidden, or more than two and a half minutes "
        "follow",
        source, lost, reps.size());
}

Result<std::vector<GatheredRep>> GatherFrom(const SessionOptions& options,
                                            const std::string& exercise,
                                            const std::string& label) {
  Result<std::unique_ptr<Session>> session = Session::Open(options);
  if (!session.ok()) return session.error();
  pipeline::DemonstrationSink seen;
  pipeline::ResultSink counted;
  ProgressBar bar(label, (*session)->duration(), Printing::kAtTheEnd);
  pipeline::ProgressSink progress([&](Pts pts, std::int64_t frames) { bar.Update(pts, frames); });
  if (Result<void> done = (*session)->Run({&seen, &counted, &progress}); !done.ok()) return done.error();
  if ((*session)->signals().signalled())
    return MakeError(ErrorCode::kUnavailable, "stopped by a signal: nothing was written");
  for (const std::string& warning : (*session)->warnings()) LogWarning("{}", warning);
  std::vector<GatheredRep> reps =
      options.poses_only ? WholeRecording(seen) : CountedReps(seen, counted.result(), exercise);
  const std::string source = media::RedactUrl(options.sources.front());
  WarnAbout(reps, source);
  for (GatheredRep& rep : reps) rep.source = source;
  return reps;
}

}  // namespace

CLI::Option* AddEachIsOneOption(CLI::App& app, GatherOptions& options) {
  return app.add_flag("--each-is-one", options.each_is_one,
                      "Each file is one repetition, from its first to its last frame, instead of counting them");
}

Result<std::vector<GatheredRep>> GatherReps(const GatherOptions& options,
                                            const std::vector<std::string>& sources,
                                            const std::string& label) {
  SessionOptions session = options.session;
  session.poses_only = options.each_is_one;
  session.pinned_exercise = options.exercise;
  std::vector<GatheredRep> all;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    session.sources = {sources[i]};
    Result<std::vector<GatheredRep>> reps =
        GatherFrom(session, options.exercise, fmt::format("{} {}/{}", label, i + 1, sources.size()));
    if (!reps.ok()) return reps.error();
    std::ranges::move(*reps, std::back_inserter(all));
  }
  return all;
}

}  // namespace spotter::app
