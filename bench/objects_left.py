#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many objects left are found an hour in videos in which nobody leaves any.

usage: objects_left.py FOLDER... [--recordings FOLDER] [--spotter PATH]

The real program records every *.mp4 in the folders; an object counts once, however often it is lost and found at its place. Only the time after a video's first
ten seconds counts: before, no object can be told (five seconds to learn the empty place, five in which it lies there). Each one is printed with its time
and box, because a real video may well show somebody who puts a weight down: those are to be taken off by eye. With --recordings, FOLDER.NAME.jsonl is kept there.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEAST_S = 10
SAME = 0.02  # of the picture: how far corners of the same object lie apart


def record(video, recording, program):
    """Perceptions of a video; recorded when they are not there yet."""
    if not recording.exists():
        unfinished = recording.with_suffix(".part.jsonl")
        done = subprocess.run([program, "record", video, unfinished], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{video}: {done.stderr.strip()}")
        unfinished.rename(recording)
    return [json.loads(line) for line in recording.read_text(encoding="utf-8").splitlines()]


def objects_of(perceptions):
    """Every object that was found, as it was first told."""
    found = []
    for perception in perceptions:
        for thing in perception.get("objects", []):
            if not any(all(abs(a - b) < SAME for a, b in zip(thing["box"], other["box"])) for other in found):
                found.append({**thing, "told": perception["pts"]})
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--recordings", type=pathlib.Path)
    parser.add_argument("--spotter", default=os.environ.get("SPOTTER", ROOT / "build/release/bin/spotter"))
    options = parser.parse_args()
    watched_s, count = 0.0, 0
    with tempfile.TemporaryDirectory() as scratch:
        recordings = options.recordings or pathlib.Path(scratch)
        recordings.mkdir(parents=True, exist_ok=True)
        for video in sorted(path for folder in options.folders for path in folder.glob("*.mp4")):
            perceptions = record(video, recordings / f"{video.parent.name}.{video.stem}.jsonl", options.spotter)
            watched_s += max(0, perceptions[-1]["pts"] - perceptions[0]["pts"] - LEAST_S) if perceptions else 0
            for thing in objects_of(perceptions):
                count += 1
                print(f"{video.name}: since {thing['since']:.1f} s, told at {thing['told']:.1f} s, box {thing['box']}", flush=True)
    hours = watched_s / 3600
    print(f"{count} objects in {hours:.2f} hours" + (f": {count / hours:.1f} an hour" if hours else ""))


if __name__ == "__main__":
    main()
