// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

#include <CLI/CLI.hpp>

#include "spotter/base/result.h"

namespace spotter::app {

// What a command does once its options are read. An error is printed as one line and gives exit code 1.
using CommandAction = std::function<Result<void>()>;

// One row of the command table: `set_up` adds the options to the subcommand and returns what to do with them.
struct Command {
  const char* name;
  const char* summary;
  const char* examples;  // shown below --help
  CommandAction (*set_up)(CLI::App& app);
};

CommandAction SetUpCount(CLI::App& app);
CommandAction SetUpAnnotate(CLI::App& app);
CommandAction SetUpRecord(CLI::App& app);
CommandAction SetUpReplay(CLI::App& app);
CommandAction SetUpRun(CLI::App& app);
CommandAction SetUpTeach(CLI::App& app);
CommandAction SetUpJudge(CLI::App& app);
CommandAction SetUpEvents(CLI::App& app);
CommandAction SetUpReport(CLI::App& app);
CommandAction SetUpDoctor(CLI::App& app);
CommandAction SetUpBench(CLI::App& app);
CommandAction SetUpVersion(CLI::App& app);

// Runs the program: exit code 0 = done, 1 = failed (one clear line on stderr), 2 = wrong usage.
int Main(int argc, char** argv);

}  // namespace spotter::app
