# SPDX-License-Identifier: Apache-2.0
"""Clips of events, with the real program: at full speed, in real time, killed in the middle, without room on the disk."""
import json
import os
import shutil
import signal
import subprocess
import time
import unittest

from harness import SAMPLES, SPOTTER, SpotterTest, ffmpeg, spotter

VIDEO = SAMPLES / "squat_45_barbell.mp4"  # repetitions from 3 to 14 s


def probe(path):
    """Length in seconds and number of pictures that a player shows."""
    out = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=duration,nb_read_frames", "-of", "json", path],
                         check=True, capture_output=True, text=True).stdout
    stream = json.loads(out)["streams"][0]
    return float(stream["duration"]), int(stream["nb_read_frames"])


class Clips(SpotterTest):
    def setUp(self):
        super().setUp()
        self.clips = self.folder / "clips"

    def config(self, events="rep_counted", **more):
        keys = {"dir": self.clips, "events": f"[{events}]", **more}
        path = self.folder / "spotter.yaml"
        path.write_text("clips: {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}\n")
        return path

    def metadata(self):
        return sorted((json.loads(path.read_text()) for path in self.clips.glob("*.json")), key=lambda clip: clip["at_s"])

    def check_clip(self, clip):
        """The clip is there, plays, and shows what its metadata says."""
        shown = clip["shown"]
        length, pictures = probe(self.clips / f"{clip['event_id']}.mp4")
        self.assertAlmostEqual(length, shown["end_s"] - shown["start_s"], delta=0.002)
        self.assertAlmostEqual(pictures, length * 15, delta=1.01)
        self.assertGreater((self.clips / f"{clip['event_id']}.jpg").stat().st_size, 1000)

    def test_every_event_of_a_file_has_its_clip(self):
        done = spotter("count", VIDEO, "--format", "events", "-c", self.config("rep_counted, set_completed"))
        self.assertEqual(done.returncode, 0, done.stderr)
        events = {event["event_id"]: event for event in map(json.loads, done.stdout.splitlines()) if event["type"] in ("rep_counted", "set_completed")}
        clips = self.metadata()
        self.assertEqual({clip["event_id"] for clip in clips}, set(events))
        for clip in clips:
            event = events[clip["event_id"]]
            self.assertAlmostEqual(clip["from_s"], event["pts"] - 4, delta=1e-5)
            self.assertLessEqual(clip["shown"]["start_s"], max(event["pts"] - 4, 0) + 0.001)
            self.assertGreaterEqual(clip["shown"]["end_s"], min(event["pts"] + 4, 15.93) - 0.001)
            self.assertEqual(clip["complete"], 4 <= event["pts"] <= 11.9)
            self.check_clip(clip)
        self.assertEqual(list(self.clips.glob("*.spool")) + list(self.clips.glob("*.part")), [])
        # A second run leaves complete clips alone.
        complete = [self.clips / f"{clip['event_id']}.mp4" for clip in clips if clip["complete"]]
        self.assertTrue(complete)
        before = [path.stat().st_mtime_ns for path in complete]
        self.assertEqual(spotter("count", VIDEO, "-c", self.config()).returncode, 0)
        self.assertEqual(before, [path.stat().st_mtime_ns for path in complete])

    def test_killed_during_the_post_roll_the_next_start_makes_a_clip_of_what_is_there(self):
        config = self.config()
        with subprocess.Popen([SPOTTER, "run", str(VIDEO), "--real-time", "-c", str(config)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
            event = next(event for event in map(json.loads, run.stdout) if event["type"] == "rep_counted")
            time.sleep(1)
            run.send_signal(signal.SIGKILL)
            run.communicate()
        self.assertTrue((self.clips / f"{event['event_id']}.spool").exists(), "the command is on disk before the event is known")
        self.assertEqual(self.metadata(), [])
        short = self.folder / "short.mp4"
        ffmpeg("-i", VIDEO, "-t", "0.5", "-c", "copy", short)
        self.assertEqual(spotter("count", short, "-c", config).returncode, 0)
        clip = self.metadata()[0]
        self.assertEqual(clip["event_id"], event["event_id"])
        self.assertFalse(clip["complete"])
        self.assertIn("Spotter ended", clip["gaps"][-1]["reason"])
        self.assertGreater(clip["shown"]["end_s"], event["pts"], "the event itself is in it")
        self.check_clip(clip)
        # The same event again, this time to the end: the clip becomes whole.
        self.assertEqual(spotter("count", VIDEO, "-c", config).returncode, 0)
        again = next(c for c in self.metadata() if c["event_id"] == event["event_id"])
        self.assertGreaterEqual(again["shown"]["end_s"], again["to_s"] - 0.001)
        self.check_clip(again)

    def test_in_real_time_a_clip_is_ready_soon_after_its_post_roll(self):
        with subprocess.Popen([SPOTTER, "run", str(VIDEO), "--real-time", "-c", str(self.config(post_s=1))], stdout=subprocess.PIPE, text=True) as run:
            event = next(event for event in map(json.loads, run.stdout) if event["type"] == "rep_counted")
            path = self.clips / f"{event['event_id']}.json"
            deadline = time.monotonic() + 60
            while not path.exists() and run.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
            self.assertIsNone(run.poll(), "the clip is there while the run still goes on")
            run.send_signal(signal.SIGINT)
            run.communicate(timeout=60)
        self.check_clip(json.loads(path.read_text()))

    def test_sound_is_left_out_and_the_metadata_say_so(self):
        loud = self.folder / "loud.mp4"
        ffmpeg("-i", VIDEO, "-f", "lavfi", "-i", "sine=frequency=440", "-shortest", "-c:v", "copy", "-c:a", "aac", loud)
        self.assertEqual(spotter("count", loud, "-c", self.config()).returncode, 0)
        clips = self.metadata()
        self.assertEqual(len(clips), 4)
        for clip in clips:
            self.assertEqual(clip["audio"], "dropped")
            kinds = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", self.clips / f"{clip['event_id']}.mp4"],
                                   check=True, capture_output=True, text=True).stdout.split()
            self.assertEqual(kinds, ["video"])

    def test_a_folder_that_cannot_be_written_to_is_a_clear_error(self):
        (self.folder / "file").write_text("")
        self.assert_fails(spotter("count", VIDEO, "-c", self.config(dir=self.folder / "file" / "clips")), "clips")

    def test_a_recording_without_pixels_gives_reasons(self):
        recording = self.folder / "squat.jsonl"
        self.assertEqual(spotter("record", VIDEO, recording).returncode, 0)
        done = spotter("count", recording, "-c", self.config())
        self.assertEqual(done.returncode, 0, done.stderr)
        for clip in self.metadata():
            self.assertIsNone(clip["shown"])
            self.assertIn("recording of perceptions", clip["reason"])

    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("mount"), "needs to mount a small file system")
    def test_a_full_disk_loses_the_clip_and_says_so_but_not_the_count(self):
        self.clips.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", self.clips], check=False, capture_output=True).returncode != 0:
            self.skipTest("a file system cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", self.clips], check=True)
        done = spotter("count", VIDEO, "--format", "json", "-c", self.config())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout)["people"][0]["sets"][0]["rep_count"], 4)
        self.assertIn("No space left on device", done.stderr)
        self.assertEqual(len(self.metadata()), 4, "each has a clip or says why not")
        for clip in self.metadata():
            self.assertTrue(clip["shown"] or "No space left" in clip["reason"], clip)
        self.assertEqual([path.name for path in self.clips.glob("*.part")], [])


if __name__ == "__main__":
    unittest.main()
