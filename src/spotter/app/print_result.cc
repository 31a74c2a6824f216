// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/print_result.h"

#include <map>
#include <string>

#include "spotter/base/output_file.h"

namespace spotter::app {

Result<void> PrintResult(std::string_view text) { return OutputFile::Stdout().Write(text); }

void AddTextFormatOption(CLI::App& app, TextFormat& format) {
  static const std::map<std::string, TextFormat> formats = {{"text", TextFormat::kText}, {"json", TextFormat::kJson}};
  app.add_option("-f,--format", format, "text or json")
      ->transform(CLI::CheckedTransformer(formats, CLI::ignore_case))
      ->default_str("text");
}

}  // namespace spotter::app
