# SPDX-License-Identifier: Apache-2.0
"""The event API over real sockets: what edge boxes, uploaders and dashboards of the compatible form do, and what they must not."""
import json
import signal
import socket
import threading
import unittest

from harness import SpotterTest, spotter
from services import Api, Receiver, Service, floor_event, wait_until, write_recording


class EventApi(SpotterTest):
    def setUp(self):
        super().setUp()
        (self.folder / "media").mkdir()
        self.service = Service(self.folder, "central", f"media: {{allowed_roots: ['{self.folder / 'media'}']}}").start()
        self.addCleanup(self.service.stop, signal.SIGKILL)
        self.api = self.service.api

    def test_a_sender_and_a_dashboard_of_the_compatible_form_work_unmodified(self):
        self.assertEqual(self.api.get("/health"), {"status": "ok"})
        event = floor_event("8f3c")
        self.assertEqual(self.api.post(event), (200, {"status": "created", "event_id": "8f3c"}))
        self.assertEqual(self.api.post({**event, "zone_id": "other"}), (200, {"status": "duplicate", "event_id": "8f3c"}))
        attempt = floor_event("9a", event["ts_utc"] + 1, event_type="CLEANING_ATTEMPT", needs_mm=True)
        self.assertEqual(self.api.post(attempt)[0], 200)
        newest, oldest = self.api.get("/events?event_type=&camera_id=&zone_id=&start_ts=&end_ts=&limit=200")
        self.assertEqual(oldest, {**event, "mm_status": "SKIPPED", "mm_description": None, "mm_labels": [], "mm_confidence": None})
        self.assertEqual(newest["event_id"], "9a")
        self.assertEqual(self.api.get("/events/8f3c"), oldest)
        self.assertEqual(self.api.get("/events?event_type=CLEANING_ATTEMPT"), [newest])
        self.assertEqual(self.api.ask("GET", "/media/8f3c")[0], 404)
        status, _, body = self.api.ask("GET", "/events/none")
        self.assertEqual((status, list(json.loads(body))), (404, ["detail"]))

    def test_a_clip_is_served_with_byte_ranges(self):
        clip = self.folder / "media" / "a.mp4"
        clip.write_bytes(bytes(range(256)) * 1000)
        event = floor_event("a")
        event["media"]["path"] = str(clip)
        self.api.post(event)
        status, headers, body = self.api.ask("GET", "/media/a")
        self.assertEqual((status, headers["Content-Type"], body), (200, "video/mp4", clip.read_bytes()))
        status, headers, body = self.api.ask("GET", "/media/a", headers={"Range": "bytes=100000-100009"})
        self.assertEqual((status, headers["Content-Range"], body), (206, "bytes 100000-100009/256000", clip.read_bytes()[100000:100010]))
        self.assertEqual(self.api.ask("GET", "/media/a", headers={"Range": "bytes=256000-"})[0], 416)
        status, headers, body = self.api.ask("HEAD", "/media/a")
        self.assertEqual((status, headers["Content-Length"], body), (200, "256000", b""))
        self.assertEqual(self.api.ask("GET", "/media/a", headers={"If-None-Match": headers["ETag"]})[0], 304)
        signed = self.api.get("/api/v1/events/a/clip-address")["url"]
        self.assertEqual(self.api.ask("GET", signed)[0], 200)
        self.assertEqual(self.api.ask("GET", signed[:-1] + ("0" if signed[-1] != "0" else "1"))[0], 403)

    def test_what_is_wrong_is_refused_with_detail_and_the_server_goes_on(self):
        cases = [(422, {**floor_event("a"), "event_type": "PARTY"}), (422, {**floor_event("a"), "ts_utc": 1767261600250}), (422, {"event_id": "a"}),
                 (422, []), (413, {**floor_event("a"), "metrics": {"x": "x" * 10_000_000}})]
        for status, event in cases:
            got, answer = self.api.post(event)
            self.assertEqual((got, list(answer)), (status, ["detail"]))
        self.assertEqual(self.api.ask("POST", "/ingest/event", "{", {"Content-Type": "application/json"})[0], 400)
        for raw in (b"\x00\xff\r\n\r\n", b"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", self.api.port), timeout=30) as connection:
                connection.sendall(raw)
                self.assertIn(b" 400 ", connection.recv(4096).split(b"\r\n")[0])
        self.assertEqual(self.api.ids(), [])

    def test_many_senders_at_once_lose_nothing(self):
        def send(sender):
            for number in range(25):
                self.assertEqual(self.api.post(floor_event(f"{sender}-{number}"))[0], 200)

        senders = [threading.Thread(target=send, args=(sender,)) for sender in range(8)]
        for thread in senders:
            thread.start()
        for thread in senders:
            thread.join()
        ids = self.api.ids()
        self.assertEqual(len(ids), 200)
        self.assertEqual(len(set(ids)), 200)

    def test_what_was_acknowledged_survives_kill_9(self):
        for number in range(20):
            self.assertEqual(self.api.post(floor_event(f"e{number}"))[0], 200)
        self.service.stop(signal.SIGKILL)
        self.service.start()
        self.assertEqual(len(self.service.api.ids()), 20)


