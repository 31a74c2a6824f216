// SPDX-License-Identifier: Apache-2.0
#include "spotter/core/event.h"

#include <type_traits>

#include <fmt/format.h>

#include "spotter/base/uuid.h"

namespace spotter {
namespace {

struct TypeNamer {
  std::string_view operator()(const SetStarted& /*data*/) const { return "set_started"; }
  std::string_view operator()(const RepCounted& /*data*/) const { return "rep_counted"; }
  std::string_view operator()(const SetCompleted& /*data*/) const { return "set_completed"; }
  std::string_view operator()(const RepPartial& /*data*/) const { return "rep_partial"; }
  std::string_view operator()(const FormAlert& /*data*/) const { return "form_alert"; }
  std::string_view operator()(const FormImproved& /*data*/) const { return "form_improved"; }
  std::string_view operator()(const RestTimer& /*data*/) const { return "rest_timer"; }
  std::string_view operator()(const ExerciseChanged& /*data*/) const { return "exercise_changed"; }
  std::string_view operator()(const HoldProgress& /*data*/) const { return "hold_progress"; }
  std::string_view operator()(const CadenceProgress& /*data*/) const { return "cadence_progress"; }
  std::string_view operator()(const MachineOccupiedStart& /*data*/) const { return "machine_occupied_start"; }
  std::string_view operator()(const MachineOccupiedEnd& /*data*/) const { return "machine_occupied_end"; }
  std::string_view operator()(const MachineUserChanged& /*data*/) const { return "machine_user_changed"; }
  std::string_view operator()(const CleaningAttempt& /*data*/) const { return "cleaning_attempt"; }
  std::string_view operator()(const CleaningWindowOpen& /*data*/) const { return "cleaning_window_open"; }
  std::string_view operator()(const CleaningWindowClosed& /*data*/) const { return "cleaning_window_closed"; }
  std::string_view operator()(const MachineStateChanged& /*data*/) const { return "machine_state_changed"; }
};

}  // namespace

std::string_view ToString(RestStage stage) {
  switch (stage) {
    case RestStage::kStarted:
      return "started";
    case RestStage::kRunning:
      return "running";
    case RestStage::kReached:
      return "reached";
  }
  return "started";
}

std::string_view TypeName(const EventData& data) { return std::visit(TypeNamer{}, data); }

std::vector<std::string_view> EventTypeNames() {
  return []<typename... Kinds>(std::type_identity<std::variant<Kinds...>>) {
    return std::vector<std::string_view>{TypeNamer{}(Kinds{})...};
  }(std::type_identity<EventData>{});
}

std::string MakeEventId(const Event& event, std::string_view subject) {
  // A live camera's stream time begins at 0 with every start of the program; only UTC tells its mornings apart.
  const std::chrono::microseconds happened = event.occurred_at ? event.occurred_at->time_since_epoch() : event.pts;
  // Unit separators keep ("a", "bc") and ("ab", "c") apart.
  return UuidV5(fmt::format("{}\x1f{}\x1f{}\x1f{}\x1f{}", event.gym_id.value(), event.camera_id.value(),
                            TypeName(event.data), subject, happened.count()));
}

}  // namespace spotter
