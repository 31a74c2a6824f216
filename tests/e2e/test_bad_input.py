# SPDX-License-Identifier: Apache-2.0
"""Bad input gets one clear error and loses nothing (exit 0 / 1 / 2, DESIGN 7)."""
import json
import math
import os
import pathlib
import shutil
import subprocess
import unittest

from harness import ROOT, SAMPLES, SPOTTER, SQUATS, SpotterTest, ffmpeg, spotter

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
        self.assert_usage_error(spotter("run"), "source", "-c")
        self.assert_usage_error(spotter("bench"), "source", "-c")
        self.assert_fails(spotter("bench", "track", self.folder / "det.txt", self.folder / "out.txt"), "det.txt")
        self.assert_fails(spotter("count", ""), "empty", "name a video file")

    def test_values_that_no_option_takes_are_wrong_usage(self):
        for option, value in (("--device", "tpu"), ("--precision", "f8"), ("--captured-at", "yesterday"), ("--pose-size", "1"),
                              ("--camera-id", "a b")):
            with self.subTest(option):
                self.assert_usage_error(spotter("count", VIDEO, option, value), option, value)

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

    def test_a_cache_that_cannot_be_used_costs_only_time(self):
        junk = self.folder / "cache" / "networks"
        junk.mkdir(parents=True)
        first = spotter("record", VIDEO, "-", env={"SPOTTER_CACHE": str(junk.parent)})
        self.assertEqual(first.returncode, 0, first.stderr)
        for blob in junk.iterdir():
            blob.write_bytes(b"damaged")
        for place in (junk.parent, "/dev/null"):
            with self.subTest(place):
                again = spotter("record", VIDEO, "-", env={"SPOTTER_CACHE": str(place)})
                self.assertEqual(again.returncode, 0, again.stderr)
                self.assertEqual(again.stdout, first.stdout)

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
        self.assertIn("the output cannot be written: No space left", done.stderr)

    def test_every_command_notices_a_full_stdout(self):
        recording = self.folder / "p.jsonl"
        recording.write_text(SQUATS)
        for arguments in (("version",), ("doctor",), ("bench", recording), ("count", recording), ("replay", recording),
                          ("record", recording, "-"), ("record", recording, "/dev/stdout"), ("count", "--help")):
            with self.subTest(arguments), open("/dev/full", "w", encoding="utf-8") as full:
                done = spotter(*arguments, stdout=full)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn("cannot be written: No space left", done.stderr)

    def test_a_reader_that_has_gone_is_an_error_not_a_silent_death(self):
        recording = self.folder / "p.jsonl"
        recording.write_text(SQUATS)
        for arguments in (("version",), ("replay", recording), ("count", recording)):
            with self.subTest(arguments):
                read, write = os.pipe()
                os.close(read)
                done = spotter(*arguments, stdout=write)
                os.close(write)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn("whoever read it has gone", done.stderr)

    def test_a_closed_stdout_does_not_send_the_result_elsewhere(self):
        recording, other = self.folder / "p.jsonl", self.folder / "other.jsonl"
        recording.write_text(SQUATS)
        command = f'"{SPOTTER}" replay "{recording}" >&-'
        self.assertEqual(subprocess.run(command, shell=True, check=False, capture_output=True).returncode, 1)
        command = f'"{SPOTTER}" record "{recording}" "{other}" >&- 2>&- <&-'
        self.assertEqual(subprocess.run(command, shell=True, check=False, capture_output=True).returncode, 0)
        self.assertEqual(len(other.read_text().splitlines()), len(SQUATS.splitlines()))

    def test_links_pipes_and_devices_stay_what_they_are(self):
        recording, target, link, pipe = (self.folder / name for name in ("p.jsonl", "target.jsonl", "link.jsonl", "pipe"))
        recording.write_text(SQUATS)
        link.symlink_to(target)
        self.assertEqual(spotter("record", recording, link).returncode, 0)
        self.assertTrue(link.is_symlink())
        lines = len(target.read_text().splitlines())
        self.assertEqual(lines, len(SQUATS.splitlines()))
        os.mkfifo(pipe)
        with subprocess.Popen(["wc", "-l", pipe], stdout=subprocess.PIPE) as reader:
            self.assertEqual(spotter("record", recording, pipe).returncode, 0)
            self.assertEqual(int(reader.communicate()[0].split()[0]), lines)
        self.assertTrue(pipe.is_fifo())
        self.assertEqual(spotter("record", recording, "/dev/null").returncode, 0)
        self.assertTrue(pathlib.Path("/dev/null").is_char_device())

    def test_a_failed_run_leaves_no_part(self):
        junk = self.folder / "junk.jsonl"
        junk.write_text("no perception\n")
        self.assert_fails(spotter("record", junk, self.folder / "p.jsonl"), "junk.jsonl")
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["junk.jsonl"])

    def test_outputs_are_checked_before_the_work_begins(self):
        self.assert_usage_error(spotter("annotate", VIDEO, self.folder / "o.avi"), "o.avi", ".mp4")
        self.assert_usage_error(spotter("annotate", VIDEO, self.folder / "o.mp4", "--contact-sheet", "s.jpg"), "s.jpg", ".png")
        sheet = self.folder / "no" / "s.png"
        self.assert_fails(spotter("annotate", VIDEO, self.folder / "o.mp4", "--contact-sheet", sheet), "s.png", "make its folder")
        self.assert_fails(spotter("record", VIDEO, self.folder), "directory")
        self.assertEqual(list(self.folder.iterdir()), [])


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

    def test_a_line_without_an_end_is_skipped_and_does_not_fill_the_memory(self):
        path = self.folder / "p.jsonl"
        path.write_bytes(self.LINE.encode() + b"[" * (5 << 20) + b"\n" + b"\0" * 100 + b"\n" + self.LINE.replace("0.5", "0.6").encode())
        result = self.count(path)
        self.assertEqual(result["frames"], 2)
        self.assertIn("line 2", result["warnings"][0])
        self.assertIn("line 3", result["warnings"][1])

    def test_what_is_mended_is_counted_in_one_line_each(self):
        frames = [json.loads(line) for line in SQUATS.splitlines()]
        for number, frame in enumerate(frames):
            person = frame["people"][0]
            frame["pts"] -= 50
            if number % 3 == 0:
                person["keypoints"][9] = [math.nan, 0.5, 0.9]
            if number % 4 == 0:
                person["box"][2] = person["box"][0]
            if number % 5 == 0:
                frame["people"].append({**person, "track_id": 2})
            if number % 7 == 0:
                frame["people"].append({**person, "track_id": 3, "keypoints": []})
        stray = [{**frames[10], "pts": -49.9}, frames[10]]
        late = [{**frame, "pts": frame["pts"] + 30} for frame in frames[-3:]]
        path = self.folder / "p.jsonl"
        path.write_text("".join(json.dumps(frame) + "\n" for frame in [*frames[:11], *stray, *frames[11:], *late]))
        result = self.count(path)
        self.assertEqual([[s["rep_count"] for s in p["sets"]] for p in result["people"]], [[4]])
        for words in ("joints were no numbers", "boxes of people had no area", "somebody was in a frame twice", "a person could not be read",
                      "1 frames went back in time", "1 frames had the time of the one before", "moved by 50.000 s", "1 gaps of more than 2 s"):
            self.assertEqual(len([w for w in result["warnings"] if words in w]), 1, f"{words}: {result['warnings']}")

    def test_people_none_of_whom_can_be_read_are_no_recording(self):
        path = self.folder / "p.jsonl"
        path.write_text(SQUATS.replace('"track_id"', '"id"'))
        self.assert_fails(spotter("count", path), "p.jsonl", "field 'track_id' is missing")

    def test_no_recording_at_all(self):
        path = self.folder / "p.jsonl"
        path.write_text("hello\nworld\n")
        self.assert_fails(spotter("replay", path), "p.jsonl", "line 1")

    def test_two_recordings_of_one_camera_are_refused(self):
        first, second = self.folder / "a.jsonl", self.folder / "b.jsonl"
        for path in (first, second):
            path.write_text(SQUATS)
        self.assert_fails(spotter("run", first, second), "a.jsonl and ", "b.jsonl both hold the camera 'cam_01'", "--camera-id")
        second.write_text(SQUATS.replace("cam_01", "cam_02"))
        done = spotter("run", first, second)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_warning_names_its_source_once(self):
        first, second = self.folder / "a.jsonl", self.folder / "b.jsonl"
        first.write_text(SQUATS + "{broken\n")
        second.write_text(SQUATS.replace("cam_01", "cam_02"))
        done = spotter("run", first, second)
        lines = [line for line in done.stderr.splitlines() if "a.jsonl" in line]
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertEqual(lines[0].count("a.jsonl"), 1)

    def test_an_empty_recording(self):
        path = self.folder / "p.jsonl"
        path.touch()
        self.assert_fails(spotter("replay", path), "p.jsonl", "empty")

    def test_replay_of_a_video_is_refused(self):
        self.assert_fails(spotter("replay", VIDEO), "recording", "spotter count")


if __name__ == "__main__":
    unittest.main()
