# SPDX-License-Identifier: Apache-2.0
"""Programs written for the prototype's form, unmodified, against the real server: an edge box with an outbox and a dashboard that plays clips."""
import json
import pathlib
import signal
import subprocess
import sys
import unittest
import urllib.parse

from harness import SAMPLES, SpotterTest
from services import Service, floor_event

CLIENTS = pathlib.Path(__file__).parent / "clients"
UNICODE_IDS = ["\u00e4/\u00f6 ?#%", "\U0001F3CB\u200d\u2642\ufe0f", "\u0627\u0644\u0639", "a\u0301", "'; DROP TABLE events;--", "../../etc/passwd", "%2e%2e%2f", "\\..\\x", "." * 3, " ", "\x7f", "a\nb\tc"]


def run(client, *arguments):
    return subprocess.run([sys.executable, CLIENTS / client, *map(str, arguments)], check=False, capture_output=True, text=True, timeout=300)


class CompatibleClients(SpotterTest):
    def setUp(self):
        super().setUp()
        (self.folder / "media").mkdir()
        self.service = Service(self.folder, "central", f"media: {{allowed_roots: ['{self.folder / 'media'}']}}").start()
        self.addCleanup(lambda: self.service.stop(signal.SIGKILL))
        self.outbox = self.folder / "outbox.jsonl"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.service.port}"

    def fill(self, events):
        self.outbox.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")

    def test_what_an_edge_box_sends_a_dashboard_shows_and_plays(self):
        clip = self.folder / "media" / "b.mp4"
        clip.write_bytes((SAMPLES / "squat_45_barbell.mp4").read_bytes())
        wipe = floor_event("b", 1767261601.0, event_type="CLEANING_ATTEMPT", needs_mm=True)
        wipe["media"]["path"] = str(clip)
        elsewhere = floor_event("c", 1767261602.0, zone_id="rack")
        self.fill([floor_event("a"), wipe, elsewhere, floor_event("a"), {**floor_event("d"), "event_type": "PARTY"}])
        edge = run("edge_box.py", self.url, self.outbox)
        self.assertEqual((edge.returncode, edge.stderr, self.outbox.read_text()), (0, "", ""))
        self.assertEqual([line.split(":")[0] for line in edge.stdout.splitlines()], ["a created", "b created", "c created", "a duplicate", "d refused"])
        shown = run("dashboard.py", self.url, "bench_01")
        self.assertEqual(shown.stderr, "")
        self.assertEqual(json.loads(shown.stdout), {"healthy": True, "events": [["b", "CLEANING_ATTEMPT", "PENDING"], ["a", "MACHINE_OCCUPIED_START", "SKIPPED"]],
                                                    "clip_bytes": {"b": clip.stat().st_size}})

    def test_an_edge_box_keeps_its_outbox_while_the_server_is_away(self):
        self.fill([floor_event(name) for name in "abc"])
        self.service.stop(signal.SIGKILL)
        away = run("edge_box.py", self.url, self.outbox)
        self.assertEqual((away.returncode, len(self.outbox.read_text().splitlines())), (3, 3), away.stderr)
        self.service.start()
        self.assertEqual(run("edge_box.py", self.url, self.outbox).returncode, 0)
        self.assertEqual(sorted(self.service.api.ids()), ["a", "b", "c"])

    def test_any_text_can_be_an_id(self):
        self.fill([floor_event(event_id, 1767261600.0 + number) for number, event_id in enumerate(UNICODE_IDS)])
        edge = run("edge_box.py", self.url, self.outbox)
        self.assertEqual((edge.returncode, edge.stderr), (0, ""))
        shown = run("dashboard.py", self.url, "bench_01")
        self.assertEqual(shown.stderr, "")
        self.assertEqual([event[0] for event in json.loads(shown.stdout)["events"]], UNICODE_IDS[::-1])
        for event_id in UNICODE_IDS:
            self.assertEqual(self.service.api.ask("GET", f"/media/{urllib.parse.quote(event_id, safe='')}")[0], 404)

    def test_fields_that_are_missing_wrong_or_huge_are_refused_and_nothing_is_stored(self):
        whole = floor_event("a")
        broken = [{name: value for name, value in whole.items() if name != missing} for missing in whole if missing not in ("metrics", "needs_mm")]
        wrong = {"event_id": [7, None, "", "x" * 257, {}], "ts_utc": ["now", None, True, -1, 1767261600250, 1e300], "store_id": [7, None], "camera_id": [[], "x" * 300], "person_id": [None, 7],
                 "track_id": [7, {}], "event_type": ["", "PARTY", 7, "machine occupied start"], "zone_id": [None, 3.5], "metrics": [[], "x", 7], "needs_mm": ["yes", 1, None],
                 "media": [None, [], "clip.mp4", {}, {"path": 7, "start_ts_utc": 1, "end_ts_utc": 2}, {"path": "x", "start_ts_utc": "a", "end_ts_utc": 2}, {"path": "x" * 5000, "start_ts_utc": 1, "end_ts_utc": 2},
                           {"path": "x", "start_ts_utc": 3, "end_ts_utc": 2}]}
        broken += [{**whole, name: value} for name, values in wrong.items() for value in values]
        for event in broken:
            status, answer = self.service.api.post(event)
            self.assertEqual((status, list(answer)), (422, ["detail"]), event)
        status, answer = self.service.api.post({**whole, "metrics": {"x": "y" * 1_100_000}})
        self.assertEqual((status, list(answer)), (413, ["detail"]))
        self.assertEqual(self.service.api.ids(), [])
        self.assertEqual(self.service.api.post({**whole, "unknown": {"deep": [1]}})[0], 200, "unknown fields are ignored")

    def test_a_path_out_of_the_allowed_folders_is_never_served(self):
        (self.folder / "secret.mp4").write_bytes(b"secret")
        (self.folder / "media" / "link.mp4").symlink_to(self.folder / "secret.mp4")
        media = self.folder / "media"
        paths = [self.folder / "secret.mp4", media / ".." / "secret.mp4", media / "link.mp4", "/etc/passwd", "../secret.mp4", "file:///etc/passwd", media, "/dev/zero", f"{media}/x\x00.mp4"]
        for number, path in enumerate(paths):
            event = floor_event(f"e{number}")
            event["media"]["path"] = str(path)
            self.assertIn(self.service.api.post(event)[0], (200, 422))
            for target in (f"/media/e{number}", f"/media/e{number}?browser=1"):
                self.assertEqual(self.service.api.ask("GET", target)[0], 404, path)


if __name__ == "__main__":
    unittest.main()
