# SPDX-License-Identifier: Apache-2.0
"""Bad input gets one clear error and loses nothing (exit 0 / 1 / 2, DESIGN 7)."""
import os
import pathlib
import shutil
import subprocess
import unittest

from harness import ROOT, SAMPLES, SpotterTest, ffmpeg, spotter

VIDEO = SAMPLES / "multi_three.mp4"


class BadVideo(SpotterTest):
    def test_missing_file(self):
        self.assert_fails(spotter("count", self.folder / "none.mp4"), "none.mp4", "no such file")

    def test_directory(self):
        self.assert_fails(spotter("count", self.folder), "directory")

    def test_text_renamed_to_mp4(self):
        path = self.folder / "text.mp4"
        path.write_text("not a video at all\n" * 100)
        self.assert_fails(spotter("count", path), "text.mp4")

    def test_empty_file(self):
        path = self.folder / "empty.mp4"
        path.touch()
        self.assert_fails(spotter("count", path), "empty.mp4", "empty")

    def test_video_without_frames(self):
        path = self.folder / "zero.mp4"
        ffmpeg("-f", "lavfi", "-i", "color=black:s=64x64:r=10", "-frames:v", "0", path)
        self.assert_fails(spotter("count", path), "zero.mp4")

    def test_audio_only(self):
        path = self.folder / "audio.mp4"
        ffmpeg("-f", "lavfi", "-i", "sine=d=1", path)
        self.assert_fails(spotter("count", path), "audio.mp4", "no video")

    def test_unreadable_camera(self):
        self.assert_fails(spotter("count", "/dev/video99"), "/dev/video99")

    def test_truncated_video_gives_what_was_readable(self):
        whole, cut = self.folder / "whole.mp4", self.folder / "cut.mp4"
        ffmpeg("-i", VIDEO, "-c", "copy", "-movflags", "+faststart", whole)
        data = whole.read_bytes()
        cut.write_bytes(data[:len(data) * 6 // 10])
        result, full = self.count(cut), self.count(whole)
        self.assertTrue(0 < result["frames"] < full["frames"], result)
        self.assertTrue(result["warnings"])


class BadOptions(SpotterTest):
    def test_unknown_command_option_and_format(self):
        self.assert_usage_error(spotter("jump"), "jump")
        self.assert_usage_error(spotter("count", VIDEO, "--no-such-option"), "--no-such-option")
        self.assert_usage_error(spotter("count", VIDEO, "--format", "xml"), "xml")
        self.assert_usage_error(spotter("count"), "source")

    def test_unknown_exercise_names_the_known_ones(self):
        self.assert_fails(spotter("count", VIDEO, "--exercise", "squatt"), "squatt", "squat")

    def test_every_command_has_help_with_an_example(self):
        for command in ("count", "annotate", "record", "replay", "run", "doctor", "bench", "version"):
            done = spotter(command, "--help")
            self.assertEqual(done.returncode, 0)
            self.assertIn(f"spotter {command}", done.stdout)


class BadConfiguration(SpotterTest):
    def test_broken_configuration_names_file_and_line(self):
        path = self.folder / "spotter.yaml"
        path.write_text("gym: {id: gym_01}\ncameras:\n  - {id: cam_01, uri: x.mp4}\n")
        self.assert_fails(spotter("run", "-c", path), "spotter.yaml:3", "uri")

    def test_broken_exercise_names_file_line_and_key(self):
        folder = self.folder / "exercises"
        shutil.copytree(ROOT / "configs" / "exercises", folder)
        path = folder / "squat.yaml"
        path.write_text(path.read_text() + "\nno_such_key: 1\n")
        line = len(path.read_text().splitlines())
        self.assert_fails(spotter("count", VIDEO, "--exercises", folder), f"squat.yaml:{line}", "no_such_key")

    def test_missing_model_says_what_to_do(self):
        models = self.folder / "models"
        models.mkdir()
        self.assert_fails(spotter("count", VIDEO, "--models", models), "make setup")

    def test_altered_model_says_what_to_do(self):
        models = self.folder / "models"
        shutil.copytree(pathlib.Path(os.environ.get("SPOTTER_MODELS", ROOT / "build/deps/models")), models)
        for weights in models.glob("movenet-multipose.*"):
            weights.write_bytes(weights.read_bytes()[:1000])
        self.assert_fails(spotter("count", VIDEO, "--models", models), "make setup")


class BadOutput(SpotterTest):
    def test_output_folder_that_does_not_exist(self):
        self.assert_fails(spotter("record", VIDEO, self.folder / "no" / "p.jsonl"), "p.jsonl", "cannot be written")
        self.assert_fails(spotter("annotate", VIDEO, self.folder / "no" / "o.mp4"), "o.mp4")

    def test_full_disk_while_annotating_and_recording(self):
        if os.geteuid() != 0:
            self.skipTest("a small file system to fill needs root")
        disk = self.folder / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk], check=False, capture_output=True).returncode != 0:
            self.skipTest("mounting a small tmpfs is not allowed here")
        self.addCleanup(subprocess.run, ["umount", disk], check=False)
        self.assert_fails(spotter("annotate", VIDEO, disk / "o.mp4"), "o.mp4", "space")
        for leftover in disk.iterdir():
            leftover.unlink()
        self.assert_fails(spotter("record", VIDEO, disk / "p.jsonl"), "p.jsonl", "space")

    def test_stdout_that_is_full(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = spotter("count", VIDEO, "--format", "json", stdout=full)
        self.assertEqual(done.returncode, 1)
        self.assertIn("disk full", done.stderr)


class OutputIsKept(SpotterTest):
    def test_the_source_itself_is_no_output(self):
        video = self.folder / "v.mp4"
        shutil.copy(VIDEO, video)
        before = video.read_bytes()
        self.assert_fails(spotter("annotate", video, video), "is the source itself")
        self.assert_fails(spotter("record", video, video), "is the source itself")
        self.assertEqual(video.read_bytes(), before)

    def test_a_failed_run_does_not_touch_an_earlier_result(self):
        good, junk = self.folder / "good.jsonl", self.folder / "junk.jsonl"
        good.write_text("earlier")
        junk.write_text("no perception\n")
        self.assert_fails(spotter("record", junk, good), "junk.jsonl")
        self.assertEqual(good.read_text(), "earlier")


class BadRecording(SpotterTest):
    LINE = '{"v":1,"camera_id":"c","pts":0.5,"width":640,"height":360,"people":[]}\n'

    def test_a_broken_line_is_named_and_the_rest_is_used(self):
        path = self.folder / "p.jsonl"
        path.write_text(self.LINE + "{broken\n" + self.LINE.replace("0.5", "0.6"))
        result = self.count(path)
        self.assertEqual(result["frames"], 2)
        self.assertIn("line 2", result["warnings"][0])

    def test_no_recording_at_all(self):
        path = self.folder / "p.jsonl"
        path.write_text("hello\nworld\n")
        self.assert_fails(spotter("replay", path), "p.jsonl", "line 1")

    def test_an_empty_recording(self):
        path = self.folder / "p.jsonl"
        path.touch()
        self.assert_fails(spotter("replay", path), "p.jsonl", "empty")

    def test_replay_of_a_video_is_refused(self):
        self.assert_fails(spotter("replay", VIDEO), "recording", "spotter count")


if __name__ == "__main__":
    unittest.main()
