// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/form_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "spotter/base/check.h"
#include "spotter/geometry/angles.h"

namespace spotter::exercise {
namespace {

constexpr double kCost = 0.02;           // of the loss of one example against the penalty of the weights
constexpr double kLeastScale = 0.05;     // three degrees: joints scatter by as much in the same repetition
constexpr double kMostScales = 3;        // one number far out says no more than that
constexpr double kUnlikeAnything = 3.5;  // scales, root mean square over all numbers
constexpr double kMostHidden = 0.1;      // share of the examples that may miss a number
constexpr int kMostSteps = 2000;
constexpr double kSmallStep = 1e-8;
constexpr std::size_t kPieces = 10;

// Numbers that nearly all examples have.
std::vector<std::size_t> KnownTerms(std::span<const FormExample> examples) {
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < kTermCount; ++i) {
    const auto hidden = std::ranges::count_if(examples, [&](const auto& e) { return !std::isfinite(e.rep.values[i]); });
    if (static_cast<double>(hidden) <= kMostHidden * static_cast<double>(examples.size())) known.push_back(i);
  }
  return known;
}

std::vector<FormExample> Complete(std::span<const FormExample> examples, const std::vector<std::size_t>& terms) {
  std::vector<FormExample> complete;
  for (const FormExample& example : examples) {
    if (std::ranges::all_of(terms, [&](std::size_t i) { return std::isfinite(example.rep.values[i]); }))
      complete.push_back(example);
  }
  return complete;
}

// REQUIRES: right ones among the examples
FormModel::Weight Standard(std::size_t index, const std::vector<FormExample>& examples) {
  double sum = 0;
  double squares = 0;
  double right = 0;
  double rights = 0;
  for (const FormExample& example : examples) {
    const double value = example.rep.values[index];
    sum += value;
    squares += value * value;
    if (example.is_wrong) continue;
    right += value;
    ++rights;
  }
  const auto count = static_cast<double>(examples.size());
  const double variance = squares / count - (sum / count) * (sum / count);
  return {Term::At(index), right / rights, std::sqrt(std::max(variance, kLeastScale * kLeastScale)), 0};
}

double Standardised(const FormModel::Weight& weight, const RepDescriptor& rep) {
  return (rep.Get(weight.term) - weight.right) / weight.scale;
}

double Clamped(double deviation) { return std::clamp(deviation, -kMostScales, kMostScales); }

// Examples as rows: standardised numbers and a one for the bias.
struct Rows {
  std::size_t width = 0;
  std::vector<double> values;
  std::vector<double> sign;  // +1 wrong, -1 right
  std::vector<double> cost;
  std::size_t count() const { return sign.size(); }
  std::span<const double> Row(std::size_t i) const { return std::span(values).subspan(i * width, width); }
};

Rows RowsOf(const FormModel& model, const std::vector<FormExample>& examples) {
  Rows rows{.width = model.weights.size() + 1, .values = {}, .sign = {}, .cost = {}};
  for (const FormExample& example : examples) {
    for (const FormModel::Weight& weight : model.weights)
      rows.values.push_back(Clamped(Standardised(weight, example.rep)));
    rows.values.push_back(1);
    rows.sign.push_back(example.is_wrong ? 1 : -1);
    const int alike = example.is_wrong ? model.wrong_examples : model.right_examples;
    rows.cost.push_back(kCost * static_cast<double>(examples.size()) / (2.0 * alike));
  }
  return rows;
}

double Dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

double Sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// Of the loss and the penalty; the bias, which is last, has none.
std::vector<double> GradientAt(const Rows& rows, const std::vector<double>& w) {
  std::vector<double> gradient = w;
  gradient.back() = 0;
  for (std::size_t i = 0; i < rows.count(); ++i) {
    const std::span<const double> row = rows.Row(i);
    const double pull = rows.cost[i] * rows.sign[i] * Sigmoid(-rows.sign[i] * Dot(row, w));
    for (std::size_t j = 0; j < row.size(); ++j) gradient[j] -= pull * row[j];
  }
  return gradient;
}

// The weights, then the bias. The penalty's curvature is 1, the loss's at most a quarter of the rows' squares.
std::vector<double> Minimise(const Rows& rows) {
  double steepest = 1;
  for (std::size_t i = 0; i < rows.count(); ++i) steepest += rows.cost[i] * Dot(rows.Row(i), rows.Row(i)) / 4;
  const double momentum = (std::sqrt(steepest) - 1) / (std::sqrt(steepest) + 1);
  std::vector<double> w(rows.width, 0);
  std::vector<double> ahead = w;
  for (int step = 0; step < kMostSteps; ++step) {
    const std::vector<double> gradient = GradientAt(rows, ahead);
    double moved = 0;
    for (std::size_t j = 0; j < w.size(); ++j) {
      const double next = ahead[j] - gradient[j] / steepest;
      ahead[j] = next + momentum * (next - w[j]);
      moved = std::max(moved, std::abs(next - w[j]));
      w[j] = next;
    }
    if (moved < kSmallStep) break;
  }
  return w;
}

struct Contribution {
  FormModel::Weight weight;
  double value = 0;
};

// The person's own side on which a measure is taken; a difference counts as the working side's.
Side SideOf(const BodyMeasure& measure, Side working) {
  if (measure.limb == LimbRole::kBody) return Side::kBoth;
  if (measure.limb != LimbRole::kOther) return working;
  return working == Side::kLeft ? Side::kRight : Side::kLeft;
}

// The joint whose numbers together speak most for "wrong", and the one of them that does most.
std::optional<FormReason> Explain(const std::vector<Contribution>& contributions, const RepDescriptor& rep) {
  std::map<std::pair<BodyPart, Side>, double> of_joint;
  double all = 0;
  for (const auto& [weight, value] : contributions) {
    const BodyMeasure measure = MeasureAt(weight.term.measure);
    of_joint[{measure.part, SideOf(measure, rep.working)}] += value;
    all += std::max(value, 0.0);
  }
  const auto joint =
      std::ranges::max_element(of_joint, {}, &std::pair<const std::pair<BodyPart, Side>, double>::second);
  if (joint == of_joint.end() || joint->second <= 0) return std::nullopt;
  const Contribution* most = nullptr;
  for (const Contribution& contribution : contributions) {
    const BodyMeasure measure = MeasureAt(contribution.weight.term.measure);
    if (std::pair(measure.part, SideOf(measure, rep.working)) != joint->first) continue;
    if (most == nullptr || contribution.value > most->value) most = &contribution;
  }
  const Term term = most->weight.term;
  return FormReason{.term = term,
                    .side = joint->first.second,
                    .value = ValueOf(term.statistic, rep.Get(term)),
                    .right = ValueOf(term.statistic, most->weight.right),
                    .share = joint->second / all};
}

std::string Amount(const BodyMeasure& measure, double difference) {
  if (measure.is_angle) return fmt::format("{:.0f} degrees", std::abs(difference) * kDegreesPerRadian);
  return fmt::format("{:.2f} torso lengths", std::abs(difference));
}

// Whether a joint bends or straightens, which people understand better than its smallest and largest angle.
std::optional<std::string_view> BendingOf(const BodyMeasure& measure, Statistic statistic) {
  if (!measure.is_joint_angle || measure.part == BodyPart::kShoulder || measure.limb == LimbRole::kDifference)
    return std::nullopt;
  if (statistic == Statistic::kLow) return "bends";
  if (statistic == Statistic::kHigh) return "straightens";
  return std::nullopt;
}

std::string_view When(Statistic statistic) {
  constexpr std::array<std::string_view, kStatisticCount> kWords = {"at its least", "at its most", "changes",
                                                                    "changes a second"};
  return kWords[static_cast<std::size_t>(statistic)];
}

// Of each example the piece that it belongs to; right and wrong ones are each cut in their order.
std::vector<std::size_t> CutIntoPieces(std::span<const FormExample> examples) {
  const auto wrong = static_cast<std::size_t>(std::ranges::count_if(examples, &FormExample::is_wrong));
  std::size_t right_before = 0;
  std::size_t wrong_before = 0;
  std::vector<std::size_t> piece_of;
  for (const FormExample& example : examples)
    piece_of.push_back(example.is_wrong ? wrong_before++ * kPieces / wrong
                                        : right_before++ * kPieces / (examples.size() - wrong));
  return piece_of;
}

void AddTo(FormTrial& trial, const FormModel& model, const std::vector<FormExample>& unseen) {
  for (const FormExample& example : unseen) {
    const std::optional<FormVerdict> verdict = JudgeRep(model, example.rep);
    if (!verdict) continue;
    ++trial.judged;
    if (verdict->IsWrong() == example.is_wrong) ++trial.agreed;
    if (example.is_wrong) continue;
    ++trial.right;
    if (verdict->IsWrong()) ++trial.false_alarms;
  }
}

}  // namespace

