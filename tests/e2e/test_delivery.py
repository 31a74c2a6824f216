# SPDX-License-Identifier: Apache-2.0
"""Edge and central: nothing is lost, nothing is doubled, order is kept, whoever is killed whenever. KILLS and KILL_SEED make it longer (bench/kill.sh)."""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from harness import ROOT, SPOTTER, SpotterTest, spotter
from services import Receiver, Service, floor_event, wait_until, write_recording

sys.path.insert(0, str(ROOT / "tests" / "scenarios"))
from stick_figure import Camera, Person, floor_from_image, perceptions  # noqa: E402

KILLS = int(os.environ.get("KILLS", "30"))
SEED = int(os.environ.get("KILL_SEED", "1"))
KILLS_A_ROUND = 10


def machine(name, x):
    """A configured machine 1.6 m wide around x, whose uses and cleaning windows are short."""
    return {"id": name, "floor_polygon": [[x - 0.8, -1], [x + 0.8, -1], [x + 0.8, 1], [x - 0.8, 1]], "occupy_start_s": 1, "occupy_end_s": 1, "cleaning_window_s": 4}


# As lines of a configuration: JSON is YAML.
TWO_MACHINES = "\n".join(f"{key}: {json.dumps(value)}" for key, value in {
    "cameras": [{"id": "cam_01", "url": "gym.jsonl", "floor_from_image": floor_from_image(Camera())}],
    "zones": [machine("left", -1.2), machine("right", 1.2)]}.items())


def write_gym(path, sets=3):
    """A recording of two people who use two machines again and again, half a set apart, and leave in between."""
    turn = [{"do": "stand", "s": 1.5}, {"do": "squat", "reps": 3, "tempo": 1.5}, {"do": "stand", "s": 8}, {"do": "away", "s": 8}]
    people = [Person(turn * sets, yaw=80, x=-1.2), Person([{"do": "away", "s": 10}, *turn * sets], yaw=80, x=1.2, seed=2)]
    path.write_text("\n".join(perceptions(people, 15)) + "\n", encoding="utf-8")


def by_zone(events):
    """{zone: [event_id]} in the order given; None = about no zone."""
    zones = {}
    for event in events:
        zones.setdefault(event.get("zone_id"), []).append(event["event_id"])
    return zones


