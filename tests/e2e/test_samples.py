# SPDX-License-Identifier: Apache-2.0
"""What the demo shows is true: the samples' sets against their exact truth."""
import json
import unittest

from harness import SAMPLES, SpotterTest, spotter


class Samples(SpotterTest):
    def test_everybody_is_counted_within_one(self):
        for truth_file in sorted(SAMPLES.glob("*.json")):
            truth = json.loads(truth_file.read_text())
            expected = {}
            for s in truth["sets"]:
                expected[s["person"]] = expected.get(s["person"], 0) + s["rep_count"]
            expected = sorted((n for n in expected.values() if n), reverse=True)
            with self.subTest(truth_file.stem):
                result = self.count(SAMPLES / next(iter(truth["videos"].values())))
                got = sorted((sum(s["rep_count"] for s in p["sets"]) for p in result["people"]), reverse=True)
                got = [n for n in got if n]
                self.assertEqual(len(got), len(expected), result)
                for mine, true in zip(got, expected):
                    self.assertLessEqual(abs(mine - true), 1, result)

    def test_annotate_writes_a_playable_video_and_a_contact_sheet(self):
        video, sheet = self.folder / "out.mp4", self.folder / "sheet.png"
        done = spotter("annotate", SAMPLES / "multi_three.mp4", video, "--contact-sheet", sheet)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sheet.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        plain, annotated = self.count(SAMPLES / "multi_three.mp4"), self.count(video)
        self.assertEqual(annotated["frames"], plain["frames"])
        self.assertAlmostEqual(annotated["duration_s"], plain["duration_s"], delta=0.05)


if __name__ == "__main__":
    unittest.main()
