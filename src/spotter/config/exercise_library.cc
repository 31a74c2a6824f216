// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/exercise_library.h"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include "spotter/config/exercise_reader.h"
#include "spotter/config/yaml_reader.h"

namespace spotter::config {
namespace {

using exercise::ExerciseDefinition;
using exercise::ExerciseLibrary;

Result<std::vector<std::filesystem::path>> ListYaml(const std::filesystem::path& folder) {
  std::error_code failure;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator it(folder, failure), end; !failure && it != end; it.increment(failure)) {
    if (IsExerciseFile(it->path())) files.push_back(it->path());
  }
  if (failure)
    return MakeError(ErrorCode::kNotFound, "cannot read the exercise folder {}: {}.", folder.string(),
                     failure.message());
  if (files.empty())
    return MakeError(ErrorCode::kNotFound, "the exercise folder {} holds no .yaml file.", folder.string());
  std::sort(files.begin(), files.end());
  return files;
}

// A file that has been parsed but not yet understood.
struct Draft {
  YamlDocument document;
  ExerciseHead head;
};

Result<std::vector<Draft>> LoadDrafts(const std::vector<std::filesystem::path>& files) {
  std::vector<Draft> drafts;
  for (const std::filesystem::path& file : files) {
    Result<YamlDocument> document = YamlDocument::Load(file);
    if (!document.ok()) return document.error();
    Result<ExerciseHead> head = document->Read<ExerciseHead>(ReadExerciseHead);
    if (!head.ok()) return head.error();
    const auto same = std::ranges::find(drafts, head->id, [](const Draft& draft) { return draft.head.id; });
    if (same != drafts.end())
      return MakeError(ErrorCode::kInvalidArgument, "{}: '{}' is already defined at {}", head->id_at, head->id,
                       same->head.id_at);
    drafts.push_back({std::move(document).value(), std::move(head).value()});
  }
  return drafts;
}

Result<void> CheckNames(const std::vector<Draft>& drafts) {
  const auto is_known = [&](const std::string& id) {
    return std::ranges::any_of(drafts, [&](const Draft& draft) { return draft.head.id == id; });
  };
  for (const Draft& draft : drafts) {
    const bool is_variant = !draft.head.variant_of.empty();
    const std::string& other = is_variant ? draft.head.variant_of : draft.head.family;
    if (!is_known(other))
      return MakeError(ErrorCode::kInvalidArgument, "{}: no exercise has the id '{}'",
                       is_variant ? draft.head.variant_of_at : draft.head.family_at, other);
  }
  return {};
}

Result<ExerciseDefinition> ReadDraft(const Draft& draft, const ExerciseDefinition* parent) {
  return draft.document.Read<ExerciseDefinition>([&](const YamlNode& root) { return ReadExercise(root, parent); });
}

// Reads exercises before their variants. REQUIRES: CheckNames was passed
Result<std::map<std::string, ExerciseDefinition>> ReadInOrder(const std::vector<Draft>& drafts) {
  std::map<std::string, ExerciseDefinition> known;
  while (known.size() < drafts.size()) {
    const std::size_t before = known.size();
    const Draft* waiting = nullptr;
    for (const Draft& draft : drafts) {
      if (known.contains(draft.head.id)) continue;
      const auto parent = known.find(draft.head.variant_of);
      if (!draft.head.variant_of.empty() && parent == known.end()) {
        waiting = &draft;
        continue;
      }
      Result<ExerciseDefinition> exercise = ReadDraft(draft, parent != known.end() ? &parent->second : nullptr);
      if (!exercise.ok()) return exercise.error();
      known.emplace(draft.head.id, std::move(exercise).value());
    }
    if (known.size() == before)
      return MakeError(ErrorCode::kInvalidArgument, "{}: is a variant of '{}', which is a variant of it in turn",
                       waiting->head.variant_of_at, waiting->head.variant_of);
  }
  return known;
}

bool IsOfItsOwnFamilyInTurn(const std::string& id, const std::map<std::string, ExerciseDefinition>& known) {
  const std::string* family = &known.at(id).family;
  for (std::size_t steps = 1; *family != id && steps < known.size(); ++steps) family = &known.at(*family).family;
  return *family == id;
}

// REQUIRES: `known` holds all of the drafts
Result<void> CheckFamilies(const std::vector<Draft>& drafts, const std::map<std::string, ExerciseDefinition>& known) {
  for (const auto& [document, head] : drafts) {
    const bool stands_for_itself = head.family.empty() || head.family == head.id;
    if (stands_for_itself || !IsOfItsOwnFamilyInTurn(head.id, known)) continue;
    return MakeError(ErrorCode::kInvalidArgument, "{}: is of the family '{}', which is of its family in turn",
                     head.family_at, head.family);
  }
  return {};
}

}  // namespace

bool IsExerciseFile(const std::filesystem::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

Result<ExerciseDefinition> ParseExercise(std::string_view text, const std::string& name, const ExerciseLibrary& known) {
  const Result<YamlDocument> document = YamlDocument::Parse(text, name);
  if (!document.ok()) return document.error();
  const Result<ExerciseHead> head = document->Read<ExerciseHead>(ReadExerciseHead);
  if (!head.ok()) return head.error();
  const ExerciseDefinition* parent = known.Find(head->variant_of);
  if (!head->variant_of.empty() && parent == nullptr)
    return MakeError(ErrorCode::kInvalidArgument, "{}: no exercise has the id '{}'", head->variant_of_at,
                     head->variant_of);
  return document->Read<ExerciseDefinition>([&](const YamlNode& root) { return ReadExercise(root, parent); });
}

Result<ExerciseLibrary> LoadExerciseLibrary(const std::filesystem::path& folder) {
  const Result<std::vector<std::filesystem::path>> files = ListYaml(folder);
  if (!files.ok()) return files.error();
  const Result<std::vector<Draft>> drafts = LoadDrafts(*files);
  if (!drafts.ok()) return drafts.error();
  if (Result<void> checked = CheckNames(*drafts); !checked.ok()) return checked.error();
  Result<std::map<std::string, ExerciseDefinition>> known = ReadInOrder(*drafts);
  if (!known.ok()) return known.error();
  if (Result<void> checked = CheckFamilies(*drafts, *known); !checked.ok()) return checked.error();
  // By file name, as they always stand.
  std::vector<ExerciseDefinition> exercises;
  for (const Draft& draft : *drafts) exercises.push_back(std::move(known->at(draft.head.id)));
  return ExerciseLibrary(std::move(exercises));
}

}  // namespace spotter::config
