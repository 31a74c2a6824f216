# SPDX-License-Identifier: Apache-2.0
"""A live camera's run that is killed during a use goes on with it: one start, one use. The camera is tests/rtsp/rtsp_server."""
import json
import pathlib
import signal
import subprocess
import time
import unittest
import urllib.request

from harness import SAMPLES, SPOTTER, SpotterTest, spotter

RTSP_SERVER = pathlib.Path(SPOTTER).parent / "rtsp_server"


@unittest.skipUnless(RTSP_SERVER.exists(), "libgstrtspserver-1.0-dev is not installed")
class Restart(SpotterTest):
    def setUp(self):
        super().setUp()
        # Somebody squats before the camera, in a loop.
        self.camera = subprocess.Popen([RTSP_SERVER, SAMPLES / "squat_45_barbell.mp4", "0"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.camera.wait)
        self.addCleanup(self.camera.kill)
        self.addCleanup(self.camera.stdout.close)
        url = self.camera.stdout.readline().strip()
        self.config = self.folder / "spotter.yaml"
        self.config.write_text(json.dumps({
            "store": {"path": str(self.folder / "spotter.db")}, "cameras": [{"id": "cam_01", "url": url}],
            "zones": [{"id": "rack", "kind": "machine", "occupy_start_s": 2, "views": {"cam_01": [[0, 0], [1, 0], [1, 1], [0, 1]]}}]}))

    def run_until(self, signal_number, *words):
        """Runs until an event with every word is printed, then ends it by the signal."""
        with subprocess.Popen([SPOTTER, "run", "-c", self.config], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            if not any(all(word in line for word in words) for line in process.stdout):
                self.fail(f"the program ended without {words}")
            process.send_signal(signal_number)
            process.communicate(timeout=120)

    def stored(self, kind):
        done = spotter("events", "list", "-c", self.config, "--type", kind, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_a_use_goes_on_after_a_kill(self):
        self.run_until(signal.SIGKILL, "machine_occupied_start")
        self.assertEqual(len(self.stored("machine_occupied_start")), 1)
        before = {event["event_id"] for event in self.stored("machine_state_changed")}
        # Counted live: somebody has been there for longer than a use takes to be one.
        self.run_until(signal.SIGINT, "rep_counted")
        self.assertEqual(len(self.stored("machine_occupied_start")), 1)
        self.assertEqual(self.stored("machine_occupied_end"), [])
        since = [event["data"]["state"] for event in self.stored("machine_state_changed") if event["event_id"] not in before]
        self.assertIn("in_use", since)  # the second run knows of the use, too

    def test_what_nobody_watches_any_more_is_blind(self):
        self.run_until(signal.SIGKILL, "machine_occupied_start")
        settings = json.loads(self.config.read_text()) | {"api": {"listen": "127.0.0.1:0"}}
        self.config.write_text(json.dumps(settings))
        with subprocess.Popen([SPOTTER, "run", "-c", self.config, "--roles", "api"], stderr=subprocess.PIPE, text=True) as server:
            self.addCleanup(server.kill)
            address = next(line.split("API: ")[1].strip() for line in server.stderr if "API: " in line)
            # The last picture was taken a moment ago; ten seconds later nobody knows any more.
            states = set()
            for _ in range(60):
                with urllib.request.urlopen(f"{address}/api/v1/machines", timeout=10) as answer:
                    states.add(json.load(answer)["machines"][0]["state"])
                if "blind" in states:
                    break
                time.sleep(0.5)
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=60)
        self.assertIn("blind", states)
        self.assertEqual(len(states), 2)  # what was told last, and then no more


if __name__ == "__main__":
    unittest.main()
