# SPDX-License-Identifier: Apache-2.0
"""What appears on a terminal: results, progress and messages never share a line."""
import os
import pty
import re
import subprocess
import unittest

from harness import SPOTTER, SQUATS, SpotterTest

ERASE = "\r\x1b[K"


def on_terminal(*arguments, stdout_too):
    """Runs `spotter ARGUMENTS` with stderr (and stdout) on a terminal; returns what that showed."""
    main, terminal = pty.openpty()
    with subprocess.Popen([SPOTTER, *map(str, arguments)], stdin=subprocess.DEVNULL, stderr=terminal,
                          stdout=terminal if stdout_too else subprocess.DEVNULL) as process:
        os.close(terminal)
        shown = b""
        try:
            while piece := os.read(main, 65536):
                shown += piece
        except OSError:  # how Linux says that the program has closed the terminal
            pass
        os.close(main)
    assert process.returncode == 0, shown
    return shown.decode().replace("\r\n", "\n")


class Terminal(SpotterTest):
    def setUp(self):
        super().setUp()
        self.recording = self.folder / "p.jsonl"
        self.recording.write_text(SQUATS + "{broken\n")

    def test_events_on_the_terminal_come_without_a_progress_bar(self):
        for command in (("replay", self.recording), ("count", self.recording, "--format", "events"), ("record", self.recording, "-")):
            with self.subTest(command):
                shown = on_terminal(*command, stdout_too=True)
                self.assertNotIn(ERASE, shown)
                for line in shown.splitlines():
                    self.assertTrue(line.startswith("{") or "warning" in line, line)

    def test_a_progress_bar_is_shown_when_the_result_goes_elsewhere_or_comes_at_the_end(self):
        self.assertIn(" fps", on_terminal("replay", self.recording, stdout_too=False))
        shown = on_terminal("count", self.recording, stdout_too=True)
        self.assertIn(" fps", shown)
        self.assertRegex(shown, re.escape(ERASE) + r"[^\r]*person ")

    def test_messages_remove_the_progress_bar_first(self):
        shown = on_terminal("replay", self.recording, stdout_too=False)
        self.assertRegex(shown, re.escape(ERASE) + r"(\x1b\[[0-9;]*m)*warning")


if __name__ == "__main__":
    unittest.main()