class Configuration(SpotterTest):
    def run_with(self, text):
        config = self.folder / "c.yaml"
        config.write_text(text)
        return spotter("run", "-c", config, "--roles", "api")

    def test_an_address_beyond_this_machine_needs_a_token(self):
        done = self.run_with(f"store: {{path: '{self.folder}/a.db'}}\napi: {{listen: '0.0.0.0:0'}}\n")
        self.assert_fails(done, "c.yaml:2", "api.listen", "token")

    def test_an_api_needs_a_store(self):
        self.assert_fails(self.run_with("api: {listen: '127.0.0.1:0'}\n"), "c.yaml:1", "store")

    def test_a_damaged_store_is_named_and_left_alone(self):
        (self.folder / "a.db").write_bytes(b"no database" * 500)
        self.assert_fails(self.run_with(f"store: {{path: '{self.folder}/a.db'}}\napi: {{}}\n"), "a.db", "damaged")
        self.assertEqual((self.folder / "a.db").read_bytes(), b"no database" * 500)

    def test_a_port_in_use_is_named(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            done = self.run_with(f"store: {{path: '{self.folder}/a.db'}}\napi: {{listen: '127.0.0.1:{port}'}}\n")
        self.assert_fails(done, str(port))


class EventsCommand(SpotterTest):
    def events(self, *arguments):
        return spotter("events", *arguments, "--store", self.folder / "a.db")

    def test_an_outbox_is_imported_listed_shown_and_exported(self):
        outbox = self.folder / "outbox.jsonl"
        lines = [json.dumps(floor_event("a")), "{broken", "", json.dumps(floor_event("a")), json.dumps(floor_event("b", event_type="PARTY")),
                 json.dumps(floor_event("c", 1767261700.0, zone_id="rack"))]
        outbox.write_text("\n".join(lines) + "\n")
        done = self.events("import", outbox)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout), {"created": 2, "duplicate": 1, "broken": 2})
        self.assertIn("outbox.jsonl:2:", done.stderr)
        self.assertIn("outbox.jsonl:5:", done.stderr)
        listed = self.events("list", "--json", "--type", "machine_occupied_start").stdout.splitlines()
        self.assertEqual([json.loads(line)["event_id"] for line in listed], ["c", "a"])
        self.assertIn("rack", self.events("list", "--zone", "rack").stdout)
        self.assertEqual(json.loads(self.events("show", "a").stdout)["occurred_at"], "2026-01-01T10:00:00.250Z")
        self.assert_fails(self.events("show", "none"), "none")
        for command in ("pin", "unpin"):
            self.assertEqual(self.events(command, "a").returncode, 0)
            self.assertEqual(json.loads(self.events("show", "a").stdout)["pinned"], command == "pin")
            self.assertEqual(self.events("list").stdout.count("pinned"), 1 if command == "pin" else 0)
            self.assert_fails(self.events(command, "none"), "none")
        exported = self.folder / "exported.jsonl"
        self.assertEqual(self.events("export", exported).returncode, 0)
        self.assertEqual([json.loads(line) for line in exported.read_text().splitlines()], [json.loads(lines[0]), json.loads(lines[5])])

    def test_an_export_never_writes_over_the_store(self):
        outbox = self.folder / "outbox.jsonl"
        outbox.write_text(json.dumps(floor_event("a")) + "\n")
        self.assertEqual(self.events("import", outbox).returncode, 0)
        for name in ("a.db", "a.db-wal", "../" + self.folder.name + "/a.db"):
            self.assert_fails(self.events("export", self.folder / name), "belongs to the store")
        self.assertEqual(len(self.events("list", "--json").stdout.splitlines()), 1)

    def test_what_was_stored_without_a_receiver_is_sent_when_asked(self):
        outbox = self.folder / "outbox.jsonl"
        outbox.write_text("".join(json.dumps(floor_event(name, zone_id=zone)) + "\n" for name, zone in (("a", "bench"), ("b", "rack"), ("c", "bench"))))
        imported = self.events("import", outbox)
        self.assertIn("not queued for delivery", imported.stderr)
        self.assert_fails(self.events("send"), "receiver")
        with Receiver() as receiver:
            config = self.folder / "c.yaml"
            config.write_text(f"store: {{path: '{self.folder}/a.db'}}\nrelay: {{url: '{receiver.url}'}}\n")
            with Service(self.folder, "a", f"relay: {{url: '{receiver.url}'}}"):
                self.assertIn("2 events", spotter("events", "send", "-c", config, "--zone", "bench").stderr)
                wait_until(lambda: len(receiver.received) == 2, "the events of one zone have come")
                self.assertIn("3 events", spotter("events", "send", "-c", config).stderr)
                wait_until(lambda: len(receiver.received) == 5, "all have come")
            self.assertEqual([event["event_id"] for event in receiver.received], ["a", "c", "a", "b", "c"])

    def test_a_table_shows_no_control_characters_of_a_sender(self):
        outbox = self.folder / "outbox.jsonl"
        outbox.write_text(json.dumps(floor_event("a\x1b[2J\nb", zone_id="rack\x1b]0;x\x07", camera_id="c\r", person_id="p\u009b")) + "\n")
        self.assertEqual(self.events("import", outbox).returncode, 0)
        for table in (self.events("list").stdout, spotter("report", "--store", self.folder / "a.db", "--from", "2026-01-01", "--to", "2026-01-02", "--people").stdout):
            self.assertIn("rack\\x1b]0;x\\x07", table)
            self.assertEqual([c for c in table if c != "\n" and (ord(c) < 32 or 126 < ord(c) < 160)], [])
        self.assertEqual(len(self.events("list").stdout.splitlines()), 2)

    def test_what_is_no_outbox_is_an_error_and_makes_no_store(self):
        self.assert_fails(self.events("import", self.folder), str(self.folder), "folder")
        self.assert_fails(self.events("import", self.folder / "none.jsonl"), "none.jsonl")
        self.assertEqual(list(self.folder.iterdir()), [])
        broken = self.folder / "broken.jsonl"
        broken.write_text("{broken\nno event\n")
        done = self.events("import", broken)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("broken.jsonl holds no event", done.stderr)

    def test_only_import_makes_a_store(self):
        for command in (["list"], ["show", "a"], ["pin", "a"], ["export"], ["dead"]):
            self.assert_fails(self.events(*command), "a.db", "no event store")
        self.assert_fails(spotter("report", "--store", self.folder / "a.db"), "a.db", "no event store")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_type_that_does_not_exist_is_named_with_those_that_do(self):
        self.assert_usage_error(self.events("list", "--type", "FOO"), "FOO", "cleaning_attempt", "rep_counted")

    def test_without_a_store_it_says_what_to_do(self):
        self.assert_fails(spotter("events", "list"), "store:", "configuration")


