// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <fstream>
#include <memory>
#include <thread>

#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include "spotter/app/command.h"
#include "spotter/app/print_result.h"
#include "spotter/app/session.h"
#include "spotter/app/version.h"
#include "spotter/base/log.h"
#include "spotter/pipeline/sinks.h"
#include "spotter/track/motchallenge.h"

namespace spotter::app {
namespace {

using SteadyClock = std::chrono::steady_clock;

double SecondsSince(SteadyClock::time_point began) {
  return std::chrono::duration<double>(SteadyClock::now() - began).count();
}

// User and system time of this process so far.
double CpuSeconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double PeakMemoryMegabytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) / 1024.0;
}

// First "model name" of /proc/cpuinfo.
std::string CpuName() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown CPU";
}

struct Figures {
  std::int64_t frames = 0;
  double wall_s = 0;          // opening the source and the networks included
  double first_result_s = 0;  // until the first frame was through the whole pipeline
  double steady_wall_s = 0;   // from the first result on
  double steady_cpu_s = 0;
  double peak_mb = 0;
};

Result<Figures> Measure(const SessionOptions& options) {
  Figures figures;
  const SteadyClock::time_point began = SteadyClock::now();
  Result<std::unique_ptr<Session>> session = Session::Open(options);
  if (!session.ok()) return session.error();
  double first_cpu_s = 0;
  pipeline::ProgressSink sink([&](Pts /*pts*/, std::int64_t frames) {
    if (figures.frames == 0) {
      figures.first_result_s = SecondsSince(began);
      first_cpu_s = CpuSeconds();
    }
    figures.frames = frames;
  });
  if (Result<void> done = (*session)->Run({&sink}); !done.ok()) return done.error();
  for (const std::string& warning : (*session)->warnings()) LogWarning("{}", warning);
  figures.wall_s = SecondsSince(began);
  figures.steady_wall_s = figures.wall_s - figures.first_result_s;
  figures.steady_cpu_s = CpuSeconds() - first_cpu_s;
  figures.peak_mb = PeakMemoryMegabytes();
  return figures;
}

std::string Print(const Figures& f, bool json) {
  const auto frames = static_cast<double>(std::max<std::int64_t>(f.frames - 1, 1));
  const double fps = frames / std::max(f.steady_wall_s, 1e-9);
  const double cpu_ms = 1000 * f.steady_cpu_s / frames;
  if (json) {
    const nlohmann::ordered_json figures = {{"program", fmt::format("spotter {}", kVersion)},
                                            {"cpu", CpuName()},
                                            {"cores", std::thread::hardware_concurrency()},
                                            {"frames", f.frames},
                                            {"first_result_s", f.first_result_s},
                                            {"frames_per_s", fps},
                                            {"cpu_ms_per_frame", cpu_ms},
                                            {"peak_memory_mb", f.peak_mb}};
    return figures.dump() + "\n";
  }
  return fmt::format(
      "machine            {}, {} cores\nframes             {}\ntime to first      {:.2f} s\nframes a second    {:.1f}\n"
      "CPU per frame      {:.2f} ms\npeak memory        {:.0f} MB\n",
      CpuName(), std::thread::hardware_concurrency(), f.frames, f.first_result_s, fps, cpu_ms, f.peak_mb);
}

void SetUpTrack(CLI::App& app, const std::shared_ptr<CommandAction>& chosen) {
  struct Options {
    std::string detections;
    std::string tracks;
    double fps = 30;
  };
  auto options = std::make_shared<Options>();
  CLI::App* sub = app.add_subcommand("track", "Track the detections of a MOTChallenge file");
  sub->add_option("detections", options->detections, "det.txt: frame, -1, x, y, w, h, confidence (pixels)")->required();
  sub->add_option("tracks", options->tracks, "Where to write: frame, id, x, y, w, h, confidence, -1, -1, -1")
      ->required();
  sub->add_option("--fps", options->fps, "Frames a second of the sequence")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  sub->callback([options, chosen] {
    *chosen = [options]() -> Result<void> {
      const Result<track::MotResult> result =
          track::RunMotChallenge(options->detections, options->tracks, options->fps);
      if (!result.ok()) return result.error();
      return PrintResult(fmt::format("{} frames, {} tracks, {:.0f} frames a second\n", result->frames, result->tracks,
                                     result->frames / std::max(result->seconds, 1e-9)));
    };
  });
}

}  // namespace

CommandAction SetUpBench(CLI::App& app) {
  struct Options {
    SessionOptions session;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  auto track = std::make_shared<CommandAction>();
  app.add_option("sources", options->session.sources, "Videos to count, all at once");
  app.add_flag("--json", options->json, "Print JSON");
  AddSessionOptions(app, options->session);
  SetUpTrack(app, track);
  app.parse_complete_callback([options, &app] {
    if (options->session.sources.empty() && options->session.config_path.empty() && app.get_subcommands().empty())
      throw CLI::ValidationError("sources", "name a video, or a configuration with cameras (-c)");
  });
  return [options, track]() -> Result<void> {
    if (*track) return (*track)();
    const Result<Figures> figures = Measure(options->session);
    if (!figures.ok()) return figures.error();
    return PrintResult(Print(*figures, options->json));
  };
}

}  // namespace spotter::app
