// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include "spotter/identity/person_linker.h"

namespace spotter::identity {
namespace {

// A room of people whose tracks break every few seconds.
void LinkPeople(benchmark::State& state) {
  PersonLinker linker;
  std::int64_t frame = 0;
  for (auto _ : state) {
    Scene scene;
    scene.camera_id = CameraId("cam_01");
    scene.pts = FromSeconds(static_cast<double>(frame) / 15);
    scene.width = 1280;
    scene.height = 720;
    for (std::int64_t i = 0; i < state.range(0); ++i) {
      ScenePerson person;
      const auto x = static_cast<float>(0.05 + 0.09 * static_cast<double>(i % 10));
      person.perceived.track_id = TrackId(1 + i + 100 * ((frame + 7 * i) / 60));
      person.perceived.box = {x, 0.1F, x + 0.05F, 0.6F};
      scene.people.push_back(person);
    }
    ++frame;
    benchmark::DoNotOptimize(linker.Update(scene));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(LinkPeople)->Arg(1)->Arg(5)->Arg(20)->Arg(80);

}  // namespace
}  // namespace spotter::identity