Result<FormModel> LearnForm(std::string exercise, std::span<const FormExample> examples) {
  const std::vector<std::size_t> terms = KnownTerms(examples);
  const std::vector<FormExample> complete = Complete(examples, terms);
  FormModel model{.exercise = std::move(exercise)};
  for (const FormExample& example : complete) {
    SPOTTER_CHECK(example.rep.space == complete.front().rep.space);
    ++(example.is_wrong ? model.wrong_examples : model.right_examples);
  }
  if (terms.empty() || std::min(model.right_examples, model.wrong_examples) < kFewestExamples) {
    return MakeError(ErrorCode::kInvalidArgument,
                     "needs at least {} right and {} wrong repetitions with the body in view; there are {} and {}",
                     kFewestExamples, kFewestExamples, model.right_examples, model.wrong_examples);
  }
  model.space = complete.front().rep.space;
  for (const std::size_t term : terms) model.weights.push_back(Standard(term, complete));
  const std::vector<double> w = Minimise(RowsOf(model, complete));
  for (std::size_t i = 0; i < model.weights.size(); ++i) model.weights[i].weight = w[i];
  model.bias = w.back();
  return model;
}

std::optional<FormVerdict> JudgeRep(const FormModel& model, const RepDescriptor& rep) {
  if (rep.space != model.space) return std::nullopt;
  std::vector<Contribution> contributions;
  double sum = model.bias;
  double squares = 0;
  for (const FormModel::Weight& weight : model.weights) {
    const double deviation = Standardised(weight, rep);
    if (!std::isfinite(deviation)) return std::nullopt;
    squares += deviation * deviation;
    contributions.push_back({weight, weight.weight * Clamped(deviation)});
    sum += contributions.back().value;
  }
  if (squares > kUnlikeAnything * kUnlikeAnything * static_cast<double>(model.weights.size())) return std::nullopt;
  return FormVerdict{.wrong_probability = Sigmoid(sum), .reason = Explain(contributions, rep)};
}

