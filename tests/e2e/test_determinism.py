# SPDX-License-Identifier: Apache-2.0
"""The same file gives the same bytes: every time, and by way of a recording (DESIGN 5)."""
import json
import os
import threading
import time
import unittest

from harness import SAMPLES, SQUATS, SpotterTest, spotter


def play_in_time(recording, pipe):
    """Writes each line of the recording when its time has come."""
    begin = time.monotonic()
    with open(pipe, "w", encoding="utf-8") as out:
        for line in recording.splitlines(keepends=True):
            time.sleep(max(0.0, json.loads(line)["pts"] - (time.monotonic() - begin)))
            out.write(line)
            out.flush()


class Determinism(SpotterTest):
    def test_count_equals_record_then_replay_byte_for_byte(self):
        for video in sorted(SAMPLES.glob("*.mp4")):
            with self.subTest(video.name):
                recording = self.folder / "p.jsonl"
                direct = spotter("count", video, "--format", "events")
                self.assertEqual(direct.returncode, 0, direct.stderr)
                self.assertIn('"type":"set_completed"', direct.stdout)
                self.assertEqual(spotter("record", video, recording).returncode, 0)
                self.assertEqual(spotter("replay", recording).stdout, direct.stdout)

    def test_a_second_run_gives_the_same_perceptions(self):
        video = SAMPLES / "multi_three.mp4"
        first, second = (spotter("record", video, "-").stdout for _ in range(2))
        self.assertTrue(first)
        self.assertEqual(first, second)

    def test_a_stream_at_its_own_pace_gives_what_a_file_gives_at_once(self):
        recording, slow = self.folder / "p.jsonl", self.folder / "slow.jsonl"
        recording.write_text(SQUATS)
        os.mkfifo(slow)
        player = threading.Thread(target=play_in_time, args=(SQUATS, slow))
        player.start()
        paced = spotter("replay", slow)
        player.join()
        at_once = spotter("replay", recording).stdout
        self.assertIn('"type":"rep_counted"', at_once)
        self.assertEqual(paced.stdout, at_once)

    def test_run_over_two_files_is_repeatable(self):
        videos = sorted(SAMPLES.glob("*.mp4"))[:2]
        first, second = (spotter("run", *videos).stdout for _ in range(2))
        self.assertIn('"type":"set_completed"', first)
        self.assertEqual(first, second)


if __name__ == "__main__":
    unittest.main()