class Delivery(SpotterTest):
    def edge_config(self, url, more="", folder=None):
        folder = folder or self.folder
        config = folder / "edge.yaml"
        config.write_text(f"store: {{path: '{folder}/edge.db'}}\nrelay: {{url: '{url}'}}\n{more}\n")
        return config

    def assert_clips_are_whole(self, clips, events):
        """Every event has a clip that plays from beginning to end, or a reason why there is none; nothing half is left."""
        for event in events:
            metadata = json.loads((clips / f"{event['event_id']}.json").read_text())
            if metadata["shown"] is None:
                self.assertTrue(metadata["reason"])
                continue
            played = subprocess.run(["ffmpeg", "-v", "error", "-i", clips / f"{event['event_id']}.mp4", "-f", "null", "-"], check=False, capture_output=True, text=True)
            self.assertEqual((played.returncode, played.stderr), (0, ""))
        self.assertEqual([path.name for path in clips.iterdir() if path.suffix in (".part", ".spool")], [])

    def dead(self, config):
        return spotter("events", "dead", "-c", config).stdout

    def test_a_recorded_gym_with_kill_9_at_random_points(self):
        rng = random.Random(SEED)
        recording = self.folder / "gym.jsonl"
        write_gym(recording)
        config = self.folder / "gym.yaml"
        config.write_text(TWO_MACHINES)
        began = time.monotonic()
        expected = [json.loads(line) for line in spotter("replay", recording, "-c", config).stdout.splitlines()]
        duration = time.monotonic() - began
        for zone in (None, "left", "right"):
            self.assertGreater(len(by_zone(expected).get(zone, [])), 8, zone)
        for done in range(0, KILLS, KILLS_A_ROUND):  # what has arrived once is only doubled or not: each round begins with nothing
            print(f"kill: {done} of {KILLS}", file=sys.stderr, flush=True)
            kills = [rng.uniform(0, 1.2 * duration) for _ in range(min(KILLS_A_ROUND, KILLS - done))]
            self.run_and_kill(recording, expected, kills, rng)

    def run_and_kill(self, recording, expected, kills, rng):
        """Starts an edge again and again and kills it after each of so many seconds, sometimes the central, too; then lets it end."""
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        with Service(folder, "central") as central:
            settings = f"clips: {{mode: skeleton, dir: '{folder}/clips', events: [set_completed, machine_occupied_start]}}\n{TWO_MACHINES}"
            config = self.edge_config(f"http://127.0.0.1:{central.port}", settings, folder)
            for wait_s in kills:
                with subprocess.Popen([SPOTTER, "run", str(recording), "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as edge:
                    time.sleep(wait_s)
                    if rng.random() < 0.3:
                        central.stop(signal.SIGKILL)
                        time.sleep(rng.uniform(0, 0.2))
                    edge.kill()
                if central.process.poll() is not None:
                    central.start()
            done = spotter("run", recording, "-c", config)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual([json.loads(line) for line in done.stdout.splitlines()], expected)
            arrived = central.api.get("/api/v1/events?after_seq=0&limit=10000")["events"]
        self.assertEqual(by_zone(arrived), by_zone(expected))
        wanted = {event["event_id"]: event for event in expected}
        for got in arrived:
            want = wanted[got["event_id"]]
            self.assertEqual((got["pts"], got["raised_pts"], got["data"]), (want["pts"], want["raised_pts"], want["data"]))
        self.assert_clips_are_whole(folder / "clips", [event for event in expected if event["type"] in ("set_completed", "machine_occupied_start")])

    def test_a_receiver_that_is_away_gets_everything_in_order_when_it_is_back(self):
        recording = self.folder / "gym.jsonl"
        write_recording(recording, sets=2)
        central = Service(self.folder, "central").start()
        self.addCleanup(lambda: central.stop(signal.SIGKILL))
        central.stop()
        config = self.edge_config(f"http://127.0.0.1:{central.port}")
        done = spotter("run", recording, "-c", config)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("wait in the outbox", done.stderr)
        expected = [json.loads(line)["event_id"] for line in done.stdout.splitlines()]
        edge = Service(self.folder, "edge", f"relay: {{url: 'http://127.0.0.1:{central.port}'}}").start()
        self.addCleanup(lambda: edge.stop(signal.SIGKILL))
        central.start()
        wait_until(lambda: len(central.api.ids()) == len(expected), "the outbox is empty")
        arrived = [event["event_id"] for event in central.api.get("/api/v1/events?after_seq=0")["events"]]
        self.assertEqual(arrived, expected)

    def test_events_that_came_over_http_go_on_to_the_next_spotter(self):
        with Service(self.folder, "central") as central, Service(self.folder, "middle", f"relay: {{url: 'http://127.0.0.1:{central.port}'}}") as middle:
            sent = [floor_event(f"\u00e4/{number}", 1767261600.25 + number, zone_id=f"zone {number % 3}") for number in range(30)]
            for event in sent:
                self.assertEqual(middle.api.post(event)[0], 200)
            wait_until(lambda: len(central.api.ids()) == 30, "all have arrived")
            ignored = {"mm_status": "SKIPPED", "mm_description": None, "mm_labels": [], "mm_confidence": None}
            self.assertEqual(central.api.get("/events"), [{**event, **ignored} for event in reversed(sent)])

    def test_what_a_receiver_refuses_is_a_dead_letter_that_can_be_sent_again(self):
        refused = {"b"}
        with Receiver(lambda event: 422 if event["event_id"] in refused else 200) as receiver:
            outbox = self.folder / "outbox.jsonl"
            outbox.write_text("".join(json.dumps(floor_event(name)) + "\n" for name in "abc"))
            config = self.edge_config(receiver.url)
            self.assertEqual(spotter("events", "import", outbox, "-c", config).returncode, 0)
            settings = f"relay: {{url: '{receiver.url}'}}"
            with Service(self.folder, "edge", settings) as edge:
                wait_until(lambda: [event["event_id"] for event in receiver.received] == ["a", "c"], "a and c are delivered")
                wait_until(lambda: "422" in self.dead(config), "b is a dead letter")
                refused.clear()
                self.assertEqual(spotter("events", "dead", "--retry", "-c", config).returncode, 0)
                wait_until(lambda: len(receiver.received) == 3, "b is delivered")
                self.assertEqual(self.dead(config), "")
                self.assertEqual(len(edge.api.ids()), 3)

    def test_a_receiver_that_fails_in_one_zone_holds_back_no_other(self):
        failing = threading.Event()
        failing.set()
        with Receiver(lambda event: 500 if failing.is_set() and event["event_id"] == "bench1" else 200) as receiver:
            with Service(self.folder, "edge", f"relay: {{url: '{receiver.url}'}}") as edge:
                for name, zone in (("bench1", "bench"), ("rack1", "rack"), ("bench2", "bench"), ("rack2", "rack")):
                    edge.api.post(floor_event(name, zone_id=zone))
                wait_until(lambda: [event["event_id"] for event in receiver.received] == ["rack1", "rack2"], "the rack is delivered")
                failing.clear()
                wait_until(lambda: len(receiver.received) == 4, "the bench is delivered")
                self.assertEqual([event["event_id"] for event in receiver.received][2:], ["bench1", "bench2"])

    def test_a_receiver_that_fails_for_long_is_told_of_until_it_takes_everything(self):
        failing = threading.Event()
        failing.set()
        with Receiver(lambda event: 503 if failing.is_set() else 200) as receiver:
            with Service(self.folder, "edge", f"relay: {{url: '{receiver.url}'}}") as edge:
                edge.api.post(floor_event("a"))
                edge.wait_for_line("the receiver fails (HTTP 503")
                self.assertNotIn("is back", "".join(edge.lines))
                failing.clear()
                edge.wait_for_line("the receiver is back")
                self.assertEqual([event["event_id"] for event in receiver.received], ["a"])

    def test_floor_events_alone_can_be_delivered(self):
        with Receiver() as receiver:
            with Service(self.folder, "edge", f"relay: {{url: '{receiver.url}', types: floor}}") as edge:
                edge.api.post(floor_event("a", event_type="REP_COUNTED"))
                edge.api.post(floor_event("b"))
                wait_until(lambda: receiver.received, "b is delivered")
                self.assertEqual([event["event_id"] for event in receiver.received], ["b"])

    def test_a_receiver_that_knows_the_four_types_of_the_form_gets_those_and_refuses_nothing(self):
        four = ["MACHINE_OCCUPIED_START", "MACHINE_OCCUPIED_END", "CLEANING_WINDOW_OPEN", "CLEANING_ATTEMPT"]
        others = ["MACHINE_USER_CHANGED", "MACHINE_STATE_CHANGED", "CLEANING_WINDOW_CLOSED", "REP_COUNTED"]
        with Receiver(lambda event: 200 if event["event_type"] in four else 422) as receiver:
            with Service(self.folder, "edge", f"relay: {{url: '{receiver.url}', types: compatible}}") as edge:
                for number, event_type in enumerate(others + four):
                    self.assertEqual(edge.api.post(floor_event(f"e{number}", event_type=event_type))[0], 200)
                wait_until(lambda: len(receiver.received) == len(four), "the four are delivered")
                self.assertEqual([event["event_type"] for event in receiver.received], four)
            self.assertEqual(self.dead(self.edge_config(receiver.url)), "")

    def test_a_set_of_many_repetitions_is_delivered(self):
        repetitions = [{"start_s": number * 1.5, "faults": [{"name": "arms_not_overhead", "value": 1.25}] * 3} for number in range(1500)]
        event = floor_event("long", event_type="SET_COMPLETED", metrics={"exercise": "jumping_jack", "reps": repetitions})
        self.assertGreater(len(json.dumps(event)), 200_000)
        with Service(self.folder, "central") as central, Service(self.folder, "edge", f"relay: {{url: 'http://127.0.0.1:{central.port}'}}") as edge:
            self.assertEqual(edge.api.post(event)[0], 200)
            wait_until(lambda: central.api.ids() == ["long"], "the set is delivered")
            self.assertEqual(central.api.get("/events/long")["metrics"], event["metrics"])


if __name__ == "__main__":
    unittest.main()
