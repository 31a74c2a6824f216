// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include <CLI/CLI.hpp>

#include "spotter/base/result.h"

namespace spotter::app {

// Writes a command's whole result to stdout. kUnwritable when the disk is full or the reader has gone.
Result<void> PrintResult(std::string_view text);

// How commands that are not about a video print: for people or as one JSON object.
enum class TextFormat { kText, kJson };

// Adds --format text|json.
void AddTextFormatOption(CLI::App& app, TextFormat& format);

}  // namespace spotter::app
