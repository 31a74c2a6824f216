# SPDX-License-Identifier: Apache-2.0
"""Spotters with a store and an HTTP port, for end-to-end tests."""
import http.client
import http.server
import json
import pathlib
import random
import signal
import socket
import subprocess
import sys
import threading
import time

from harness import ROOT, SPOTTER

sys.path.insert(0, str(ROOT / "tests" / "scenarios"))
from stick_figure import Person, perceptions  # noqa: E402

DEADLINE_S = 60


def floor_event(event_id, ts_utc=1767261600.25, **fields):
    """The example event of the compatible form, as a sender makes it."""
    return {"event_id": event_id, "ts_utc": ts_utc, "store_id": "gym_demo", "camera_id": "cam_01", "person_id": "p_7", "track_id": "7",
            "event_type": "MACHINE_OCCUPIED_START", "zone_id": "bench_01", "metrics": {"dwell_s": 5.2}, "needs_mm": False,
            "media": {"kind": "CLIP", "path": f"data/media/{event_id}.mp4", "start_ts_utc": ts_utc - 4, "end_ts_utc": ts_utc + 4}, **fields}


def write_recording(path, sets=4):
    """A recording of somebody who does `sets` short sets of squats with long rests."""
    steps = []
    for _ in range(sets):
        steps += [{"do": "stand", "s": 1.5}, {"do": "squat", "reps": 3, "tempo": 1.5}, {"do": "stand", "s": 16}]
    path.write_text("\n".join(perceptions([Person(steps, yaw=80)], 15)) + "\n")


def wait_until(condition, what):
    """Polls until `condition` holds; a test that waits for ever fails with `what`."""
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"did not happen within {DEADLINE_S} s: {what}")
        time.sleep(0.05)


class Api:
    """Requests to a Spotter's port."""

    def __init__(self, port):
        self.port = port

    def ask(self, method, target, body=None, headers=None):
        """(status, headers, body bytes)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, target, body, headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def get(self, target):
        status, _, body = self.ask("GET", target)
        assert status == 200, (status, body)
        return json.loads(body)

    def post(self, event):
        status, _, body = self.ask("POST", "/ingest/event", json.dumps(event), {"Content-Type": "application/json"})
        return status, json.loads(body)

    def ids(self):
        return [event["event_id"] for event in self.get("/events?limit=10000")]


def stable_port():
    """A free port that stays free for who comes back to it: below those that Linux hands to outgoing connections (from 32768 on, unless it is
    told otherwise). One of those may go to somebody else, or a sender that waits for the receiver may connect to itself there."""
    for _ in range(100):
        port = random.randint(20000, 29999)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise AssertionError("no port of 100 could be bound")


class Service:
    """A `spotter run` of services alone (no cameras), on a free port. A context manager."""

    def __init__(self, folder, name, settings="", roles="api,relay,enrichment,retention"):
        self.folder = pathlib.Path(folder)
        self.name = name
        self.settings = settings
        self.port = stable_port()
        self.roles = roles
        self.process = None
        self.log_reader = None
        self.lines = []  # of the log, after the start
        self.api = None

    @property
    def store(self):
        return self.folder / f"{self.name}.db"

    def start(self):
        config = self.folder / f"{self.name}.yaml"
        config.write_text(f"store: {{path: '{self.store}'}}\napi: {{listen: '127.0.0.1:{self.port}'}}\n{self.settings}\n")
        self.process = subprocess.Popen([SPOTTER, "run", "-c", str(config), "--roles", self.roles], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True)
        printed = []
        for line in self.process.stderr:
            printed.append(line)
            if f"API: http://127.0.0.1:{self.port}" in line:
                self.api = Api(self.port)
                self.lines = []
                self.log_reader = threading.Thread(target=self.lines.extend, args=(self.process.stderr,), daemon=True)
                self.log_reader.start()
                return self
        raise AssertionError(f"{self.name} did not start: exit code {self.process.wait()}\n{''.join(printed)}")

    def stop(self, signal_number=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal_number)
            self.process.wait(timeout=DEADLINE_S)
            self.log_reader.join(timeout=DEADLINE_S)
            self.process.stderr.close()
        return self.process.returncode

    def wait_for_line(self, text):
        wait_until(lambda: any(text in line for line in self.lines), f"the log says {text!r}")

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop(signal.SIGKILL)


class Receiver(http.server.ThreadingHTTPServer):
    """A server of somebody else's that speaks /ingest/event and remembers what it got, and lists vision models. `answer(event)` gives the status."""

    def __init__(self, answer=lambda event: 200, models=()):
        received = self.received = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # noqa: N802 (name given by the library)
                body = json.dumps({"data": [{"id": model} for model in models]}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):  # noqa: N802 (name given by the library)
                event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status = answer(event) if self.path == "/ingest/event" else 404
                if status == 200:
                    received.append(event)
                body = json.dumps({"status": "created", "event_id": event["event_id"]} if status == 200 else {"detail": "no"}).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def __exit__(self, *arguments):
        self.shutdown()
        super().__exit__(*arguments)
