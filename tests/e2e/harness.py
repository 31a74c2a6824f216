# SPDX-License-Identifier: Apache-2.0
"""Runs the real program for end-to-end tests. Standard library only; ffmpeg (Debian) makes the odd videos."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SPOTTER = os.environ["SPOTTER"]
ROOT = pathlib.Path(os.environ["SPOTTER_SOURCE_DIR"])
SAMPLES = ROOT / "samples"

sys.path.insert(0, str(ROOT / "tests" / "scenarios"))
from stick_figure import Person, perceptions  # noqa: E402

# A recording of cam_01: one person, four squats.
SQUATS = "".join(line + "\n" for line in perceptions(
    [Person([{"do": "stand", "s": 1.5}, {"do": "squat", "reps": 4, "tempo": 2.2}, {"do": "stand", "s": 2}], yaw=80)], 15))


def spotter(*arguments, stdout=subprocess.PIPE, timeout=300, env=None):
    """Runs `spotter ARGUMENTS`; returns the finished process with text output."""
    return subprocess.run([SPOTTER, *map(str, arguments)], stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=timeout,
                          stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})}, check=False)


def ffmpeg(*arguments):
    """Runs the command-line ffmpeg; a failure is a failure of the test's own preparation."""
    subprocess.run(["ffmpeg", "-loglevel", "error", "-y", *map(str, arguments)], check=True, stdin=subprocess.DEVNULL)


class SpotterTest(unittest.TestCase):
    """A temporary folder for each test and checks in the words of the command line's contract."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def assert_fails(self, done, *words):
        """Exit code 1, nothing on stdout, and one line on stderr that holds every word."""
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stdout, "")
        lines = [line for line in done.stderr.splitlines() if line.startswith("spotter: ")]
        self.assertEqual(len(lines), 1, done.stderr)
        for word in words:
            self.assertIn(word, lines[0])

    def assert_usage_error(self, done, *words):
        """Exit code 2 and a message that holds every word."""
        self.assertEqual(done.returncode, 2, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def count(self, source, *arguments):
        """The parsed result of `spotter count SOURCE --format json`."""
        done = spotter("count", source, "--format", "json", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)
