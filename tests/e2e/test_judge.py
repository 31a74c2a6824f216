# SPDX-License-Identifier: Apache-2.0
"""Right and wrong repetitions become a form model that judges other people's."""
import json
import unittest

from harness import Person, SpotterTest, perceptions, spotter


class Judge(SpotterTest):
    def record(self, name, steps, seed, yaw=80):
        """A recording of one person, with rest before and after."""
        path = self.folder / f"{name}.jsonl"
        steps = [{"do": "stand", "s": 1.5}, *steps, {"do": "stand", "s": 2}]
        path.write_text("".join(line + "\n" for line in perceptions([Person(steps, yaw=yaw, seed=seed)], 15)))
        return path

    def squats(self, name, seed, depth, reps=4):
        return self.record(name, [{"do": "squat", "reps": reps, "tempo": 2.2 + 0.05 * seed, "depth": depth}], seed)

    def teach_squats(self):
        right = [self.squats(f"right{i}", i, 1 - 0.02 * i) for i in range(3)]
        wrong = [self.squats(f"wrong{i}", 10 + i, 0.6 + 0.02 * i) for i in range(3)]
        model = self.folder / "squat.form.yaml"
        done = spotter("teach", "squat", "--right", *right, "--wrong", *wrong, "-o", model)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertIn("12 right and 12 wrong repetitions of squat", done.stderr)
        self.assertIn("judged 24 of 24", done.stderr)
        return model

    def verdicts(self, model, *sources):
        done = spotter("judge", model, *sources, "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return [rep["verdict"] for rep in json.loads(done.stdout)["reps"]]

    def test_the_model_judges_what_it_has_not_seen(self):
        model = self.teach_squats()
        good, shallow = self.squats("good", 20, 0.97), self.squats("shallow", 21, 0.62, reps=3)
        self.assertEqual(self.verdicts(model, good, shallow), ["right"] * 4 + ["wrong"] * 3)
        text = spotter("judge", model, good, shallow)
        self.assertIn("4 right, 3 wrong, 0 not assessable", text.stdout)
        self.assertIn("than in the right ones", text.stdout)

    def test_counting_tells_the_verdict_of_each_repetition(self):
        model = self.teach_squats()
        shallow = self.squats("shallow", 21, 0.62)
        [person] = self.count(shallow, "--form-model", model)["people"]
        [counted] = person["sets"]
        for rep in counted["reps"]:
            self.assertEqual(rep["taught"]["verdict"], "wrong")
            self.assertGreater(rep["taught"]["wrong_probability"], 0.5)
            self.assertTrue(rep["taught"]["cue"].replace(" ", "_").startswith(rep["taught"]["joint"]))
            self.assertIn("unlike_taught", [fault["name"] for fault in rep["faults"]])
        table = spotter("count", shallow, "--form-model", model)
        self.assertIn("p1 set 1 repetition 2: wrong (", table.stdout)
        [plain] = self.count(shallow)["people"]
        self.assertNotIn("taught", plain["sets"][0]["reps"][0])

    def test_each_recording_may_be_one_repetition_of_any_movement(self):
        def raises(side, seeds):
            return [self.record(f"raise_{side}_{seed}", [{"do": "lateral_raise", "reps": 1, "tempo": 2.4 + 0.1 * (seed % 3), "side": side}], seed, yaw=10)
                    for seed in seeds]
        model = self.folder / "raise.form.yaml"
        done = spotter("teach", "my_raise", "--each-is-one", "--right", *raises("both", range(6)), "--wrong", *raises("right", range(10, 16)), "-o", model)
        self.assertEqual(done.returncode, 0, done.stderr)
        done = spotter("judge", model, *raises("both", [30]), *raises("right", [31]), "--each-is-one", "--format", "json")
        reps = json.loads(done.stdout)["reps"]
        self.assertEqual([rep["verdict"] for rep in reps], ["right", "wrong"])
        self.assertIn(reps[1]["joint"].split("_")[-1], ("shoulder", "elbow", "wrist"))
        # The flat model knows one side only: nothing is said of somebody who is filmed from another.
        other_side = self.record("other_side", [{"do": "lateral_raise", "reps": 1}], 40, yaw=90)
        done = spotter("judge", model, other_side, "--each-is-one")
        self.assertIn("not assessable", done.stdout)

    def test_mistakes_get_one_clear_line(self):
        right, wrong, out = self.squats("right", 1, 1), self.squats("wrong", 2, 0.6, reps=2), self.folder / "x.form.yaml"
        self.assert_fails(spotter("teach", "squat", "--right", right, "--wrong", wrong, "-o", out), "at least 3", "4 and 2")
        self.assert_fails(spotter("teach", "no_such", "--right", right, "--wrong", wrong, "-o", out), "no_such")
        self.assertFalse(out.exists())
        self.assert_usage_error(spotter("teach", "squat", "--right", right, "-o", out), "--wrong")
        self.assert_usage_error(spotter("teach", "squat", "-o", out), "--from", "--right")
        self.assert_usage_error(spotter("teach", "squat", "--from", right, "--reps", 4, "--right", right, "--wrong", wrong), "--from")
        out.write_text("mine")
        self.assert_fails(spotter("teach", "squat", "--right", right, "--wrong", wrong, "-o", out), "exists", "--force")
        self.assert_fails(spotter("judge", out, right), "x.form.yaml:1")
        self.assert_fails(spotter("judge", self.folder / "none.yaml", right), "none.yaml")
        out.write_text("exercise: flying\nspace: flat\nexamples: {right: 3, wrong: 3}\nbias: 0\nweights: {trunk_lean.low: [0, 1, 1]}\n")
        self.assert_fails(spotter("count", right, "--form-model", out), "flying", "known are")


if __name__ == "__main__":
    unittest.main()
