#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How well right and wrong repetitions of people not seen before are told apart: UI-PRMD, through the program.

usage: bench/form_judge.py UI_PRMD_DIR [--flat] [--movement N]...

UI-PRMD (Vakanski et al., Data 3(1), 2018): ten movements of ten people, ten right and ten wrong repetitions of each, 3-D joints at 30 Hz
(kinect_index.csv and kinect_positions_f16.npy). Each repetition becomes a recording: world33 in metres from the hips, and the 17 joints of a
camera in front. For each movement and each person `spotter teach --right --wrong --each-is-one` learns from the other nine, and
`spotter judge --each-is-one` judges the one left out. --flat leaves world33 away, so that only the picture is known.
Prints a line a movement: share judged as the data set says (what is not assessable counts as wrong), right ones called wrong, and the joints that
explain the wrong ones; then the mean over the movements. $SPOTTER is the program (default build/release/bin/spotter). Needs numpy.
"""
import argparse
import collections
import csv
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile
import time

import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
SPOTTER = os.environ.get("SPOTTER", str(ROOT / "build/release/bin/spotter"))
MOVEMENTS = ["deep squat", "hurdle step", "inline lunge", "side lunge", "sit to stand", "straight leg raise", "shoulder abduction",
             "shoulder extension", "shoulder rotation", "shoulder scaption"]
FRAMES_PER_SECOND = 30
# Joint of the data set for each of the 17 COCO joints: the head stands for the face.
JOINT_OF_KEYPOINT = [4, 4, 4, 4, 4, 7, 11, 8, 12, 9, 13, 14, 18, 15, 19, 16, 20]
LANDMARK_OF_KEYPOINT = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28]
DISTANCE_M, FOCAL_HEIGHTS, ASPECT = 3.5, 1.2, 16 / 9  # of the camera in front


def perceptions(joints_cm, flat):
    """JSON lines of one repetition; joints_cm: frames x 22 x (x, y up, z)."""
    joints = joints_cm[:, JOINT_OF_KEYPOINT] / 100
    hips = (joints[:, 11] + joints[:, 12]) / 2
    body = (joints - hips[:, None]) * [1, -1, 1]  # camera axes: y down
    # The camera looks at where the hips are in the first frame.
    seen = (joints - hips[0]) * [1, -1, 1] + [0, 0, DISTANCE_M]
    picture = 0.5 + FOCAL_HEIGHTS * seen[..., :2] / seen[..., 2:] / [ASPECT, 1]
    for i, (metres, places) in enumerate(zip(body, picture)):
        low, high = places.min(axis=0), places.max(axis=0)
        person = {"track_id": 1, "confidence": 0.9, "box": [*low.round(5), *high.round(5)],
                  "keypoints": [[round(x, 5), round(y, 5), 0.9] for x, y in places.tolist()]}
        if not flat:
            world = numpy.zeros((33, 3))
            world[LANDMARK_OF_KEYPOINT] = metres
            person["world33"] = world.round(4).tolist()
        yield json.dumps({"v": 1, "camera_id": "cam_01", "pts": round(i / FRAMES_PER_SECOND, 6), "width": 1280, "height": 720,
                          "people": [person]}, separators=(",", ":"))


def write_recordings(source, folder, flat, movements):
    """{(movement, subject, is_right): [recording, ...]}"""
    positions = numpy.load(source / "kinect_positions_f16.npy").astype(float).reshape(-1, 22, 3)
    recordings = collections.defaultdict(list)
    for row in csv.DictReader(open(source / "kinect_index.csv")):
        row = {key: int(value) for key, value in row.items()}
        if row["movement"] not in movements:
            continue
        path = folder / "m{movement:02}_s{subject:02}_e{episode:02}_{correct}.jsonl".format(**row)
        frames = positions[row["start"]:row["start"] + row["length"]]
        path.write_text("\n".join(perceptions(frames, flat)) + "\n")
        recordings[row["movement"], row["subject"], bool(row["correct"])].append(path)
    return recordings


def spotter(*arguments):
    done = subprocess.run([SPOTTER, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return done.stdout


def judge_left_out(recordings, movement, subject, folder):
    """[(is right, verdict of the program)] of one person, taught by the others."""
    def of(is_right, is_wanted):
        return [path for (m, s, right), paths in sorted(recordings.items()) if m == movement and right == is_right and is_wanted(s) for path in paths]
    model = folder / "model.form.yaml"
    spotter("teach", f"movement_{movement:02}", "--each-is-one", "-o", model, "--force",
            "--right", *of(True, lambda s: s != subject), "--wrong", *of(False, lambda s: s != subject))
    judged = []
    for is_right in (True, False):
        result = json.loads(spotter("judge", model, *of(is_right, lambda s: s == subject), "--each-is-one", "--format", "json"))
        judged += [(is_right, rep) for rep in result["reps"]]
    return judged


def report(name, judged):
    """Prints a movement's line; (share judged as it is, share of false alarms, not assessable)."""
    agreed = sum(rep["verdict"] == ("right" if is_right else "wrong") for is_right, rep in judged)
    right = [rep for is_right, rep in judged if is_right]
    alarms = sum(rep["verdict"] == "wrong" for rep in right)
    unknown = sum(rep["verdict"] is None for _, rep in judged)
    joints = collections.Counter(rep["joint"] for is_right, rep in judged if not is_right and rep["verdict"] == "wrong")
    words = ", ".join(f"{joint} {count}" for joint, count in joints.most_common(3))
    print(f"{name:20} {agreed / len(judged):8.3f} {alarms / len(right):13.3f} {unknown:15}   {words}", flush=True)
    return agreed / len(judged), alarms / len(right), unknown


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--flat", action="store_true")
    parser.add_argument("--movement", type=int, action="append", choices=range(1, 11))
    options = parser.parse_args()
    movements = options.movement or list(range(1, 11))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        recordings = write_recordings(options.source, folder, options.flat, movements)
        print(f"{'movement':20} {'judged as is':>8} {'false alarms':>12} {'not assessable':>15}   joints that explain wrong ones")
        rows = []
        for movement in movements:
            subjects = sorted({s for m, s, _ in recordings if m == movement})
            judged = [one for subject in subjects for one in judge_left_out(recordings, movement, subject, folder)]
            rows.append(report(f"{movement} {MOVEMENTS[movement - 1]}", judged))
    print(f"mean of {len(rows)} movements: judged as they are {numpy.mean([r[0] for r in rows]):.3f}, right ones called wrong "
          f"{numpy.mean([r[1] for r in rows]):.3f}, not assessable {sum(r[2] for r in rows)}")
    print(f"{' '.join(['bench/form_judge.py', *sys.argv[1:]])} on {platform.processor() or platform.machine()}, {os.cpu_count()} processors, "
          f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
