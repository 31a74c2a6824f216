# SPDX-License-Identifier: Apache-2.0
"""`spotter report`: machines over a period, from a recording and from the store."""
import datetime
import json
import sys
import unittest

from harness import ROOT, SpotterTest, spotter

sys.path.insert(0, str(ROOT / "tests" / "scenarios"))
from stick_figure import Camera, Person, floor_from_image, perceptions  # noqa: E402

ZONE = {"id": "bench_01", "kind": "machine", "floor_polygon": [[-0.9, -1.2], [0.9, -1.2], [0.9, 1.2], [-0.9, 1.2]]}
# Ten seconds before the clocks of Madrid go from 2:00 to 3:00.
START = datetime.datetime(2026, 3, 29, 0, 59, 50)


def at_true_time(line):
    """A line of a recording with the time at which it was recorded."""
    perception = json.loads(line)
    captured_at = START + datetime.timedelta(seconds=perception["pts"])
    return json.dumps({**perception, "captured_at": captured_at.isoformat(timespec="milliseconds") + "Z"})


class ReportTest(SpotterTest):
    def setUp(self):
        super().setUp()
        somebody = Person([{"do": "bicep_curl", "reps": 8, "tempo": 2, "gap": 0.5}, {"do": "walk", "s": 3, "speed": 1}, {"do": "stand", "s": 12}], yaw=30)
        self.recording = self.folder / "somebody.jsonl"
        self.recording.write_text("".join(at_true_time(line) + "\n" for line in perceptions([somebody], 15)), encoding="utf-8")
        self.config = self.folder / "spotter.yaml"
        self.config.write_text(json.dumps({
            "gym": {"id": "gym_01", "time_zone": "Europe/Madrid"}, "store": {"path": str(self.folder / "spotter.db")},
            "cameras": [{"id": "cam_01", "url": "x.mp4", "floor_from_image": floor_from_image(Camera())}],
            "zones": [ZONE, {**ZONE, "id": "bench_02", "floor_polygon": [[3, -1], [4, -1], [4, 1]]}]}), encoding="utf-8")

    def report(self, *arguments):
        done = spotter("report", "-c", self.config, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_a_recording_is_reported_on_without_a_store(self):
        report = json.loads(self.report(self.recording, "--json"))
        bench, other = report["machines"]
        self.assertEqual([bench["zone_id"], bench["state"], other["state"]], ["bench_01", "needs_cleaning", "free"])
        self.assertAlmostEqual(bench["busy_s"], 20.9, delta=0.7)
        self.assertAlmostEqual(bench["watched_s"], 35, delta=0.2)
        self.assertEqual([person["person_id"] for person in bench["uses"][0]["people"]], ["p1"])
        self.assertGreater(bench["uses"][0]["people"][0]["exercising_s"], 12)
        self.assertEqual(other["uses"], [])
        # The clocks change ten seconds into the recording: the hour from 2 to 3 does not exist.
        self.assertEqual([(hour["weekday"], hour["hour"]) for hour in bench["hours"]], [("sun", 1), ("sun", 3)])
        self.assertAlmostEqual(bench["hours"][0]["busy_s"], 10, delta=0.2)

    def test_the_store_is_reported_on_by_days_of_the_gym(self):
        run = spotter("run", self.recording, "-c", self.config)
        self.assertEqual(run.returncode, 0, run.stderr)
        day = json.loads(self.report("--from", "2026-03-29", "--to", "2026-03-30", "--json"))
        self.assertEqual([day["from"], day["to"]], ["2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"])
        bench = day["machines"][0]
        self.assertEqual([bench["zone_id"], len(bench["uses"]), bench["state"]], ["bench_01", 1, "blind"])
        self.assertAlmostEqual(bench["busy_s"], 20.9, delta=0.7)
        self.assertEqual(json.loads(self.report("--from", "2026-03-30", "--to", "2026-03-31", "--json"))["machines"][0]["uses"], [])

    def test_the_table_is_for_people(self):
        lines = self.report(self.recording, "--hours", "--people").splitlines()
        self.assertEqual(lines[0].split(), ["machine", "state", "since", "uses", "in", "use", "share", "reserved", "mean", "use", "cleaned", "hygiene"])
        self.assertEqual(lines[1].split()[:4], ["bench_01", "needs_cleaning", "2026-03-29", "03:00"])
        self.assertTrue(any(line.startswith("Sun") and "100 %" in line for line in lines))
        self.assertTrue(any("p1" in line for line in lines))

    def test_what_is_no_time_is_said_so(self):
        self.assert_fails(spotter("report", "-c", self.config, "--from", "yesterday"), "yesterday", "2026-03-01")
        self.assert_fails(spotter("report", "-c", self.config, "--from", "2026-03-02", "--to", "2026-03-01"), "--from")


if __name__ == "__main__":
    unittest.main()
