#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what Spotter gets right: repetitions, names and phantoms, on every labelled set there is, in one run.

usage: bench/accuracy.py [--eval DIR] [--data DIR] [--hours H] [--only counts,synth,poses,idle] [--recordings DIR] [--record]

Runs the scoring scripts (score_counts.py, score_synth.py, score_poses.py; default ../shared/eval on ../shared/data) and counts
phantom repetitions in generated hours of people who do not exercise (idle_people.py). Prints their tables, per clip and per
exercise, then one table of figures beside the last recorded ones in bench/accuracy_baseline.json, and exits with 1 when a
figure is worse. --record writes the baseline instead. Packed data sets are unpacked to build/bench-data. $SPOTTER is the program
(default build/release/bin/spotter). Needs numpy.

--recordings measures a change of the analysis alone in minutes: every clip that has no recording in DIR yet (real/NAME.jsonl, synth/NAME.jsonl) is recorded once, and the recordings
are scored in place of the videos. They hold what the version that made them saw: whenever the perception changes (decoding, rate, networks, tracking), make them anew in an
empty folder. Figures of the perception itself (people found, joints) are those of that version, too.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import idle_people

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASELINE = ROOT / "bench" / "accuracy_baseline.json"
NUMBER = r"(-?[\d.]+)"
SKIPPED = r"-?[\d.]+"
# Figure -> (pattern in the script's output, True when more is better, the aim).
COUNTS = {
    "real clips: exact": (rf"ALL with reps +\d+ +{SKIPPED} +{NUMBER}", True, 0.92),
    "real clips: within one": (rf"ALL with reps +\d+ +{SKIPPED} +{SKIPPED} +{NUMBER}", True, 0.98),
    "real clips: live within one": (rf"ALL with reps +\d+ +{NUMBER}", True, 0.95),
    "real clips: macro-F1 of the names": (rf"macro-F1 of the exercise family {NUMBER}", True, 0.90),
    "real clips: phantom repetitions": (rf"phantom repetitions {NUMBER} in", False, 0),
    "announced after a repetition's end, p95 s": (rf"from the third on\): median {SKIPPED} s, p95 {NUMBER}", False, 0.3),
}
SYNTH = {
    "rendered: exact by person": (rf"reps per person: exact {NUMBER}", True, 0.97),
    "rendered: within one by person": (rf"reps per person: exact {SKIPPED} within one {NUMBER}", True, 1.0),
    "rendered: phantom repetitions": (rf"phantom reps {NUMBER};", False, 0),
    "rendered: sets named": (rf"sets named {NUMBER}", True, 0.97),
    "rendered: phase times, median error ms": (rf"phase times: median error {NUMBER}", False, 100),
}
POSES = {
    "given poses: within one (OBO)": (rf"ALL +n +\d+ +settled OBO {NUMBER}", True, 0.75),
    "given poses: mean relative error": (rf"ALL .*?MAE {NUMBER}", False, 0.20),
    "given poses: exact": (rf"ALL .*?exact {NUMBER}", True, 0.46),
    "given poses: live within one": (rf"ALL .*live OBO {NUMBER}", True, 0.66),
    "given poses: live mean relative error": (rf"ALL .*live OBO .*MAE {NUMBER}", False, 0.26),
}
IDLE_FIGURE = "idle people: phantom repetitions an hour"
IDLE = {IDLE_FIGURE: ("", False, 0.5)}
TOLERANCE = 0.0005  # of the printed figures


def program():
    return os.environ.get("SPOTTER", str(ROOT / "build/release/bin/spotter"))


