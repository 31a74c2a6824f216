// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/rep_watch.h"

#include "spotter/render/palette.h"

namespace spotter::render {
namespace {

constexpr std::chrono::microseconds kMemory = std::chrono::minutes(1);

}  // namespace

bool RepWatch::Counted(const ScenePerson& person, Pts now) {
  if (!person.set) return false;
  Forget(now);
  const auto [entry, fresh] = seen_.try_emplace(SubjectName(person));
  Seen& seen = entry->second;
  const int before = !fresh && seen.set_start == person.set->start ? seen.count : 0;
  seen = {now, person.set->start, person.set->live_count};
  return person.set->live_count > before;
}

void RepWatch::Forget(Pts now) {
  if (now - forgotten_at_ < kMemory) return;
  forgotten_at_ = now;
  std::erase_if(seen_, [now](const auto& entry) { return now - entry.second.at > kMemory; });
}

}  // namespace spotter::render
