# SPDX-License-Identifier: Apache-2.0
"""`mirror_areas` of the configuration end to end: a reflection is nobody from the first frame on."""
import json
import sys
import unittest

from harness import ROOT, SpotterTest, spotter

sys.path.insert(0, str(ROOT / "tests" / "scenarios"))
from stick_figure import Camera, Person, perceptions  # noqa: E402

# The mirror behind the room: the upper part of the picture, above the feet of who stands before it.
MIRROR = {"cameras": [{"id": "cam_01", "url": "x.mp4", "mirror_areas": [[[0, 0], [1, 0], [1, 0.62], [0, 0.62]]]}]}
PERSON, REFLECTION = 1, 2  # track ids


class Mirrors(SpotterTest):
    def setUp(self):
        super().setUp()
        squats = Person([{"do": "stand", "s": 1}, {"do": "squat", "reps": 5, "tempo": 2.2}, {"do": "stand", "s": 2}], yaw=170, x=-0.6)
        self.frames = [json.loads(line) for line in perceptions([squats], 15, Camera(pitch=15, wall=2))]
        self.config = self.folder / "spotter.yaml"
        self.config.write_text(json.dumps(MIRROR), encoding="utf-8")

    def recording(self, tracks):
        """The path of a recording in which only these are seen."""
        path = self.folder / "p.jsonl"
        lines = [{**frame, "people": [p for p in frame["people"] if p["track_id"] in tracks]} for frame in self.frames]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return path

    def seen(self, *arguments):
        """Track ids of all people that `spotter record` lets through."""
        out = self.folder / "out.jsonl"
        done = spotter("record", self.recording({PERSON, REFLECTION}), out, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {p["track_id"] for line in out.read_text(encoding="utf-8").splitlines() for p in json.loads(line)["people"]}

    def test_a_reflection_is_never_among_the_people(self):
        self.assertEqual(self.seen("-c", self.config), {PERSON})
        self.assertEqual(self.seen(), {PERSON, REFLECTION}, "without the area it takes some seconds")

    def test_who_is_seen_in_the_mirror_alone_counts_nothing_and_that_is_said(self):
        alone = self.recording({REFLECTION})
        self.assertEqual([p["sets"][0]["rep_count"] for p in self.count(alone)["people"]], [5])
        result = self.count(alone, "-c", self.config)
        self.assertEqual(result["people"], [])
        self.assertEqual(len([w for w in result["warnings"] if "seen only in a mirror" in w]), 1, result["warnings"])

    def test_who_stands_before_the_mirror_is_counted(self):
        result = self.count(self.recording({PERSON, REFLECTION}), "-c", self.config)
        self.assertEqual([p["sets"][0]["rep_count"] for p in result["people"]], [5])


if __name__ == "__main__":
    unittest.main()
