// SPDX-License-Identifier: Apache-2.0
// spotter teach: one demonstrated set -> an exercise file; examples of right and wrong repetitions -> a form model.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "spotter/app/command.h"
#include "spotter/app/form_lesson.h"
#include "spotter/app/paths.h"
#include "spotter/app/progress_bar.h"
#include "spotter/app/session.h"
#include "spotter/base/log.h"
#include "spotter/config/exercise_library.h"
#include "spotter/config/exercise_words.h"
#include "spotter/geometry/angles.h"
#include "spotter/media/url.h"
#include "spotter/pipeline/demonstration_sink.h"
#include "spotter/pipeline/sinks.h"

namespace spotter::app {
namespace {

constexpr float kClearlyApart = 0.15F;  // of the naming score
constexpr float kBarelyApart = 0.05F;
constexpr std::size_t kRivalsShown = 3;

struct TeachOptions {
  SessionOptions session;
  std::string id;
  std::string title;
  std::string source;
  std::string target;
  int reps = 0;
  std::string person;
  bool force = false;
  FormLesson form;
  bool TeachesForm() const { return !form.right.empty(); }
};

std::string ComplainAboutExerciseId(const std::string& id) {
  static const std::regex kId("[a-z][a-z0-9_]{0,63}");
  if (id == config::kUnknownExercise) return "'unknown' is what movements without a name are called";
  if (std::regex_match(id, kId)) return {};
  return fmt::format("'{}' is no exercise id: lower-case letters, digits and '_', beginning with a letter", id);
}

std::string ComplainAboutTitle(const std::string& title) {
  return title.find_first_of("\"\\\n") == std::string::npos ? "" : "must not hold quotes, backslashes or line ends";
}

Result<void> CheckOptions(TeachOptions& options) {
  if (options.title.empty()) options.title = options.id;
  if (options.target.empty()) options.target = options.id + (options.TeachesForm() ? ".form.yaml" : ".yaml");
  if (!options.force && options.target != "-" && std::filesystem::exists(options.target))
    return MakeError(ErrorCode::kInvalidArgument, "{} exists: choose another --output, or --force to replace it",
                     options.target);
  for (const auto* sources : {&options.form.right, &options.form.wrong}) {
    for (const std::string& source : *sources) {
      if (Result<void> other = CheckOtherFile(source, options.target); !other.ok()) return other;
    }
  }
  return CheckOtherFile(options.source, options.target);
}

// The one whose movement is the clearest of those that show the right number of repetitions.
Result<exercise::Taught> Learn(const pipeline::DemonstrationSink& seen,
                               const TeachOptions& options,
                               const exercise::ExerciseLibrary& library) {
  const exercise::Lesson lesson{.id = options.id, .title = options.title, .reps = options.reps};
  Result<exercise::Taught> best = MakeError(ErrorCode::kNotFound, "nobody was seen in {}", options.source);
  for (const auto& [id, person] : seen.people()) {
    if (!options.person.empty() && id.value() != options.person) continue;
    Result<exercise::Taught> taught = exercise::Teach(person.history(), lesson, library);
    const bool is_better = taught.ok() && (!best.ok() || taught->own_score > best->own_score);
    if (is_better || (!best.ok() && !taught.ok())) best = std::move(taught);
  }
  if (!options.person.empty() && !seen.people().contains(PersonId(options.person)))
    return MakeError(ErrorCode::kNotFound, "there is no person '{}' in {}", options.person, options.source);
  return best;
}

std::string RangeText(const exercise::Signal& signal) {
  if (!exercise::IsAngle(signal.feature.feature)) return fmt::format("{:.2f} torso lengths", signal.full_rom);
  return fmt::format("{:.0f} degrees", signal.full_rom * kDegreesPerRadian);
}

std::string Verdict(const exercise::Taught& taught) {
  if (taught.Separation() >= kClearlyApart) return "told apart clearly";
  if (taught.Separation() >= kBarelyApart) return "close: watch which of the two is named";
  return fmt::format("hardly told apart: give it the family of {}, or pin it with --exercise",
                     taught.rivals.front().id);
}

// What was learned and how well it can be told apart, for the user and for the file's head: two lines.
std::array<std::string, 2> Describe(const exercise::Taught& taught) {
  std::vector<std::string> signals;
  signals.reserve(taught.definition.signals.size());
  for (const exercise::Signal& signal : taught.definition.signals)
    signals.push_back(fmt::format("{} ({})", exercise::Name(signal.feature.feature), RangeText(signal)));
  std::vector<std::string> rivals;
  const std::size_t shown = std::min(kRivalsShown, taught.rivals.size());
  rivals.reserve(shown);
  for (std::size_t i = 0; i < shown; ++i)
    rivals.push_back(fmt::format("{} {:.2f}", taught.rivals[i].id, taught.rivals[i].score));
  return {fmt::format("{} repetitions from {:.1f} s to {:.1f} s; seen best in: {}", taught.attempts.size(),
                      ToSeconds(taught.attempts.front().rep.start), ToSeconds(taught.attempts.back().rep.end),
                      fmt::join(signals, ", ")),
          fmt::format("fits itself {:.2f}; nearest known: {}; {}", taught.own_score, fmt::join(rivals, ", "),
                      Verdict(taught))};
}

Result<void> Write(const TeachOptions& options, const exercise::Taught& taught) {
  const std::string head = fmt::format("Taught by `spotter teach` from {}: one set by one person, so not verified.\n{}",
                                       std::filesystem::path(media::RedactUrl(options.source)).filename().string(),
                                       fmt::join(Describe(taught), "\n"));
  Result<pipeline::LineWriter> writer = pipeline::LineWriter::Create(options.target);
  if (!writer.ok()) return writer.error();
  std::string text = config::WriteExercise(taught.definition, head);
  text.pop_back();  // the writer ends the line
  if (Result<void> written = writer->Write(text); !written.ok()) return written;
  return writer->Close();
}

Result<void> RunTeach(TeachOptions& options) {
  if (Result<void> checked = CheckOptions(options); !checked.ok()) return checked;
  if (options.TeachesForm()) {
    options.form.gather.session = options.session;
    options.form.gather.exercise = options.id;
    options.form.target = options.target;
    return TeachForm(options.form);
  }
  options.session.sources = {options.source};
  Result<std::unique_ptr<Session>> session = Session::Open(options.session);
  if (!session.ok()) return session.error();
  pipeline::DemonstrationSink seen;
  {
    ProgressBar bar("teach", (*session)->duration(), Printing::kAtTheEnd);
    pipeline::ProgressSink progress([&](Pts pts, std::int64_t frames) { bar.Update(pts, frames); });
    if (Result<void> done = (*session)->Run({&seen, &progress}); !done.ok()) return done;
  }
  for (const std::string& warning : (*session)->warnings()) LogWarning("{}", warning);
  const Result<exercise::Taught> taught = Learn(seen, options, (*session)->library());
  if (!taught.ok()) return taught.error();
  if (Result<void> written = Write(options, *taught); !written.ok()) return written;
  for (const std::string& line : Describe(*taught)) LogInfo("{}", line);
  return {};
}

void AddFormOptions(CLI::App& app, FormLesson& form, CLI::Option* from) {
  CLI::Option* right = app.add_option("--right", form.right, "Videos or .jsonl recordings of right repetitions");
  CLI::Option* wrong = app.add_option("--wrong", form.wrong, "The same of wrong ones")->needs(right);
  right->needs(wrong)->excludes(from);
  AddEachIsOneOption(app, form.gather)->needs(right);
  app.parse_complete_callback([from, right] {
    if (from->empty() && right->empty()) throw CLI::RequiredError("--from (with --reps) or --right and --wrong");
  });
}

}  // namespace

CommandAction SetUpTeach(CLI::App& app) {
  auto options = std::make_shared<TeachOptions>();
  app.add_option("name", options->id, "Id of the new exercise, such as cossack_squat; with --right, of a known one")
      ->required()
      ->check(CLI::Validator(&ComplainAboutExerciseId, "ID"));
  CLI::Option* from = app.add_option("--from", options->source, "A video or .jsonl recording of one demonstrated set");
  CLI::Option* reps =
      app.add_option("--reps", options->reps, "How many repetitions it shows")->check(CLI::Range(2, 100))->needs(from);
  from->needs(reps);
  app.add_option("--title", options->title, "What people read (the id)")
      ->check(CLI::Validator(&ComplainAboutTitle, "TEXT"));
  app.add_option("-o,--output", options->target,
                 "The exercise file to write, - for stdout (NAME.yaml, with --right NAME.form.yaml)");
  app.add_option("--person", options->person, "Whose set, such as p2, where several people are in view");
  app.add_flag("--force", options->force, "Replace an existing file");
  AddSessionOptions(app, options->session);
  AddFormOptions(app, options->form, from);
  return [options]() -> Result<void> { return RunTeach(*options); };
}

}  // namespace spotter::app
