# SPDX-License-Identifier: Apache-2.0
"""`spotter run`: many sources at once, clean stop on a signal."""
import json
import re
import shutil
import signal
import subprocess
import unittest

from harness import ROOT, SAMPLES, SPOTTER, Person, SpotterTest, ffmpeg, perceptions, spotter


class Run(SpotterTest):
    def test_cameras_that_started_at_different_times_are_both_counted(self):
        # Each camera's stream time begins when it connects: one minute apart here, interleaved as a site sees them.
        steps = [{"do": "stand", "s": 1.5}, {"do": "squat", "reps": 4, "tempo": 2.2}, {"do": "stand", "s": 2}]
        early = list(perceptions([Person(steps, yaw=80)], 15, start=60.0))
        late = [line.replace("cam_01", "cam_02") for line in perceptions([Person(steps, yaw=80)], 15)]
        recording = self.folder / "two.jsonl"
        recording.write_text("\n".join(line for pair in zip(early, late) for line in pair) + "\n")
        people = self.count(recording)["people"]
        self.assertEqual([[s["rep_count"] for s in p["sets"]] for p in people], [[4], [4]])

    def test_passwords_are_never_shown(self):
        for arguments in (("count", "rtsp://me:s3cret@127.0.0.1:1/live"), ("replay", "rtsp://me:s3cret@127.0.0.1:1/live"),
                          ("count", "rtsp://me:s3cret@127.0.0.1:1/live.jsonl"), ("annotate", "rtsp://me:s3cret@127.0.0.1:1/live", self.folder / "o.mp4")):
            done = spotter(*arguments)
            self.assertEqual(done.returncode, 1)
            self.assertNotIn("s3cret", done.stdout + done.stderr)

    def test_two_sources_share_one_run(self):
        videos = sorted(SAMPLES.glob("*.mp4"))[:2]
        done = spotter("run", *videos)
        self.assertEqual(done.returncode, 0, done.stderr)
        cameras = {json.loads(line)["camera_id"] for line in done.stdout.splitlines()}
        self.assertEqual(len(cameras), 2, cameras)

    def test_changed_exercise_files_hold_for_the_next_sets_and_wrong_ones_are_refused(self):
        exercises = self.folder / "exercises"
        shutil.copytree(ROOT / "configs" / "exercises", exercises)
        video = self.folder / "late.mp4"  # the first curl ends after about 16 s
        ffmpeg("-i", SAMPLES / "zone_use_and_clean.mp4", "-vf", "tpad=start_duration=10:start_mode=clone", video)
        curl = (exercises / "bicep_curl.yaml").read_text()
        with subprocess.Popen([SPOTTER, "-v", "run", "--real-time", "--exercises", exercises, video],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            self.wait_for(process.stderr, "watching")
            (exercises / "bicep_curl.yaml").write_text(curl.replace("tempo_s: [0.7, 10]", "tempo_s: [10, 0.7]"))
            refused = self.wait_for(process.stderr, "the exercises stay as they were")
            self.assertRegex(refused, r"bicep_curl\.yaml:\d+: key 'tempo_s': has its shortest repetition above its longest")
            (exercises / "hammer_curl.yaml").unlink()  # a variant of what is renamed
            (exercises / "bicep_curl.yaml").write_text(re.sub(r"^(id|family): bicep_curl$", r"\1: my_curl", curl, flags=re.M))
            self.wait_for(process.stderr, "sets that begin from now on")
            self.wait_for(process.stdout, '"type":"set_started"', '"my_curl"')
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)

    def wait_for(self, stream, *words):
        """The next line that holds every word."""
        for line in stream:
            if all(word in line for word in words):
                return line
        self.fail(f"the program ended without {words}")

    def interrupt(self, signal_number, *arguments):
        """Runs `spotter ARGUMENTS`, sends it the signal while it works, and returns its stdout and stderr."""
        with subprocess.Popen([SPOTTER, "-v", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            while "watching" not in (line := process.stderr.readline()):
                self.assertTrue(line, "the program ended by itself")
            process.send_signal(signal_number)
            out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        return out, err

    def long_video(self):
        long = self.folder / "long.mp4"
        ffmpeg("-stream_loop", "40", "-i", SAMPLES / "multi_three.mp4", "-c", "copy", long)
        return long

    def test_sigint_and_sigterm_stop_cleanly(self):
        long = self.long_video()
        for signal_number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal_number):
                out, _ = self.interrupt(signal_number, "run", long)
                for line in out.splitlines():
                    json.loads(line)

    def test_a_result_that_was_cut_short_says_so(self):
        long = self.long_video()
        out, err = self.interrupt(signal.SIGINT, "count", long, "--format", "json")
        self.assertIn("stopped by a signal", err)
        self.assertIn("stopped by a signal", json.loads(out)["warnings"][-1])
        _, err = self.interrupt(signal.SIGINT, "bench", long, "--json")
        self.assertIn("stopped by a signal", err)


if __name__ == "__main__":
    unittest.main()
