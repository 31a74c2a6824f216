# SPDX-License-Identifier: Apache-2.0
"""Zones end to end: which camera's configuration a source gets, and the prototype's configuration."""
import json
import sys
import unittest

from harness import ROOT, SpotterTest, spotter

sys.path.insert(0, str(ROOT / "tests" / "scenarios"))
from stick_figure import Camera, Person, floor_from_image, perceptions  # noqa: E402

ZONE = {"id": "bench_01", "kind": "machine", "floor_polygon": [[-0.9, -1.2], [0.9, -1.2], [0.9, 1.2], [-0.9, 1.2]]}


class FloorTest(SpotterTest):
    def setUp(self):
        super().setUp()
        somebody = Person([{"do": "stand", "s": 9}, {"do": "walk", "s": 3, "speed": 1}, {"do": "stand", "s": 6}], yaw=30)
        self.recording = self.folder / "somebody.jsonl"
        self.recording.write_text("\n".join(perceptions([somebody], 15)) + "\n", encoding="utf-8")

    def floor_events(self, config):
        """[(type, camera, zone, pts)] of `spotter count --format events` with a configuration."""
        path = self.folder / "spotter.yaml"
        path.write_text(config if isinstance(config, str) else json.dumps(config), encoding="utf-8")
        done = spotter("count", self.recording, "-c", path, "--format", "events")
        self.assertEqual(done.returncode, 0, done.stderr)
        events = [json.loads(line) for line in done.stdout.splitlines()]
        return [(e["type"], e["camera_id"], e["zone_id"], e["pts"]) for e in events if e["type"].startswith("machine_occupied")]

    def test_one_source_is_the_one_configured_camera(self):
        camera = {"id": "entrance", "url": "rtsp://10.0.0.7/1", "floor_from_image": floor_from_image(Camera())}
        events = self.floor_events({"cameras": [camera], "zones": [ZONE]})
        self.assertEqual([e[:3] for e in events], [("machine_occupied_start", "entrance", "bench_01"), ("machine_occupied_end", "entrance", "bench_01")])
        self.assertAlmostEqual(events[1][3], 9.9, delta=0.5)

    def test_of_several_cameras_the_address_decides(self):
        floor = floor_from_image(Camera())
        elsewhere = {"id": "west", "url": "west.mp4", "floor_from_image": floor}
        here = {"id": "east", "url": str(self.recording), "floor_from_image": floor}
        self.assertEqual([e[1] for e in self.floor_events({"cameras": [elsewhere, here], "zones": [ZONE]})], ["east", "east"])
        self.assertEqual(self.floor_events({"cameras": [elsewhere, {**elsewhere, "id": "north"}], "zones": [ZONE]}), [])

    def test_a_configuration_of_the_prototype_works_as_it_is(self):
        # The recording is 640 x 360; the figure's feet are at about (320, 280).
        events = self.floor_events("video_fps_override:\noccupy_start_s: 5\noccupy_end_s: 3\ncleaning_window_s: 45\nclip_pre_s: 4\nclip_post_s: 4\n"
                                   "rois:\n  - {zone_id: machine_bench_01, x1: 240, y1: 120, x2: 400, y2: 350}\n")
        self.assertEqual([e[:3] for e in events], [("machine_occupied_start", "cam_01", "machine_bench_01"), ("machine_occupied_end", "cam_01", "machine_bench_01")])

    def test_rois_beyond_the_picture_are_named_once(self):
        path = self.folder / "spotter.yaml"
        path.write_text("rois:\n  - {zone_id: bench, x1: 900, y1: 500, x2: 1200, y2: 700}\n", encoding="utf-8")
        done = spotter("count", self.recording, "-c", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr.count("zone 'bench' reaches beyond the picture of camera 'cam_01', which has 640 x 360 pixels"), 1, done.stderr)

    def test_the_same_minute_again_gives_the_same_ids(self):
        config = self.folder / "spotter.yaml"
        config.write_text(json.dumps({"cameras": [{"id": "a", "url": "a.mp4", "floor_from_image": floor_from_image(Camera())}], "zones": [ZONE]}), encoding="utf-8")
        runs = [spotter("count", self.recording, "-c", config, "--format", "events").stdout for _ in range(2)]
        self.assertEqual(runs[0], runs[1])
        ids = [json.loads(line)["event_id"] for line in runs[0].splitlines()]
        self.assertEqual(len(set(ids)), len(ids))

    def test_a_broken_zone_is_named_with_its_line(self):
        path = self.folder / "spotter.yaml"
        path.write_text("zones:\n  - {id: z, floor_polygon: [[0,0],[4,4],[4,0],[0,3]]}\n", encoding="utf-8")
        self.assert_fails(spotter("count", self.recording, "-c", path), "spotter.yaml:2", "floor_polygon", "crosses itself")


if __name__ == "__main__":
    unittest.main()
