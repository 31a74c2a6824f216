// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/form_model_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/config/testing/bad_edit.h"

namespace spotter::config {
namespace {

using exercise::BodySpace;
using exercise::FormModel;
using testing::BadEdit;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kModel = R"(exercise: squat
space: flat
examples: {right: 12, wrong: 9}
bias: -0.25
weights:
  working.knee.low: [1.25, 0.1, 0.5]
  trunk_lean.speed: [-0.7, 0.2, -0.125]
)";

std::string With(const std::string& from, const std::string& to) { return testing::Edited(kModel, from, to); }

void ExpectSame(const FormModel& a, const FormModel& b) {
  EXPECT_EQ(a.exercise, b.exercise);
  EXPECT_EQ(a.space, b.space);
  EXPECT_EQ(a.right_examples, b.right_examples);
  EXPECT_EQ(a.wrong_examples, b.wrong_examples);
  EXPECT_EQ(a.bias, b.bias);
  ASSERT_EQ(a.weights.size(), b.weights.size());
  for (std::size_t i = 0; i < a.weights.size(); ++i) {
    EXPECT_EQ(a.weights[i].term, b.weights[i].term);
    EXPECT_EQ(a.weights[i].right, b.weights[i].right);
    EXPECT_EQ(a.weights[i].scale, b.weights[i].scale);
    EXPECT_EQ(a.weights[i].weight, b.weights[i].weight);
  }
}

TEST(FormModelFile, IsReadAndWrittenBack) {
  const Result<FormModel> model = ParseFormModel(kModel, "squat.form.yaml");
  ASSERT_TRUE(model.ok()) << model.error().message;
  EXPECT_EQ(model->exercise, "squat");
  EXPECT_EQ(model->space, BodySpace::kFlat);
  EXPECT_EQ(model->wrong_examples, 9);
  ASSERT_EQ(model->weights.size(), 2U);
  EXPECT_EQ(exercise::TermName(model->weights[1].term), "trunk_lean.speed");
  EXPECT_EQ(model->weights[0].weight, 0.5);
  const std::string text = WriteFormModel(*model, "Taught\nexercise: other");
  EXPECT_THAT(text, StartsWith("# Taught\n# exercise: other\nexercise: squat\n"));
  const Result<FormModel> again = ParseFormModel(text, "again");
  ASSERT_TRUE(again.ok()) << again.error().message;
  ExpectSame(*model, *again);
}

class RefusedFormModel : public ::testing::TestWithParam<BadEdit> {};

TEST_P(RefusedFormModel, NamesPlaceAndReason) {
  const Result<FormModel> model = ParseFormModel(With(GetParam().from, GetParam().to), "m.form.yaml");
  ASSERT_FALSE(model.ok());
  EXPECT_THAT(model.error().message, HasSubstr(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(
    All,
    RefusedFormModel,
    ::testing::Values(BadEdit{"space: flat", "space: round", "m.form.yaml:2: key 'space'"},
                      BadEdit{"bias: -0.25", "bias: -0.25\nbais: 1", "m.form.yaml:5"},
                      BadEdit{"bias: -0.25", "bias: nan", "m.form.yaml:4: key 'bias'"},
                      BadEdit{"working.knee.low", "working.tail.low", "m.form.yaml:6: key 'weights.working.tail.low'"},
                      BadEdit{"[1.25, 0.1, 0.5]", "[1.25, 0, 0.5]", "must lie between"},
                      BadEdit{"[1.25, 0.1, 0.5]", "[1.25, 0.5]", "m.form.yaml:6"},
                      BadEdit{"[1.25, 0.1, 0.5]", "[1.25, 0.1, inf]", "m.form.yaml:6"},
                      BadEdit{"right: 12", "right: 0", "examples.right"},
                      BadEdit{
                          "weights:\n  working.knee.low: [1.25, 0.1, 0.5]\n  trunk_lean.speed: [-0.7, 0.2, -0.125]\n",
                          "weights: {}\n", "at least one"},
                      BadEdit{"  trunk_lean.speed", "  working.knee.low", "m.form.yaml:7"}));

TEST(FormModelFile, AFileThatIsNotThereIsSaidSo) {
  const Result<FormModel> model = LoadFormModel("/nowhere/x.form.yaml");
  ASSERT_FALSE(model.ok());
  EXPECT_THAT(model.error().message, HasSubstr("/nowhere/x.form.yaml"));
}

}  // namespace
}  // namespace spotter::config
