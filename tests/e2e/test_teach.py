# SPDX-License-Identifier: Apache-2.0
"""Teaching by doing: one demonstrated set becomes an exercise that counts."""
import unittest

from harness import SAMPLES, SpotterTest, spotter


class Teach(SpotterTest):
    def setUp(self):
        super().setUp()
        self.recording = self.folder / "squats.jsonl"
        done = spotter("record", SAMPLES / "squat_45_barbell.mp4", self.recording)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_what_was_taught_is_counted_by_its_name(self):
        exercises = self.folder / "exercises"
        exercises.mkdir()
        done = spotter("teach", "barbell_bend", "--from", self.recording, "--reps", 4, "-o", exercises / "barbell_bend.yaml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertEqual([line.split(";")[0] for line in done.stderr.splitlines() if line.startswith("info: ")],
                         ["info: 4 repetitions from 1.3 s to 14.5 s", "info: fits itself 1.00"])
        self.assertIn("nearest known: squat", done.stderr)
        result = self.count(self.recording, "--exercises", exercises)
        sets = [s for person in result["people"] for s in person["sets"]]
        self.assertEqual([(s["exercise"], s["rep_count"]) for s in sets], [("barbell_bend", 4)])

    def test_a_clip_teaches_what_its_recording_does(self):
        taught = []
        for source in (self.recording, SAMPLES / "squat_45_barbell.mp4"):
            out = self.folder / f"{source.stem}.yaml"
            done = spotter("teach", "barbell_bend", "--from", source, "--reps", 4, "-o", out)
            self.assertEqual(done.returncode, 0, done.stderr)
            provenance, *rest = out.read_text().splitlines()
            self.assertIn(source.name, provenance)
            taught.append(rest)
        self.assertEqual(*taught)

    def test_mistakes_get_one_clear_line(self):
        out = self.folder / "x.yaml"
        self.assert_fails(spotter("teach", "x", "--from", self.recording, "--reps", 40, "-o", out), "40 repetitions", "--reps")
        self.assert_usage_error(spotter("teach", "Bad Name", "--from", self.recording, "--reps", 4, "-o", out), "Bad Name")
        self.assert_fails(spotter("teach", "x", "--from", self.recording, "--reps", 4, "-o", out, "--person", "p9"), "p9")
        self.assertFalse(out.exists())
        out.write_text("mine")
        self.assert_fails(spotter("teach", "x", "--from", self.recording, "--reps", 4, "-o", out), "exists", "--force")
        self.assertEqual(out.read_text(), "mine")
        self.assert_usage_error(spotter("teach", "x", "--from", self.recording), "--reps")


if __name__ == "__main__":
    unittest.main()
