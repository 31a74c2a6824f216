// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "spotter/app/command.h"
#include "spotter/app/print_result.h"
#include "spotter/base/log.h"

namespace spotter::app {
namespace {

constexpr int kExitFailed = 1;
constexpr int kExitUsage = 2;

constexpr auto kCommands = std::to_array<Command>({
    {"count", "Count everybody's repetitions in a video, a camera or a recording",
     "  spotter count gym.mp4\n  spotter count gym.mp4 --format reps\n"
     "  spotter count gym.mp4 --format json > gym.json\n  spotter count squats.jsonl --exercise squat",
     &SetUpCount},
    {"annotate", "Write a video with boxes, skeletons, repetitions and phases drawn in",
     "  spotter annotate gym.mp4 gym_annotated.mp4\n  spotter annotate gym.mp4 out.mp4 --contact-sheet sheet.png\n"
     "  spotter annotate gym.mp4 out.mp4 --skeleton-only",
     &SetUpAnnotate},
    {"record", "Write what the camera worker saw (people, poses, tracks) as JSON lines, without pixels",
     "  spotter record gym.mp4 gym.jsonl", &SetUpRecord},
    {"replay", "Play a recording through the analytics and print the events as JSON lines",
     "  spotter replay gym.jsonl\n  spotter replay gym.jsonl | grep rep_counted", &SetUpReplay},
    {"run", "Watch cameras and files until they end or Ctrl-C; events as JSON lines",
     "  spotter run rtsp://10.0.0.7/stream1 /dev/video0\n  spotter run -c configs/spotter.yaml\n  spotter run a.mp4 "
     "b.mp4 > events.jsonl",
     &SetUpRun},
    {"events", "Look into the event store, export it, import an outbox",
     "  spotter events list -c spotter.yaml --type cleaning_attempt\n  spotter events export -c spotter.yaml "
     "events.jsonl\n  spotter events import -c spotter.yaml outbox.jsonl\n  spotter events send -c spotter.yaml "
     "--since 2026-03-01T00:00:00Z",
     &SetUpEvents},
    {"report", "How machines were used and cleaned: utilisation, dwell, hygiene, what is free now",
     "  spotter report -c spotter.yaml\n  spotter report -c spotter.yaml --from 2026-03-01 --to 2026-04-01 --hours\n"
     "  spotter report gym.jsonl -c spotter.yaml --people",
     &SetUpReport},
    {"teach", "Learn a new exercise from one demonstrated set, or right from wrong repetitions from examples",
     "  spotter teach cossack_squat --from me.mp4 --reps 5 -o configs/exercises/cossack_squat.yaml\n  spotter teach "
     "face_pull --from cable.jsonl --reps 8 --person p2 -o -\n  spotter teach squat --right good1.mp4 good2.mp4 "
     "--wrong "
     "bad1.mp4 bad2.mp4 -o squat.form.yaml",
     &SetUpTeach},
    {"judge", "Tell right from wrong repetitions by a form model that `teach` has made",
     "  spotter judge squat.form.yaml me.mp4\n  spotter judge squat.form.yaml --each-is-one reps/*.jsonl --format json",
     &SetUpJudge},
    {"doctor", "Say what is installed, what works here and what to do about each problem",
     "  spotter doctor\n  spotter doctor --format json", &SetUpDoctor},
    {"bench", "Measure speed and memory on this machine, or the tracker on MOTChallenge files",
     "  spotter bench gym.mp4\n  spotter bench track det.txt tracks.txt --fps 30", &SetUpBench},
    {"version", "Print the version and the versions of the parts", "  spotter version\n  spotter version --format json",
     &SetUpVersion},
});

// Writing to a reader that has gone is an error like a full disk, not a silent death. A standard stream that the caller
// has closed would hand its number, and then the result, to the next file that is opened: it gets one that refuses.
void SetUpStreams() {
  std::signal(SIGPIPE, SIG_IGN);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) < 0 && errno == EBADF) open("/dev/null", O_RDONLY);  // NOLINT: takes the lowest number
  }
}

int Fail(const Error& error) {
  std::fprintf(stderr, "spotter: %s\n", error.message.c_str());
  return kExitFailed;
}

// --help and --version print a result, everything else is wrong usage.
int EndParsing(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream result;
  std::ostringstream complaint;
  const bool asked_for = app.exit(error, result, complaint) == 0;
  std::fputs(complaint.str().c_str(), stderr);
  if (!asked_for) return kExitUsage;
  const Result<void> printed = PrintResult(result.str());
  return printed.ok() ? 0 : Fail(printed.error());
}

}  // namespace

int Main(int argc, char** argv) {
  SetUpStreams();
  CLI::App app("Spotter watches a gym floor through ordinary cameras and counts everybody's repetitions.", "spotter");
  app.require_subcommand(0, 1);
  app.footer("Start with: spotter count MY_VIDEO.mp4");
  bool verbose = false;
  app.add_flag("-v,--verbose", verbose, "Say more about what is going on (stderr)");
  CommandAction chosen;
  for (const Command& command : kCommands) {
    CLI::App* sub = app.add_subcommand(command.name, command.summary);
    sub->footer(std::string("Examples:\n") + command.examples);
    sub->fallthrough();
    CommandAction action = command.set_up(*sub);
    sub->callback([&chosen, action = std::move(action)] { chosen = action; });
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return EndParsing(app, error);
  }
  if (!chosen) {
    std::fputs(app.help().c_str(), stderr);
    return kExitUsage;
  }
  if (verbose) SetLogLevel(LogLevel::kDebug);
  const Result<void> done = chosen();
  return done.ok() ? 0 : Fail(done.error());
}

}  // namespace spotter::app
