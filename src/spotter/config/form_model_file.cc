// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/form_model_file.h"

#include <optional>
#include <vector>

#include <fmt/format.h>

#include "spotter/config/yaml_comment.h"
#include "spotter/config/yaml_reader.h"

namespace spotter::config {
namespace {

using exercise::BodySpace;
using exercise::FormModel;

constexpr double kLimit = 1e4;  // of every number
constexpr double kLeastScale = 1e-6;
constexpr int kMostExamples = 1'000'000;

FormModel::Weight ReadWeight(const std::string& name, const YamlNode& node) {
  const std::optional<exercise::Term> term = exercise::ParseTerm(name);
  if (!term) node.Fail("is no number of a repetition; docs/formats/form_model.md lists them");
  const std::vector<YamlNode> numbers = node.Items(3);
  if (!term || numbers.size() != 3) return {};
  return {*term, numbers[0].Number(-kLimit, kLimit), numbers[1].Number(kLeastScale, kLimit),
          numbers[2].Number(-kLimit, kLimit)};
}

FormModel ReadFormModel(const YamlNode& root) {
  const YamlMap map = root.Map({"exercise", "space", "examples", "bias", "weights"});
  FormModel model{.exercise = map.Required("exercise").Text()};
  model.space = map.Required("space").Choice<BodySpace>({{"world", BodySpace::kWorld}, {"flat", BodySpace::kFlat}});
  const YamlMap examples = map.Required("examples").Map({"right", "wrong"});
  model.right_examples = examples.Required("right").Integer(1, kMostExamples);
  model.wrong_examples = examples.Required("wrong").Integer(1, kMostExamples);
  model.bias = map.Required("bias").Number(-kLimit, kLimit);
  const YamlNode weights = map.Required("weights");
  for (const auto& [name, node] : weights.Entries()) model.weights.push_back(ReadWeight(name, node));
  if (model.weights.empty()) weights.Fail("needs at least one number of a repetition");
  return model;
}

}  // namespace

Result<FormModel> ParseFormModel(std::string_view text, const std::string& name) {
  const Result<YamlDocument> document = YamlDocument::Parse(text, name);
  if (!document.ok()) return document.error();
  return document->Read<FormModel>(ReadFormModel);
}

Result<FormModel> LoadFormModel(const std::filesystem::path& path) {
  const Result<YamlDocument> document = YamlDocument::Load(path);
  if (!document.ok()) return document.error();
  return document->Read<FormModel>(ReadFormModel);
}

std::string WriteFormModel(const FormModel& model, std::string_view comment) {
  std::string text = Commented(comment);
  text += fmt::format("exercise: {}\nspace: {}\nexamples: {{right: {}, wrong: {}}}\nbias: {:.6g}\n", model.exercise,
                      ToString(model.space), model.right_examples, model.wrong_examples, model.bias);
  text += "weights:  # of each number of a repetition: [mean of the right ones, standard deviation of all, weight]\n";
  for (const FormModel::Weight& weight : model.weights)
    text += fmt::format("  {}: [{:.6g}, {:.6g}, {:.6g}]\n", exercise::TermName(weight.term), weight.right, weight.scale,
                        weight.weight);
  return text;
}

}  // namespace spotter::config
