# SPDX-License-Identifier: Apache-2.0
"""A towel on a machine, from the pixels to the state: the sample in which somebody uses and wipes a machine, with a towel painted onto it."""
import json
import unittest

from harness import SAMPLES, SpotterTest, ffmpeg, spotter

TRUTH = json.loads((SAMPLES / "zone_use_and_clean.json").read_text(encoding="utf-8"))
CAMERA = TRUTH["cameras"][0]
LEFT_AT, GONE_AT = 12, next(e["t"] for e in TRUTH["events"] if e["type"] == "zone_exit")  # seconds: the towel is put there, the user walks off
TOWEL = (244, 152, 24, 12)  # x, y, width, height in pixels: on top of the machine


class LeftObjects(SpotterTest):
    def video(self, *filters):
        """The sample with the last picture held for six seconds, and with these filters."""
        path = self.folder / "gym.mp4"
        ffmpeg("-i", SAMPLES / "zone_use_and_clean.mp4", "-vf", ",".join(["tpad=stop_mode=clone:stop_duration=6", *filters]), path)
        return path

    def record(self, video):
        recording = self.folder / "gym.jsonl"
        done = spotter("record", video, recording)
        self.assertEqual(done.returncode, 0, done.stderr)
        return recording, [json.loads(line) for line in recording.read_text(encoding="utf-8").splitlines()]

    def config(self):
        path = self.folder / "spotter.yaml"
        zones = [{"id": z["name"], "kind": "machine", "floor_polygon": z["polygon"]} for z in TRUTH["zones"]]
        path.write_text(json.dumps({"cameras": [{"id": "cam_01", "url": "gym.mp4", "floor_from_image": CAMERA["image_to_floor"]}], "zones": zones}), encoding="utf-8")
        return path

    def test_a_towel_reserves_the_machine_that_it_lies_on(self):
        x, y, width, height = TOWEL
        video = self.video(f"drawbox=x={x}:y={y}:w={width}:h={height}:color=navy:t=fill:enable='gte(t,{LEFT_AT})'")
        recording, perceptions = self.record(video)
        objects = perceptions[-1]["objects"]
        self.assertEqual(len(objects), 1, objects)
        self.assertAlmostEqual(objects[0]["since"], LEFT_AT, delta=1.5)
        for got, true in zip(objects[0]["box"], (x / 640, y / 360, (x + width) / 640, (y + height) / 360)):
            self.assertAlmostEqual(got, true, delta=0.02)
        self.assertTrue(all("objects" not in p for p in perceptions if p["pts"] < GONE_AT), "as long as the user is there nothing was left")

        played = spotter("replay", recording, "-c", self.config())
        self.assertEqual(played.returncode, 0, played.stderr)
        self.assertEqual(played.stdout, spotter("count", video, "-c", self.config(), "--format", "events").stdout)
        events = [json.loads(line) for line in played.stdout.splitlines()]
        reserved = [e for e in events if e["type"] == "machine_state_changed" and e["data"]["state"] == "reserved"]
        self.assertEqual([e["zone_id"] for e in reserved], ["machine_1"])
        self.assertAlmostEqual(reserved[0]["pts"], GONE_AT, delta=0.7)

    def test_people_who_leave_nothing_leave_no_object(self):
        _, perceptions = self.record(self.video())
        self.assertEqual([p["pts"] for p in perceptions if "objects" in p], [])


if __name__ == "__main__":
    unittest.main()
