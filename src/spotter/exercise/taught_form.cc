// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/taught_form.h"

#include <optional>
#include <string>

#include "spotter/exercise/form_judge.h"
#include "spotter/geometry/angles.h"

namespace spotter::exercise {
namespace {

FormFault FaultOf(const FormVerdict& verdict, const FormReason& reason, Pts at) {
  const double unit = MeasureAt(reason.term.measure).is_angle ? kDegreesPerRadian : 1;
  return {.name = std::string(kUnlikeTaught),
          .severity = Severity::kWarning,
          .at = at,
          .measure = TermName(reason.term),
          .value = unit * reason.value,
          .limit = unit * reason.right,
          .confidence = verdict.wrong_probability};
}

}  // namespace

TaughtVerdict Describe(const FormVerdict& verdict) {
  TaughtVerdict taught{.wrong_probability = verdict.wrong_probability};
  if (!verdict.IsWrong() || !verdict.reason) return taught;
  taught.joint = JointName(*verdict.reason);
  taught.cue = CueOf(*verdict.reason);
  return taught;
}

void JudgeByExamples(const BodyHistory& bodies, const FormModel& model, Set& set) {
  bool judged = false;
  for (Rep& rep : set.reps) {
    const std::optional<RepDescriptor> descriptor = DescribeRep(bodies.Between(rep.start, rep.end), model.space);
    const std::optional<FormVerdict> verdict = descriptor ? JudgeRep(model, *descriptor) : std::nullopt;
    if (!verdict) continue;
    judged = true;
    rep.taught = Describe(*verdict);
    if (verdict->IsWrong() && verdict->reason) rep.faults.push_back(FaultOf(*verdict, *verdict->reason, rep.turn));
  }
  if (judged) set.form_score = FormScore(set.reps);
}

}  // namespace spotter::exercise
