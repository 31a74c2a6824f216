#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How well an exercise taught by one set counts other people: one demonstration, then clips of that exercise with nothing else known.

usage: bench/teach.py LABELS.csv VIDEO_DIR DEMO:REPS:FAMILY...     (DEMO: a video or .jsonl of one set; FAMILY: the labels' exercise names, joined by +)
For each demonstration: `spotter teach`, then `spotter count --exercises` with only the new file on each labelled clip of the family with one person's count.
Prints a line a clip, the share within one (OBO) and exact, and the repetitions that clips without any got under the taught name.
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SPOTTER = os.environ.get("SPOTTER", str(ROOT / "build/release/bin/spotter"))
NO_REPS = {"none", "fall", "controlled_floor_transfer", "plank"}


def taught_reps(clip, exercises):
    done = subprocess.run([SPOTTER, "count", clip, "--exercises", exercises, "--format", "json"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return 0
    people = json.loads(done.stdout)["people"]
    return max((sum(s["rep_count"] for s in p["sets"] if s["exercise"] == "taught") for p in people), default=0)


def main():
    labels, folder = sys.argv[1:3]
    rows = [row for row in csv.DictReader(open(labels)) if row["reps"] and "+" not in row["reps"]]
    within, exact, clips, phantoms = 0, 0, 0, 0
    for lesson in sys.argv[3:]:
        demo, reps, family = lesson.rsplit(":", 2)
        with tempfile.TemporaryDirectory() as exercises:
            subprocess.run([SPOTTER, "teach", "taught", "--from", demo, "--reps", reps, "-o", f"{exercises}/taught.yaml"], check=True)
            for row in rows:
                is_none = row["exercise"] in NO_REPS
                if not is_none and row["exercise"] not in family.split("+"):
                    continue
                got = taught_reps(os.path.join(folder, row["file"]), exercises)
                if is_none:
                    phantoms += got
                    continue
                low, high = int(row["reps_min"] or row["reps"]), int(row["reps_max"] or row["reps"])
                clips, within, exact = clips + 1, within + (low - 1 <= got <= high + 1), exact + (low <= got <= high)
                print(f"{family:24} {row['file']:44} {got}/{row['reps']}", flush=True)
    print(f"{clips} clips of {len(sys.argv) - 3} taught exercises: within one {within / clips:.2f}, exact {exact / clips:.2f}; phantom repetitions {phantoms}")


if __name__ == "__main__":
    main()
