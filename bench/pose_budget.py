#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What each network's rate costs and gains: joints against rendered truth beside CPU time, one line a setting.

usage: bench/pose_budget.py SYNTH_DIR [--only TEXT] [--speed VIDEO] [--setting NAME]...

Records every clip of SYNTH_DIR (clips with exact truth) under each setting of `pose` into build/budget/, and prints people found (IoU >= 0.3), joints
within 0.1 and 0.2 torso lengths of the truth (visible body joints of people who are not reflections), total repetitions beside the true number,
and CPU milliseconds a frame of `spotter bench` on VIDEO. Needs numpy. The figures of docs/guides/accuracy.md come from here.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
SPOTTER = os.environ.get("SPOTTER", str(ROOT / "build/release/bin/spotter"))
SETTINGS = {
    "default": {},
    "refine 7.5 Hz": {"refine_hz": 7.5},
    "refine lite": {"refine": "lite"},
    "refine heavy": {"refine": "heavy"},
    "no refinement": {"refine": "off"},
    "10 Hz": {"rate_hz": 10},
    "10 Hz, refine 5 Hz": {"rate_hz": 10, "refine_hz": 5},
    "30 Hz": {"rate_hz": 30, "refine_hz": 30},
}
BODY = range(5, 17)


def run(*arguments):
    done = subprocess.run([SPOTTER, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"spotter {arguments[0]}: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout


def iou(a, b):
    w, h = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    inner = max(w, 0) * max(h, 0)
    return inner / (np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - inner)


def joint_errors(view, person, size):
    """Errors of the visible body joints, in torso lengths."""
    true, got = np.array(view["keypoints"], float), np.array(person["keypoints"], float)[:, :2] * size
    torso = max(np.linalg.norm(true[5:7, :2].mean(0) - true[11:13, :2].mean(0)), 8.0)
    return [np.linalg.norm(got[j] - true[j, :2]) / torso for j in BODY if true[j, 2] == 2]


def score_frame(views, perception, tally):
    size = np.array([perception["width"], perception["height"]])
    found = [(np.array(p["box"]) * [*size, *size], p) for p in perception["people"]]
    for view in views:
        if view["is_reflection"] or view["truncation"] > 0.5 or view["visible_keypoints"] < 8:
            continue
        x, y, w, h = view["bbox"]
        overlap, person = max(((iou(np.array([x, y, x + w, y + h]), box), p) for box, p in found), key=lambda m: m[0], default=(0, None))
        tally["people"] += 1
        if overlap >= 0.3:
            tally["found"] += 1
            tally["errors"] += joint_errors(view, person, size)


def score_clip(truth, camera, recording, tally):
    perceptions = [json.loads(line) for line in open(recording)]
    times = np.array([p["pts"] for p in perceptions])
    for frame in truth["frames"]:
        score_frame(frame["views"].get(camera, []), perceptions[int(np.argmin(np.abs(times - frame["t"])))], tally)
    result = json.loads(run("count", recording, "--format", "json"))
    tally["reps"] += sum(s["rep_count"] for person in result["people"] for s in person["sets"])


def measure(name, pose, options):
    folder = ROOT / "build" / "budget" / name.replace(" ", "_").replace(",", "")
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "spotter.yaml"
    config.write_text(json.dumps({"pose": pose} if pose else {"gym": {"id": "gym_01"}}))
    tally = {"people": 0, "found": 0, "errors": [], "reps": 0, "true_reps": 0}
    for path in sorted(pathlib.Path(options.folder).glob("*.json")):
        truth = json.loads(path.read_text())
        if options.only not in path.name or "videos" not in truth or truth.get("mirror"):
            continue
        for camera, video in truth["videos"].items():
            recording = folder / (pathlib.Path(video).stem + ".jsonl")
            if not recording.exists():
                run("record", path.parent / video, recording, "-c", config)
            score_clip(truth, camera, recording, tally)
        tally["true_reps"] += sum(s.get("rep_count", 0) for s in truth["sets"]) * len(truth["videos"])
    cpu = json.loads(run("bench", options.speed, "--json", "-c", config).splitlines()[-1])["cpu_ms_per_frame"] if options.speed else float("nan")
    errors = np.array(tally["errors"])
    print(f"{name:22} found {tally['found'] / tally['people']:.3f}  within 0.1 {np.mean(errors <= 0.1):.3f}  0.2 {np.mean(errors <= 0.2):.3f}  "
          f"median {np.median(errors):.3f}  reps {tally['reps']}/{tally['true_reps']}  {cpu:.1f} ms a frame", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--only", default="")
    parser.add_argument("--speed", metavar="VIDEO")
    parser.add_argument("--setting", action="append", choices=SETTINGS, help="only this one; may be repeated")
    options = parser.parse_args()
    for name in options.setting or SETTINGS:
        measure(name, SETTINGS[name], options)


if __name__ == "__main__":
    main()
