// SPDX-License-Identifier: Apache-2.0
// spotter judge: which repetitions are right, by a model that `spotter teach --right --wrong` has made.
#include <cmath>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "spotter/app/command.h"
#include "spotter/app/print_result.h"
#include "spotter/app/rep_gathering.h"
#include "spotter/config/form_model_file.h"
#include "spotter/exercise/taught_form.h"

namespace spotter::app {
namespace {

struct JudgeOptions {
  GatherOptions gather;
  std::string model;
  std::vector<std::string> sources;
  TextFormat format = TextFormat::kText;
};

struct JudgedRep {
  GatheredRep rep;
  std::optional<TaughtVerdict> taught;  // none: cannot be told
};

std::string_view WordFor(const JudgedRep& judged) {
  if (!judged.taught) return "not assessable";
  return judged.taught->IsWrong() ? "wrong" : "right";
}

// "squats.mp4 p1 1.0-3.4 s: wrong (87 %), left knee: bends 12 degrees less than in the right ones"
std::string ToText(const std::vector<JudgedRep>& judged) {
  std::string text;
  std::size_t right = 0;
  std::size_t wrong = 0;
  for (const JudgedRep& one : judged) {
    text += fmt::format("{} {} {:.1f}-{:.1f} s: {}", one.rep.source, one.rep.person_id.value(),
                        ToSeconds(one.rep.start), ToSeconds(one.rep.end), WordFor(one));
    if (one.taught) {
      const bool is_wrong = one.taught->IsWrong();
      ++(is_wrong ? wrong : right);
      text += fmt::format(" ({:.0f} %)",
                          100 * (is_wrong ? one.taught->wrong_probability : 1 - one.taught->wrong_probability));
      if (!one.taught->cue.empty()) text += ", " + one.taught->cue;
    }
    text += '\n';
  }
  return text + fmt::format("{} right, {} wrong, {} not assessable\n", right, wrong, judged.size() - right - wrong);
}

std::string ToJson(const exercise::FormModel& model, const std::vector<JudgedRep>& judged) {
  using json = nlohmann::ordered_json;
  const auto text = [](const std::string& value) { return value.empty() ? json(nullptr) : json(value); };
  json reps = json::array();
  for (const JudgedRep& one : judged) {
    json value = {{"source", one.rep.source},
                  {"person", one.rep.person_id.value()},
                  {"start_s", ToSeconds(one.rep.start)},
                  {"end_s", ToSeconds(one.rep.end)},
                  {"verdict", one.taught ? json(WordFor(one)) : json(nullptr)}};
    if (one.taught) {
      value["wrong_probability"] = std::round(1e2 * one.taught->wrong_probability) / 1e2;
      value["joint"] = text(one.taught->joint);
      value["cue"] = text(one.taught->cue);
    }
    reps.push_back(std::move(value));
  }
  const json result = {{"exercise", model.exercise}, {"reps", std::move(reps)}};
  return result.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<void> RunJudge(JudgeOptions& options) {
  const Result<exercise::FormModel> model = config::LoadFormModel(options.model);
  if (!model.ok()) return model.error();
  options.gather.exercise = model->exercise;
  Result<std::vector<GatheredRep>> reps = GatherReps(options.gather, options.sources, "judge");
  if (!reps.ok()) return reps.error();
  std::vector<JudgedRep> judged;
  judged.reserve(reps->size());
  for (GatheredRep& rep : *reps) {
    const auto verdict = rep.In(model->space) ? exercise::JudgeRep(*model, *rep.In(model->space)) : std::nullopt;
    judged.push_back({std::move(rep), verdict ? std::optional(exercise::Describe(*verdict)) : std::nullopt});
  }
  return PrintResult(options.format == TextFormat::kJson ? ToJson(*model, judged) : ToText(judged));
}

}  // namespace

CommandAction SetUpJudge(CLI::App& app) {
  auto options = std::make_shared<JudgeOptions>();
  app.add_option("model", options->model, "The form model (.form.yaml)")->required();
  app.add_option("sources", options->sources, "Videos or .jsonl recordings")->required();
  AddTextFormatOption(app, options->format);
  AddEachIsOneOption(app, options->gather);
  AddSessionOptions(app, options->gather.session);
  return [options]() -> Result<void> { return RunJudge(*options); };
}

}  // namespace spotter::app
