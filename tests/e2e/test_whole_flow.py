# SPDX-License-Identifier: Apache-2.0
"""One video: somebody uses a machine and wipes it, the events are stored, their clips are cut and looked at, the API serves all. In one process and in three."""
import json
import re
import subprocess
import threading
import unittest

from harness import SAMPLES, SPOTTER, SpotterTest, spotter
from services import Api, Service, wait_until


class WholeFlow(SpotterTest):
    def write_config(self, truth):
        camera = truth["cameras"][0]
        config = {"cameras": [{"id": camera["name"], "url": "hall.mp4", "floor_from_image": camera["image_to_floor"]}],
                  "zones": [{"id": z["name"], "kind": "machine", "floor_polygon": z["polygon"]} for z in truth["zones"]],
                  "clips": {"mode": "pixels", "dir": str(self.folder / "clips")}, "store": {"path": str(self.folder / "spotter.db")},
                  "api": {"listen": "127.0.0.1:0"}, "media": {"allowed_roots": [str(self.folder / "clips")]}}
        path = self.folder / "spotter.yaml"
        path.write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
        return path

    def start(self, config):
        """A running Spotter and its API."""
        process = subprocess.Popen([SPOTTER, "run", SAMPLES / "zone_use_and_clean.mp4", "-c", config], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        for line in process.stderr:
            found = re.search(r"API: http://127\.0\.0\.1:(\d+)", line)
            if found:
                threading.Thread(target=lambda: [None for _ in process.stderr], daemon=True).start()
                return Api(int(found.group(1)))
        self.fail("no API came up")

    def test_a_use_is_an_event_with_a_clip_behind_the_api(self):
        truth = json.loads((SAMPLES / "zone_use_and_clean.json").read_text())
        api = self.start(self.write_config(truth))
        starts = []

        def clip_is_there():
            starts[:] = api.get("/events?event_type=MACHINE_OCCUPIED_START")
            return starts and api.ask("HEAD", f"/media/{starts[0]['event_id']}")[0] == 200

        wait_until(clip_is_there, "a stored start of the use, with its clip")
        starts[:] = api.get("/events?event_type=MACHINE_OCCUPIED_START")
        self.assertEqual(len(starts), 1)
        entered = min(e["t"] for e in truth["events"] if e["type"] == "zone_enter")
        self.assertAlmostEqual(starts[0]["ts_utc"], entered, delta=0.5)
        self.assertEqual(starts[0]["zone_id"], truth["zones"][0]["name"])
        status, headers, clip = api.ask("GET", f"/media/{starts[0]['event_id']}")
        self.assertEqual((status, headers["Content-Type"], clip[4:8]), (200, "video/mp4", b"ftyp"))
        self.assertAlmostEqual(starts[0]["media"]["end_ts_utc"], starts[0]["ts_utc"] + 4, delta=0.2)
        status, _, part = api.ask("GET", f"/media/{starts[0]['event_id']}", headers={"Range": "bytes=4-7"})
        self.assertEqual((status, part), (206, b"ftyp"))

    def test_edge_central_and_worker_are_three_processes(self):
        truth = json.loads((SAMPLES / "zone_use_and_clean.json").read_text())
        clips = self.folder / "clips"
        settings = f"media: {{allowed_roots: ['{clips}']}}\nenrichment: {{}}"
        with Service(self.folder, "central", settings, roles="api") as central:
            worker = subprocess.Popen([SPOTTER, "run", "-c", self.folder / "central.yaml", "--roles", "enrichment"], stderr=subprocess.DEVNULL)
            self.addCleanup(worker.wait)
            self.addCleanup(worker.kill)
            self.run_edge(truth, {"clips": {"mode": "pixels", "dir": str(clips)}, "store": {"path": str(self.folder / "edge.db")},
                                  "relay": {"url": f"http://127.0.0.1:{central.port}", "types": "compatible"}})
            events = {event["event_type"]: event for event in central.api.get("/events")}
            self.assertEqual(sorted(events), ["CLEANING_ATTEMPT", "CLEANING_WINDOW_OPEN", "MACHINE_OCCUPIED_END", "MACHINE_OCCUPIED_START"])
            self.assertEqual(len(central.api.get("/events")), 4)
            self.assert_times(events, truth)
            attempt_id = events["CLEANING_ATTEMPT"]["event_id"]
            wait_until(lambda: central.api.get(f"/events/{attempt_id}")["mm_status"] != "PENDING", "the worker looked at the attempt")
            attempt = central.api.get(f"/events/{attempt_id}")
            self.assertEqual((attempt["needs_mm"], attempt["mm_status"]), (True, "DONE"))
            self.assertTrue(attempt["mm_description"])
            self.assertIn("wiping", attempt["mm_labels"])
            self.assertEqual(central.api.ask("HEAD", f"/media/{attempt_id}")[0], 200)

    def run_edge(self, truth, services):
        """Watches the sample from beginning to end and delivers what happened."""
        camera = truth["cameras"][0]
        config = {"cameras": [{"id": camera["name"], "url": "hall.mp4", "floor_from_image": camera["image_to_floor"]}],
                  "zones": [{"id": z["name"], "floor_polygon": z["polygon"], "occupy_end_s": 1} for z in truth["zones"]], **services}
        path = self.folder / "edge.yaml"
        path.write_text(json.dumps(config), encoding="utf-8")
        done = spotter("run", SAMPLES / "zone_use_and_clean.mp4", "-c", path)
        self.assertEqual(done.returncode, 0, done.stderr)

    def assert_times(self, events, truth):
        """What the API says happened when it truly did."""
        entered, left = (next(e["t"] for e in truth["events"] if e["type"] == kind) for kind in ("zone_enter", "zone_exit"))
        wiped = next(e for e in truth["events"] if e["type"] == "cleaning")
        self.assertAlmostEqual(events["MACHINE_OCCUPIED_START"]["ts_utc"], entered, delta=0.5)
        self.assertAlmostEqual(events["MACHINE_OCCUPIED_END"]["ts_utc"], left, delta=0.5)
        self.assertEqual(events["CLEANING_WINDOW_OPEN"]["ts_utc"], events["MACHINE_OCCUPIED_END"]["ts_utc"])
        self.assertTrue(wiped["start"] - 0.5 <= events["CLEANING_ATTEMPT"]["ts_utc"] <= wiped["end"])


if __name__ == "__main__":
    unittest.main()