class RunWithAStore(SpotterTest):
    def test_the_events_of_a_run_are_stored_once_however_often_it_is_run(self):
        recording = self.folder / "gym.jsonl"
        write_recording(recording, sets=2)
        config = self.folder / "c.yaml"
        config.write_text(f"store: {{path: '{self.folder}/a.db'}}\n")
        printed = [spotter("run", recording, "-c", config) for _ in range(2)]
        self.assertEqual(printed[0].stdout, printed[1].stdout)
        events = [json.loads(line) for line in printed[0].stdout.splitlines()]
        self.assertGreater(len(events), 4, printed[0].stderr)
        stored = spotter("events", "list", "-c", config, "--json", "--limit", 1000).stdout.splitlines()
        self.assertEqual(sorted(json.loads(line)["event_id"] for line in stored), sorted(event["event_id"] for event in events))

    def test_what_is_left_of_clips_that_failed_says_why_and_goes_with_retention(self):
        recording = self.folder / "gym.jsonl"
        write_recording(recording, sets=2)
        clips = self.folder / "clips"
        settings = f"clips: {{mode: pixels, dir: '{clips}', events: [set_completed]}}\nmedia: {{allowed_roots: ['{clips}']}}"
        config = self.folder / "c.yaml"
        config.write_text(f"store: {{path: '{self.folder}/a.db'}}\n{settings}\n")
        self.assertEqual(spotter("run", recording, "-c", config).returncode, 0)
        self.assertEqual(sorted(path.suffix for path in clips.iterdir()), [".json", ".json", ".jsonl", ".jsonl"])
        with Service(self.folder, "a", settings) as service:
            for event in service.api.get("/events?event_type=SET_COMPLETED"):
                status, _, body = service.api.ask("GET", f"/media/{event['event_id']}")
                self.assertEqual(status, 404)
                self.assertIn("only a recording of perceptions", json.loads(body)["detail"])
        with Service(self.folder, "a", f"{settings}\nretention: {{clips_days: 0.0000001}}") as service:
            # By the first round, at the start: the next one is a minute later.
            wait_until(lambda: list(clips.iterdir()) == [], "metadata and poses are removed 9 ms after they were stored")
            self.assertEqual(len(service.api.get("/events?event_type=SET_COMPLETED")), 2)

    def test_the_api_stays_after_the_sources_and_shows_what_happened(self):
        recording = self.folder / "gym.jsonl"
        write_recording(recording, sets=1)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        config = self.folder / "c.yaml"
        config.write_text(f"store: {{path: '{self.folder}/a.db'}}\napi: {{listen: '127.0.0.1:{port}'}}\n")
        done = []
        thread = threading.Thread(target=lambda: done.append(spotter("run", recording, "-c", config, "--exit-at-end")))
        thread.start()
        thread.join()
        self.assertEqual(done[0].returncode, 0, done[0].stderr)
        with Service(self.folder, "a") as service:
            wait_until(lambda: "SET_COMPLETED" in {event["event_type"] for event in service.api.get("/events")}, "the set in the API")
            self.assertIsInstance(service.api, Api)


if __name__ == "__main__":
    unittest.main()
