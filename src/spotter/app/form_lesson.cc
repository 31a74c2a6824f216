// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/form_lesson.h"

#include <algorithm>

#include <fmt/format.h>

#include "spotter/base/log.h"
#include "spotter/config/form_model_file.h"
#include "spotter/exercise/form_model.h"
#include "spotter/pipeline/sinks.h"

namespace spotter::app {
namespace {

using exercise::BodySpace;
using exercise::FormExample;
using exercise::FormModel;

constexpr double kMostWithoutDepth = 0.1;  // share of the repetitions that may be lost to learn in metres

struct LabelledReps {
  std::vector<GatheredRep> right;
  std::vector<GatheredRep> wrong;
};

// In metres where nearly all of them are known so, because then the side of the camera does not matter.
BodySpace SpaceOf(const LabelledReps& reps) {
  std::ptrdiff_t all = 0;
  std::ptrdiff_t in_world = 0;
  for (const std::vector<GatheredRep>* some : {&reps.right, &reps.wrong}) {
    all += std::ranges::count_if(*some, [](const GatheredRep& rep) { return rep.flat || rep.in_world; });
    in_world += std::ranges::count_if(*some, [](const GatheredRep& rep) { return rep.in_world.has_value(); });
  }
  const auto lost = static_cast<double>(all - in_world);
  return lost <= kMostWithoutDepth * static_cast<double>(all) ? BodySpace::kWorld : BodySpace::kFlat;
}

std::vector<FormExample> ExamplesOf(const LabelledReps& reps, BodySpace space) {
  std::vector<FormExample> examples;
  for (const GatheredRep& rep : reps.right) {
    if (rep.In(space)) examples.push_back({*rep.In(space), false});
  }
  for (const GatheredRep& rep : reps.wrong) {
    if (rep.In(space)) examples.push_back({*rep.In(space), true});
  }
  return examples;
}

std::string Describe(const FormModel& model, const exercise::FormTrial& trial) {
  std::string text =
      fmt::format("{} right and {} wrong repetitions of {}, joints {}", model.right_examples, model.wrong_examples,
                  model.exercise, model.space == BodySpace::kWorld ? "in metres" : "flat: film from the same side");
  if (trial.judged == 0) return text;
  return text + fmt::format(
                    "\ntaught by nine tenths of them, it judged {} of {} others as they are; {} of {} right ones "
                    "were called wrong",
                    trial.agreed, trial.judged, trial.false_alarms, trial.right);
}

Result<void> Write(const FormLesson& lesson, const FormModel& model, const std::string& description) {
  Result<pipeline::LineWriter> writer = pipeline::LineWriter::Create(lesson.target);
  if (!writer.ok()) return writer.error();
  std::string text = config::WriteFormModel(model, "Taught by `spotter teach --right --wrong`.\n" + description);
  text.pop_back();  // the writer ends the line
  if (Result<void> written = writer->Write(text); !written.ok()) return written;
  return writer->Close();
}

}  // namespace

Result<void> TeachForm(const FormLesson& lesson) {
  Result<std::vector<GatheredRep>> right = GatherReps(lesson.gather, lesson.right, "right");
  if (!right.ok()) return right.error();
  Result<std::vector<GatheredRep>> wrong = GatherReps(lesson.gather, lesson.wrong, "wrong");
  if (!wrong.ok()) return wrong.error();
  const LabelledReps reps{std::move(right).value(), std::move(wrong).value()};
  const std::vector<FormExample> examples = ExamplesOf(reps, SpaceOf(reps));
  const Result<FormModel> model = exercise::LearnForm(lesson.gather.exercise, examples);
  if (!model.ok()) return model.error();
  const std::string description = Describe(*model, exercise::TryOut(examples));
  if (Result<void> written = Write(lesson, *model, description); !written.ok()) return written;
  LogInfo("{}", description);
  return {};
}

}  // namespace spotter::app
