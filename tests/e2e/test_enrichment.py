# SPDX-License-Identifier: Apache-2.0
"""The look at evidence: of what a run saw, in a process of its own beside the API, by two workers at once."""
import json
import signal
import subprocess
import sys
import unittest

from harness import ROOT, SPOTTER, SpotterTest, spotter
from services import Receiver, Service, floor_event, wait_until

sys.path.insert(0, str(ROOT / "tests" / "scenarios"))
from stick_figure import Camera, Person, floor_from_image, perceptions  # noqa: E402

WIPE = {"verdict": "cleaned", "confidence": 0.9, "by_user": True, "evidence": {"wiping_s": 4.2, "sweeps": 9, "extent_m": 0.6}}


class Enrichment(SpotterTest):
    def worker(self, settings="enabled: true"):
        config = self.folder / "worker.yaml"
        config.write_text(f"store: {{path: '{self.folder}/central.db'}}\nenrichment: {{{settings}}}\n")
        process = subprocess.Popen([SPOTTER, "run", "-c", str(config), "--roles", "enrichment"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def test_a_wipe_is_looked_at_by_its_stored_poses(self):
        recording = self.folder / "gym.jsonl"
        somebody = Person([{"do": "stand", "s": 8}, {"do": "wipe", "s": 6}, {"do": "stand", "s": 8}], yaw=20, x=0.2)
        recording.write_text("\n".join(perceptions([somebody], 15)) + "\n")
        config = self.folder / "c.yaml"
        config.write_text(json.dumps({
            "cameras": [{"id": "cam_01", "url": "hall.mp4", "floor_from_image": floor_from_image(Camera())}],
            "zones": [{"id": "bench", "floor_polygon": [[-0.9, -1.2], [0.9, -1.2], [0.9, 1.2], [-0.9, 1.2]]}],
            "clips": {"dir": str(self.folder / "clips"), "mode": "skeleton"}, "store": {"path": str(self.folder / "a.db")}, "enrichment": {"enabled": True}}))
        done = spotter("run", recording, "-c", config, "--exit-at-end")
        self.assertEqual(done.returncode, 0, done.stderr)
        listed = spotter("events", "list", "-c", config, "--json", "--type", "cleaning_attempt").stdout.splitlines()
        self.assertEqual(len(listed), 1)
        attempt = json.loads(listed[0])
        self.assertEqual(attempt["media"]["path"], str(self.folder / "clips" / f"{attempt['event_id']}.mp4"))
        outcome = attempt["enrichment"]
        self.assertEqual(outcome["status"], "DONE")
        self.assertEqual(outcome["labels"][0], "cleaned", outcome)
        self.assertIn("hand_on_surface", outcome["labels"])
        self.assertIn("one_person", outcome["labels"])
        self.assertNotIn("moving_hand", outcome["labels"], "drawn figures are no pixels")
        poses = self.folder / "clips" / f"{attempt['event_id']}.jsonl"
        times = [json.loads(line)["pts"] for line in poses.read_text().splitlines()]
        self.assertLessEqual(times[0], attempt["pts"] - 3.9)
        self.assertGreaterEqual(times[-1], attempt["data"]["end_s"] + 3.9)
        self.assertEqual(spotter("count", poses).returncode, 0, "the poses of a clip are a recording like any other")

    def test_api_and_workers_are_processes_that_share_the_store(self):
        with Service(self.folder, "central") as central:
            for number in range(40):
                central.api.post(floor_event(f"e{number}", event_type="CLEANING_ATTEMPT", needs_mm=True, metrics=WIPE))
            central.api.post(floor_event("bare", event_type="CLEANING_ATTEMPT", needs_mm=True))
            self.assertEqual({event["mm_status"] for event in central.api.get("/events")}, {"PENDING"})
            workers = [self.worker(), self.worker()]
            wait_until(lambda: not [e for e in central.api.get("/events") if e["mm_status"] == "PENDING"], "all are looked at")
            event = central.api.get("/events/e7")
            self.assertEqual(event["mm_status"], "DONE")
            self.assertEqual(event["mm_labels"][0], "cleaned")
            self.assertIn("9 strokes", event["mm_description"])
            self.assertGreater(event["mm_confidence"], 0.8)
            self.assertEqual(central.api.get("/events/bare")["mm_status"], "SKIPPED")
            for worker in workers:
                worker.send_signal(signal.SIGTERM)
                # One that had not begun when the other was done is ended by the signal itself.
                self.assertIn(worker.wait(timeout=60), (0, -signal.SIGTERM))

    def test_a_model_that_the_server_does_not_know_stops_the_start(self):
        with Receiver(models=["ears"]) as server:
            config = self.folder / "c.yaml"
            config.write_text(f"store: {{path: '{self.folder}/a.db'}}\nenrichment: {{url: '{server.url}/v1', model: eyes}}\n")
            self.assert_fails(spotter("run", "-c", config, "--roles", "enrichment"), "eyes", "ears")


if __name__ == "__main__":
    unittest.main()
