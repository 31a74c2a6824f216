# SPDX-License-Identifier: Apache-2.0
"""What the program says about itself and the machine: `version`, `doctor`, `-v`."""
import json
import re
import shutil
import unittest

from harness import ROOT, SQUATS, SpotterTest, spotter

# An exercise file.
TRIED = """id: tried
family: tried
title: Tried
signals:
  - {feature: knee, turn: low, min_rom: 30, full_rom: 70}
main_angle: knee
evidence: [clip_1]
"""


class Version(SpotterTest):
    def test_it_names_the_parts_and_the_networks(self):
        done = spotter("version", "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        version = json.loads(done.stdout)
        self.assertRegex(version["spotter"], r"^\d+\.\d+\.\d+$")
        for library in ("openvino", "ffmpeg", "libavcodec"):
            self.assertRegex(version["libraries"][library], r"^\d+\.")
        for network in ("movenet-multipose.xml", "movenet-multipose.bin", "pose_landmark_full.tflite"):
            self.assertRegex(version["networks"][network], r"^[0-9a-f]{64}$")
        text = spotter("version").stdout
        self.assertTrue(text.startswith(f"spotter {version['spotter']}\n"), text)
        for value in [*version["libraries"].values(), *version["networks"].values()]:
            self.assertIn(value, text)

    def test_it_works_without_networks(self):
        done = spotter("version", "--models", self.folder, "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["networks"], {})


class Doctor(SpotterTest):
    def findings(self, *arguments, code=0, env=None):
        done = spotter("doctor", "--format", "json", *arguments, env=env)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)["findings"]

    def test_everything_is_well_where_the_tests_run(self):
        self.assertEqual([f for f in self.findings() if f["health"] == "problem"], [])
        text = spotter("doctor").stdout
        for finding in self.findings():
            self.assertIn(finding["subject"], text)

    def test_missing_networks_are_problems_with_advice(self):
        problems = [f for f in self.findings("--models", self.folder, code=1) if f["health"] == "problem"]
        self.assertEqual({f["subject"] for f in problems}, {"movenet-multipose.xml", "pose_landmark_full.tflite"})
        self.assertTrue(all("make setup" in f["message"] for f in problems), problems)

    def test_exercises_that_nobody_has_tried_are_named(self):
        folder = self.folder / "exercises"
        shutil.copytree(ROOT / "configs" / "exercises", folder)
        (folder / "moonwalk.yaml").write_text(TRIED.replace("tried", "moonwalk").replace("evidence: [clip_1]", "verified: false"))
        (folder / "tried.yaml").write_text(TRIED)
        notes = [f["message"] for f in self.findings("--exercises", folder) if f["subject"] == "exercises" and f["health"] == "note"]
        self.assertEqual(len(notes), 1, notes)
        self.assertRegex(notes[0], r"\bmoonwalk\b")
        self.assertNotRegex(notes[0], r"\btried\b,|, tried\b")

    def test_without_a_home_nothing_is_cached_where_others_write(self):
        nowhere = {"HOME": "", "XDG_CACHE_HOME": "", "SPOTTER_CACHE": "", "TMPDIR": str(self.folder)}
        cache = next(f for f in self.findings(env=nowhere) if f["subject"] == "cache")
        self.assertNotIn(str(self.folder), cache["message"])
        self.assertNotRegex(cache["message"], r"^/tmp")


class Verbose(SpotterTest):
    def test_it_says_more_about_what_is_going_on(self):
        recording = self.folder / "p.jsonl"
        recording.write_text(SQUATS)
        quiet, loud = spotter("replay", recording), spotter("-v", "replay", recording)
        self.assertEqual(quiet.stderr, "")
        self.assertEqual(loud.stdout, quiet.stdout)
        self.assertTrue(re.search(r"debug: .*exercises", loud.stderr), loud.stderr)
        self.assertEqual(spotter("replay", recording, "-v").stderr, loud.stderr)


if __name__ == "__main__":
    unittest.main()
