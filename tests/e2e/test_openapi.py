# SPDX-License-Identifier: Apache-2.0
"""api/openapi.yaml against the server: it is what the server shows, every operation of it is there and answers as described, and no others are."""
import json
import re
import signal
import unittest

from harness import ROOT, SpotterTest
from services import Service, floor_event

METHODS = ("GET", "PUT", "POST", "DELETE")


def sections(pattern, text):
    """[(what the pattern caught, the text up to the next one)]."""
    pieces = re.split(pattern, text, flags=re.MULTILINE)
    return list(zip(pieces[1::2], pieces[2::2]))


def operations(text):
    """{path: {METHOD: {status, ...}}} of the description."""
    paths = text[text.index("\npaths:"):text.index("\ncomponents:")]
    return {path: {method.upper(): set(map(int, re.findall(r"^        '(\d{3})':", operation, re.MULTILINE)))
                   for method, operation in sections(r"^    (get|put|post|delete):$", body)} for path, body in sections(r"^  (/\S*):$", paths)}


class OpenApi(SpotterTest):
    def setUp(self):
        super().setUp()
        self.service = Service(self.folder, "central").start()
        self.addCleanup(lambda: self.service.stop(signal.SIGKILL))
        self.api = self.service.api
        self.text = (ROOT / "api" / "openapi.yaml").read_text(encoding="utf-8")

    def ask(self, method, path):
        body, headers = (json.dumps(floor_event("b")), {"Content-Type": "application/json"}) if method == "POST" else (None, {})
        status, headers, _ = self.api.ask(method, path, body, headers)
        return status, headers

    def test_the_server_shows_its_description(self):
        status, headers, body = self.api.ask("GET", "/openapi.yaml")
        self.assertEqual((status, headers["Content-Type"], body.decode()), (200, "application/yaml", self.text))

    def test_every_operation_answers_as_described(self):
        described = operations(self.text)
        self.assertGreater(len(described), 8)
        self.api.post(floor_event("a"))
        for path, methods in described.items():
            for method, statuses in methods.items():
                for event_id in ("a", "none"):
                    status, _ = self.ask(method, path.replace("{event_id}", event_id))
                    self.assertIn(status, statuses, (method, path, event_id))

    def test_no_operation_is_left_out(self):
        for path, methods in operations(self.text).items():
            for method in METHODS:
                status, headers = self.ask(method, path.replace("{event_id}", "a"))
                if method in methods:
                    self.assertNotEqual(status, 405, (method, path))
                else:
                    self.assertEqual((status, headers["Allow"]), (405, ", ".join(sorted(methods, key=METHODS.index))), (method, path))
        source = (ROOT / "src" / "spotter" / "api" / "event_api.cc").read_text(encoding="utf-8")
        routes = re.findall(r'^      \{"([A-Z]+)", "([^"]+)", &', source, re.MULTILINE)
        self.assertEqual(sorted((method, "/" + pattern.replace("*", "{event_id}")) for method, pattern in routes),
                         sorted((method, path) for path, methods in operations(self.text).items() for method in methods))


if __name__ == "__main__":
    unittest.main()
