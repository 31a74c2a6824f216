// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "spotter/base/result.h"
#include "spotter/exercise/form_model.h"

namespace spotter::config {

// Form models as files, NAME.form.yaml; docs/formats/form_model.md describes the keys. Errors are one line
// "file:line: key 'path': reason": unknown keys and numbers of a repetition, values that no model has.
Result<exercise::FormModel> LoadFormModel(const std::filesystem::path& path);

// One model from a text; `name` stands for the file in messages.
Result<exercise::FormModel> ParseFormModel(std::string_view text, const std::string& name);

// The text of a file, which ParseFormModel reads back; six digits of each number are kept. `comment` stands above it,
// each line behind "# ".
std::string WriteFormModel(const exercise::FormModel& model, std::string_view comment);

}  // namespace spotter::config
