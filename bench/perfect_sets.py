#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says how many perfect sets something is told about.

usage: perfect_sets.py SPOTTER [--noise 0.002] [--lasts 4] [--seeds 1] [--only TEXT] [--keep DIR]
The stick figures of tests/scenarios do seven identical repetitions of each exercise, seen from nine sides, with joints that are off as those of
a pose network are: by `noise` of the frame's width and height (0.002 is 2-3 % of the figure's torso; the network's own error on rendered clips is
1-3 %), for `lasts` frames. Prints a table exercise x view: . is silence, else what was told: L live, S settled, P partial, ! another exercise
or count; behind it each of them, and the share of silent sets. The same seeds give the same figures.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "scenarios"))
from stick_figure import Person, perceptions  # noqa: E402

EXERCISES = ("squat", "goblet_squat", "deadlift", "bicep_curl", "overhead_press", "lateral_raise", "front_raise", "bent_over_row", "jumping_jack", "push_up")
VIEWS_DEG = (0, 20, 45, 70, 90, 135, 180, -45, -90)
FROM_THE_FLOOR = ("push_up", "bent_over_row")  # begin and end in their own start posture
REPETITIONS, FPS = 7, 15


def recording(exercise, yaw, options, seed):
    """JSON lines of one perfect set."""
    steps = [{"do": exercise, "reps": REPETITIONS, "tempo": 2.4}]
    if exercise not in FROM_THE_FLOOR:
        steps = [{"do": "stand", "s": 1.5}, *steps, {"do": "stand", "s": 2.0}]
    return "\n".join(perceptions([Person(steps, yaw=yaw, noise=options.noise, lasts=options.lasts, seed=seed)], FPS)) + "\n"


def told_of(events, exercise):
    """[(mark, words)]: everything that was said about the set."""
    told = []
    for event in events:
        data = event["data"]
        if event["type"] == "form_alert":
            told.append(("L", f"live {data['name']} in {data['number']}: {data['measure']} {data['value']} (limit {data['limit']})"))
        elif event["type"] == "rep_partial":
            told.append(("P", f"live partial {data['number']}"))
        elif event["type"] == "set_completed":
            for number, rep in enumerate(data["reps"], 1):
                told += [("P", f"settled partial {number}")] if rep["partial"] else []
                told += [("S", f"settled {f['name']} in {number}: {f['measure']} {f['value']} (limit {f['limit']})") for f in rep["faults"]]
            if (data["exercise"], data["rep_count"]) != (exercise, REPETITIONS):
                told.append(("!", f"{data['rep_count']} {data['exercise']}"))
    return told


def watch(spotter, text, path):
    """The events of one recording."""
    path.write_text(text, encoding="utf-8")
    done = subprocess.run([spotter, "replay", path], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def sweep(options, folder):
    """Prints a row an exercise; returns (number of sets, Counter of what was told by its first words)."""
    sets, causes = 0, collections.Counter()
    print(f"{'':16}" + "".join(f"{yaw:>6}" for yaw in VIEWS_DEG))
    for exercise in EXERCISES:
        if options.only not in exercise:
            continue
        row, details = "", []
        for yaw in VIEWS_DEG:
            marks = set()
            for seed in range(1, options.seeds + 1):
                events = watch(options.spotter, recording(exercise, yaw, options, seed), folder / f"{exercise}_{yaw}_{seed}.jsonl")
                told = told_of(events, exercise)
                marks |= {mark for mark, _ in told}
                details += [f"  {yaw} seed {seed}: {words}" for _, words in told]
                causes["sets with something told"] += any(mark != "!" for mark, _ in told)
                causes.update({words.partition(" in ")[0].rstrip(" 0123456789") for mark, words in told if mark != "!"})
                sets += 1
            row += f"{''.join(sorted(marks)) or '.':>6}"
        print(f"{exercise:16}{row}", *details, sep="\n", flush=True)
    return sets, causes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spotter")
    parser.add_argument("--noise", type=float, default=0.002)
    parser.add_argument("--lasts", type=float, default=4.0)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        sets, causes = sweep(options, folder)
    told = causes.pop("sets with something told")
    print(f"{told} of {sets} perfect sets told of: " + (", ".join(f"{name} x{n}" for name, n in causes.most_common()) or "nothing"))


if __name__ == "__main__":
    main()