def record_missing(clips, folder):
    """Records the clips that have no recording in the folder yet. One that cannot be recorded stays without, and fails in the scoring as it would there."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [video for video in sorted(clips.rglob("*.mp4")) if not (folder / f"{video.stem}.jsonl").exists()]
    for number, video in enumerate(missing, 1):
        print(f"recording {number} of {len(missing)}: {video.name}", flush=True)
        unfinished = folder / f"{video.stem}.unfinished.jsonl"
        done = subprocess.run([program(), "record", str(video), str(unfinished)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode == 0:
            unfinished.rename(folder / f"{video.stem}.jsonl")
        else:
            print(f"{video.name}: {done.stderr.strip()}", file=sys.stderr)


def recorded(clips, recordings, name):
    """Additions to the environment of a scoring script, for it to take the recordings of the clips in the folder `name`; none where recordings is None."""
    if recordings is None:
        return {}
    record_missing(clips, recordings / name)
    return {"SPOTTER": str(ROOT / "bench" / "recorded_spotter.py"), "RECORDED_SPOTTER": program(), "RECORDINGS": str(recordings / name)}


def run_script(folder, name, *arguments, environment=()):
    """Output of a scoring script, shown as it comes."""
    process = subprocess.Popen([sys.executable, str(folder / name), *map(str, arguments)], stdout=subprocess.PIPE, text=True,
                               env=os.environ | dict(environment))
    lines = []
    for line in process.stdout:
        print(line, end="", flush=True)
        lines.append(line)
    if process.wait() != 0:
        sys.exit(f"{name} failed with exit {process.returncode}")
    return "".join(lines)


def extract(output, patterns):
    """{figure: value} of the patterns that the output has."""
    found = {name: re.search(pattern, output) for name, (pattern, _, _) in patterns.items()}
    missing = [name for name, match in found.items() if match is None]
    if missing:
        sys.exit(f"the scoring script's output has no '{missing[0]}': its format changed")
    return {name: float(match[1]) for name, match in found.items()}


def idle_phantoms(hours):
    """Settled repetitions an hour over generated hours without any exercise."""
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in idle_people.make(folder, hours, seed=1):
            done = subprocess.run([program(), "count", path, "--format", "json"], capture_output=True, text=True, check=True)
            sets = [s for person in json.loads(done.stdout)["people"] for s in person["sets"]]
            phantoms = sum(s["rep_count"] for s in sets)
            total += phantoms
            print(f"{os.path.basename(path):20} phantom repetitions {phantoms:3}  {' '.join(s['exercise'] for s in sets)}", flush=True)
            os.unlink(path)
    return {IDLE_FIGURE: round(total / hours, 3)}


def unpacked(data):
    """Folder of the given-pose sequences; unpacks them on first use."""
    target = ROOT / "build" / "bench-data"
    folder = target / "countix-fitness-pose"
    if not (folder / "index.csv").exists():
        subprocess.run(["bash", str(data / "bench" / "unpack.sh"), str(target), "countix-fitness-pose"], check=True)
    return folder


def measure(options):
    parts = options.only.split(",")
    figures = {}
    if "counts" in parts:
        clips = options.data / "videos"
        environment = recorded(clips, options.recordings, "real")
        figures |= extract(run_script(options.eval, "score_counts.py", clips / "labels.csv", clips, environment=environment), COUNTS)
    if "synth" in parts:
        clips = options.data / "synth"
        environment = recorded(clips, options.recordings, "synth")
        figures |= extract(run_script(options.eval, "score_synth.py", clips, environment=environment), SYNTH)
    if "poses" in parts:
        figures |= extract(run_script(options.eval, "score_poses.py", unpacked(options.data)), POSES)
    if "idle" in parts:
        figures |= idle_phantoms(options.hours)
    return figures


def compare(figures, baseline):
    """Prints the table; returns the figures that are worse than recorded."""
    rules = COUNTS | SYNTH | POSES | IDLE
    worse = []
    print(f"\n{'figure':46} {'now':>8} {'recorded':>9} {'aim':>7}")
    for name, value in figures.items():
        _, more_is_better, aim = rules[name]
        recorded = baseline.get(name)
        loss = 0 if recorded is None else (recorded - value if more_is_better else value - recorded)
        if loss > TOLERANCE:
            worse.append(name)
        mark = "WORSE" if loss > TOLERANCE else "" if (value >= aim if more_is_better else value <= aim) else "below the aim"
        print(f"{name:46} {value:8.3f} {'-' if recorded is None else format(recorded, '9.3f'):>9} {aim:7.2f} {mark}")
    return worse


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=pathlib.Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--hours", type=float, default=4)
    parser.add_argument("--only", default="counts,synth,poses,idle")
    parser.add_argument("--recordings", type=pathlib.Path, help="folder of recordings that are scored in place of the videos; missing ones are made")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    baseline = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    figures = measure(options)
    worse = compare(figures, baseline)
    if options.record:
        BASELINE.write_text(json.dumps(baseline | figures, indent=2) + "\n", encoding="utf-8")
        return
    if worse:
        sys.exit(f"worse than recorded: {', '.join(worse)}")


if __name__ == "__main__":
    main()
