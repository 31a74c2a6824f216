// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/paths.h"

#include <cstdlib>
#include <vector>

#include <pwd.h>
#include <unistd.h>

namespace spotter::app {
namespace {

namespace fs = std::filesystem;

std::string Environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody writes the environment
  return value == nullptr ? std::string() : std::string(value);
}

// The program lies in <root>/build/<preset>/bin or in <prefix>/bin.
fs::path ProgramDir() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  return failure ? fs::current_path(failure) : program.parent_path();
}

// The home folder of the environment, else of the user's account; empty when there is none.
fs::path HomeDir() {
  if (const std::string home = Environment("HOME"); !home.empty()) return home;
  const passwd* account = getpwuid(getuid());  // NOLINT(concurrency-mt-unsafe): nobody else asks for accounts
  return account == nullptr ? fs::path() : fs::path(account->pw_dir);
}

fs::path CacheDir() {
  if (const std::string own = Environment("SPOTTER_CACHE"); !own.empty()) return own;
  if (const std::string xdg = Environment("XDG_CACHE_HOME"); !xdg.empty()) return fs::path(xdg) / "spotter";
  const fs::path home = HomeDir();
  return home.empty() ? home : home / ".cache" / "spotter";
}

Result<fs::path> FindDir(const std::string& option,
                         const char* variable,
                         const std::vector<fs::path>& places,
                         const char* advice) {
  std::error_code failure;
  for (const std::string& chosen : {option, Environment(variable)}) {
    if (chosen.empty()) continue;
    if (fs::is_directory(chosen, failure)) return fs::path(chosen);
    return MakeError(ErrorCode::kNotFound, "{}: no such folder; {}", chosen, advice);
  }
  for (const fs::path& place : places) {
    if (fs::is_directory(place, failure)) return fs::weakly_canonical(place, failure);
  }
  return MakeError(ErrorCode::kNotFound, "{}", advice);
}

}  // namespace

Result<fs::path> FindModelsDir(const std::string& option) {
  const fs::path bin = ProgramDir();
  return FindDir(option, "SPOTTER_MODELS", {bin / "../../deps/models", bin / "../share/spotter/models"},
                 "the networks are not installed: run `make setup`, or name their folder with --models");
}

Result<fs::path> FindExercisesDir(const std::string& option) {
  const fs::path bin = ProgramDir();
  return FindDir(option, "SPOTTER_EXERCISES", {bin / "../../../configs/exercises", bin / "../share/spotter/exercises"},
                 "the exercise definitions were not found: name their folder with --exercises (configs/exercises in "
                 "the source tree)");
}

fs::path NetworkCacheDir() {
  const fs::path cache = CacheDir();
  return cache.empty() ? cache : cache / "networks";
}

Result<void> CheckOtherFile(const std::string& source, const std::string& target) {
  std::error_code none;
  if (!fs::equivalent(source, target, none) || none) return {};
  return MakeError(ErrorCode::kInvalidArgument, "{} is the source itself; name another file for the output", target);
}

}  // namespace spotter::app