FormTrial TryOut(std::span<const FormExample> examples) {
  const std::vector<std::size_t> piece_of = CutIntoPieces(examples);
  FormTrial trial;
  for (std::size_t piece = 0; piece < kPieces; ++piece) {
    std::vector<FormExample> inside;
    std::vector<FormExample> outside;
    for (std::size_t i = 0; i < examples.size(); ++i) (piece_of[i] == piece ? inside : outside).push_back(examples[i]);
    if (const Result<FormModel> model = LearnForm("", outside); model.ok()) AddTo(trial, *model, inside);
  }
  return trial;
}

std::string JointName(const FormReason& reason) {
  const std::string_view part = ToString(MeasureAt(reason.term.measure).part);
  return reason.side == Side::kBoth ? std::string(part) : fmt::format("{}_{}", ToString(reason.side), part);
}

std::string CueOf(const FormReason& reason) {
  const BodyMeasure measure = MeasureAt(reason.term.measure);
  std::string joint = JointName(reason);
  std::ranges::replace(joint, '_', ' ');
  const double difference = reason.value - reason.right;
  const std::string amount = Amount(measure, difference);
  if (const auto bending = BendingOf(measure, reason.term.statistic)) {
    const bool more = (difference < 0) == (reason.term.statistic == Statistic::kLow);
    return fmt::format("{}: {} {} {} than in the right ones", joint, *bending, amount, more ? "more" : "less");
  }
  return fmt::format("{}: {}{} {} {} {} than in the right ones", joint, measure.words,
                     measure.limb == LimbRole::kDifference ? " beside the other side's" : "",
                     When(reason.term.statistic), amount, difference > 0 ? "more" : "less");
}

}  // namespace spotter::exercise
