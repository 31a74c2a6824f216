# SPDX-License-Identifier: Apache-2.0
"""Enrichment in a process of its own beside the API, sharing the store; restarts and two workers at once."""
import signal
import subprocess
import unittest

from harness import SPOTTER, SpotterTest, spotter
from services import Receiver, Service, floor_event, wait_until

WIPE = {"verdict": "cleaned", "confidence": 0.9, "by_user": True, "evidence": {"wiping_s": 4.2, "sweeps": 9, "extent_m": 0.6}}


class Enrichment(SpotterTest):
    def worker(self, settings="enabled: true"):
        config = self.folder / "worker.yaml"
        config.write_text(f"store: {{path: '{self.folder}/central.db'}}\nenrichment: {{{settings}}}\n")
        process = subprocess.Popen([SPOTTER, "run", "-c", str(config), "--roles", "enrichment"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

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
                self.assertEqual(worker.wait(timeout=60), 0)

    def test_a_model_that_the_server_does_not_know_stops_the_start(self):
        with Receiver(models=["ears"]) as server:
            config = self.folder / "c.yaml"
            config.write_text(f"store: {{path: '{self.folder}/a.db'}}\nenrichment: {{url: '{server.url}/v1', model: eyes}}\n")
            self.assert_fails(spotter("run", "-c", config, "--roles", "enrichment"), "eyes", "ears")


if __name__ == "__main__":
    unittest.main()
