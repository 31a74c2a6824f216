#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what Spotter gets right: repetitions, names, faults and phantoms, on every labelled set there is, in one run.

usage: bench/accuracy.py [--eval DIR] [--data DIR] [--suites DIR...] [--hours H] [--only PART,...] [--recordings DIR] [--record]

The parts: counts, synth and poses run the scoring scripts (score_counts.py, score_synth.py, score_poses.py; default ../shared/eval on
../shared/data); suites runs score_synth.py on each further suite of rendered gyms (--suites; ../shared/synthgym/make_suite.py DIR --seed N --private
renders one, which takes an hour); mirrored counts each real clip's recording and its mirror image, which have to give the same; idle counts
phantom repetitions in generated hours of people who do not exercise (idle_people.py); form judges right and wrong repetitions of people not seen before
(form_judge.py, half an hour); named says of which sets, real and rendered, the right family stands in the live events by the third repetition, times
which rendered sets begin and end within a second of the truth (set_times.py); perfect in how many perfect sets something is told (perfect_sets.py);
mirrors which share of real people is taken for reflections, in the real clips and all rendered suites (mirror_losses.py).
Prints their tables, per clip and per exercise, then one table of figures beside the last recorded ones in
bench/accuracy_baseline.json, and exits with 1 when a figure is worse. The networks run in bf16 where the processor has it, in f32 elsewhere, and give
slightly different joints: each has figures of its own (recordings belong to the kind of machine that made them). --record writes them instead. Packed data sets are unpacked to build/bench-data.
$SPOTTER is the program (default build/release/bin/spotter). Needs numpy.

--recordings measures a change of the analysis alone in minutes: every clip that has no recording in DIR yet (real/NAME.jsonl, synth/NAME.jsonl) is recorded once, and the recordings
are scored in place of the videos. They hold what the version that made them saw: whenever the perception changes (decoding, rate, networks, tracking), make them anew in an
empty folder. Figures of the perception itself (people found, joints) are those of that version, too.
"""
import argparse
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile

import idle_people
import mirror_losses
import set_times

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASELINE = ROOT / "bench" / "accuracy_baseline.json"
BENCH_DATA = ROOT / "build" / "bench-data"
PARTS = ["counts", "synth", "suites", "poses", "mirrored", "idle", "form", "named", "times", "perfect", "mirrors"]
NUMBER = r"(-?[\d.]+|-)"
SKIPPED = r"(?:-?[\d.]+|-)"
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
    "rendered: phase times, p90 of the error ms": (rf"phase times: .*?p90 {NUMBER}", False, None),
    "rendered: form faults, precision": (rf"faults: precision {NUMBER}", True, 0.90),
    "rendered: form faults, recall": (rf"faults: .*?recall {NUMBER}", True, 0.80),
    "rendered: reflections reported after 5 s": (rf"reflections reported \(after 5 s\) {NUMBER}", False, 0.02),
}
POSES = {
    "given poses: within one (OBO)": (rf"ALL +n +\d+ +settled OBO {NUMBER}", True, 0.75),
    "given poses: mean relative error": (rf"ALL .*?MAE {NUMBER}", False, 0.20),
    "given poses: exact": (rf"ALL .*?exact {NUMBER}", True, 0.46),
    "given poses: live within one": (rf"ALL .*live OBO {NUMBER}", True, 0.66),
    "given poses: live mean relative error": (rf"ALL .*live OBO .*MAE {NUMBER}", False, 0.26),
}
IDLE_SEEDS = (1, 7, 21, 31, 41, 51)  # the last two were never looked at when rules were made
IDLE_FIGURE = "idle people: phantom repetitions an hour"
IDLE = {IDLE_FIGURE: ("", False, 0.5)}
MIRRORED_FIGURE = "mirrored recordings that are counted otherwise"
MIRRORED = {MIRRORED_FIGURE: ("", False, 0)}
FORM = {
    "people not seen before: judged as they are": (rf"mean of \d+ movements: judged as they are {NUMBER}", True, 0.85),
    "people not seen before: right ones called wrong": (rf"right ones called wrong {NUMBER}", False, None),
}
REAL_NAMED_FIGURE, RENDERED_NAMED_FIGURE = "real clips: named by the third repetition", "rendered: named by the third repetition"
NAMED = {REAL_NAMED_FIGURE: ("", True, 0.90), RENDERED_NAMED_FIGURE: ("", True, 0.90)}
STARTS_FIGURE, ENDS_FIGURE = "rendered: set starts within 1 s", "rendered: set ends within 1 s"
TIMES = {STARTS_FIGURE: ("", True, 0.95), ENDS_FIGURE: ("", True, 0.95)}
PERFECT = {"perfect sets: told of something": (rf"{NUMBER} of \d+ perfect sets told of", False, 0)}
MIRRORS_FIGURE = "real people taken for reflections, share of frames"
MIRRORS = {MIRRORS_FIGURE: ("", False, 0.005)}
OTHER_SIDE = [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15]  # of each of the 17 COCO joints
OTHER_LANDMARK = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *((j + 1 ^ 1) - 1 for j in range(11, 33))]  # and of the 33 in space
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
            unfinished.unlink(missing_ok=True)
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
    """{figure: value} of the patterns that the output has, without the figures of nothing ("-")."""
    found = {name: re.search(pattern, output) for name, (pattern, _, _) in patterns.items()}
    missing = [name for name, match in found.items() if match is None]
    if missing:
        sys.exit(f"the scoring script's output has no '{missing[0]}': its format changed")
    return {name: float(match[1]) for name, match in found.items() if match[1] != "-"}


def counted(recording):
    """The people of a recording, with their sets."""
    done = subprocess.run([program(), "count", str(recording), "--format", "json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["people"]


def idle_phantoms(hours):
    """Settled repetitions an hour over generated hours without any exercise."""
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in IDLE_SEEDS:
            for path in idle_people.make(folder, hours / len(IDLE_SEEDS), seed=seed):
                sets = [s for person in counted(path) for s in person["sets"]]
                phantoms = sum(s["rep_count"] for s in sets)
                total += phantoms
                print(f"seed {seed:2} {os.path.basename(path):20} phantom repetitions {phantoms:3}  {' '.join(s['exercise'] for s in sets)}", flush=True)
                os.unlink(path)
    return {IDLE_FIGURE: round(total / hours, 3)}


def mirrored(line):
    """The line of a recording as a camera behind a mirror would have given it."""
    frame = json.loads(line)
    for person in frame.get("people", []):
        left, top, right, bottom = person["box"]
        person["box"] = [1 - right, top, 1 - left, bottom]
        # Places in the picture go from 0 to 1, those in space from the hips.
        for field, other_side, width in (("keypoints", OTHER_SIDE, 1), ("keypoints33", OTHER_LANDMARK, 1), ("world33", OTHER_LANDMARK, 0)):
            if joints := person.get(field):
                person[field] = [[width - joints[j][0], *joints[j][1:]] for j in other_side]
    return json.dumps(frame)


def counts(recording):
    return [[(s["exercise"], s["rep_count"], s["live_count"]) for s in person["sets"]] for person in counted(recording)]


def mirrored_differences(clips, folder):
    """How many recordings give other counts than their mirror images."""
    record_missing(clips, folder)
    recordings = sorted(folder.glob("*.jsonl"))
    differ = 0
    with tempfile.TemporaryDirectory() as temporary:
        image = pathlib.Path(temporary) / "mirrored.jsonl"
        for recording in recordings:
            image.write_text("".join(mirrored(line) + "\n" for line in recording.read_text(encoding="utf-8").splitlines()), encoding="utf-8")
            own, of_image = counts(recording), counts(image)
            differ += own != of_image
            if own != of_image:
                print(f"{recording.stem:44} {own}, mirrored {of_image}", flush=True)
    print(f"mirrored: {differ} of {len(recordings)} recordings are counted otherwise", flush=True)
    return {MIRRORED_FIGURE: differ}


def unpacked(data, name, index):
    """Folder of a packed data set; unpacks it on first use."""
    folder = BENCH_DATA / name
    if not (folder / index).exists():
        subprocess.run(["bash", str(data / "bench" / "unpack.sh"), str(BENCH_DATA), name], check=True)
    return folder


def of_suite(suite, figure):
    """The name of a rendered figure in a further suite."""
    return figure.replace("rendered", f"suite {suite.name}", 1)


def score_rendered(options, suite, recordings_name):
    environment = recorded(suite, options.recordings, recordings_name)
    # The script walks its votes by hash; a tie between two tracks falls the same way each time.
    return extract(run_script(options.eval, "score_synth.py", suite, environment=environment | {"PYTHONHASHSEED": "0"}), SYNTH)


def measure_sets(options, parts, recordings):
    """Figures of the parts named and times."""
    videos, suite = options.data / "videos", options.data / "synth"
    figures = {}
    if "named" in parts:
        record_missing(videos, recordings / "real")
        figures[REAL_NAMED_FIGURE] = set_times.real_named(options.eval, videos, recordings / "real", program())
    record_missing(suite, recordings / "synth")
    clips = set_times.rendered_people(options.eval, suite, recordings / "synth", program())
    if "named" in parts:
        figures[RENDERED_NAMED_FIGURE] = set_times.rendered_named(options.eval, clips)
    if "times" in parts:
        figures[STARTS_FIGURE], figures[ENDS_FIGURE] = set_times.rendered_times(clips)
    return {name: value for name, value in figures.items() if value is not None}


def taken_for_reflections(options, recordings):
    """The share of real people's frames, of all clips and suites together."""
    record_missing(options.data / "videos", recordings / "real")
    tallies = mirror_losses.of_clips(recordings / "real")
    for suite, name in [(options.data / "synth", "synth"), *((suite, suite.name) for suite in options.suites)]:
        record_missing(suite, recordings / name)
        tallies |= {f"{name}/{clip}": tally for clip, tally in mirror_losses.of_rendered(suite, recordings / name).items()}
    share = mirror_losses.share_lost(tallies)
    return {} if share is None else {MIRRORS_FIGURE: share}


def measure(options):
    """The figures of all parts. Where no recordings are kept, those of the parts that need them are made once."""
    with tempfile.TemporaryDirectory() as temporary:
        return measure_parts(options, options.recordings or pathlib.Path(temporary))


def measure_parts(options, recordings):
    parts = options.only.split(",")
    figures = {}
    if "counts" in parts:
        clips = options.data / "videos"
        environment = recorded(clips, options.recordings, "real")
        figures |= extract(run_script(options.eval, "score_counts.py", clips / "labels.csv", clips, environment=environment), COUNTS)
    if "synth" in parts:
        figures |= score_rendered(options, options.data / "synth", "synth")
    if "suites" in parts:
        for suite in options.suites:
            values = score_rendered(options, suite, suite.name)
            figures |= {of_suite(suite, figure): value for figure, value in values.items()}
    if "poses" in parts:
        figures |= extract(run_script(options.eval, "score_poses.py", unpacked(options.data, "countix-fitness-pose", "index.csv")), POSES)
    if "mirrored" in parts:
        figures |= mirrored_differences(options.data / "videos", recordings / "real")
    if "idle" in parts:
        figures |= idle_phantoms(options.hours)
    if "form" in parts:
        folder = unpacked(options.data, "ui-prmd", "kinect_index.csv")
        figures |= extract(run_script(ROOT / "bench", "form_judge.py", folder, environment={"SPOTTER": program()}), FORM)
    if {"named", "times"} & set(parts):
        figures |= measure_sets(options, parts, recordings)
    if "perfect" in parts:
        figures |= extract(run_script(ROOT / "bench", "perfect_sets.py", program()), PERFECT)
    if "mirrors" in parts:
        figures |= taken_for_reflections(options, recordings)
    return figures


def number_format():
    """What the networks run in on this processor."""
    cpu = pathlib.Path("/proc/cpuinfo")
    flags = cpu.read_text(encoding="utf-8") if cpu.exists() else ""
    return "bf16" if re.search(r"\b(avx512_bf16|amx_bf16)\b", flags) else "f32"


def compare(figures, baseline, suites):
    """Prints the table; returns the figures that are worse than recorded."""
    rules = COUNTS | SYNTH | POSES | MIRRORED | IDLE | FORM | NAMED | TIMES | PERFECT | MIRRORS
    rules |= {of_suite(suite, figure): rule for suite in suites for figure, rule in SYNTH.items()}
    worse = []
    if not baseline:
        print(f"\nnothing is recorded of {number_format()} yet: there is nothing to compare with")
    print(f"\n{'figure':48} {'now':>8} {'recorded':>9} {'aim':>7}")
    for name, value in figures.items():
        _, more_is_better, aim = rules[name]
        recorded = baseline.get(name)
        loss = 0 if recorded is None else (recorded - value if more_is_better else value - recorded)
        if loss > TOLERANCE:
            worse.append(name)
        reached = aim is None or (value >= aim if more_is_better else value <= aim)
        mark = "WORSE" if loss > TOLERANCE else "" if reached else "below the aim"
        print(f"{name:48} {value:8.3f} {'-' if recorded is None else format(recorded, '9.3f'):>9} {'-' if aim is None else format(aim, '7.3f'):>7} {mark}")
    return worse


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=pathlib.Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--hours", type=float, default=24, help="of people who do not exercise, in six parts of a seed each")
    parser.add_argument("--suites", type=pathlib.Path, nargs="+", default=[], help="folders with further suites of rendered gyms")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--recordings", type=pathlib.Path, help="folder of recordings that are scored in place of the videos; missing ones are made")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    if unknown := set(options.only.split(",")) - set(PARTS):
        parser.error(f"--only: no part '{min(unknown)}': the parts are {', '.join(PARTS)}")
    names = [suite.name for suite in options.suites]
    if len(set(names)) < len(names) or {"real", "synth"} & set(names):
        parser.error("--suites: the folders' names have to differ, and 'real' and 'synth' are taken")
    baselines = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    baseline = baselines.get(number_format(), {})
    figures = measure(options)
    worse = compare(figures, baseline, options.suites)
    print(f"{' '.join(['bench/accuracy.py', *sys.argv[1:]])} on {platform.processor() or platform.machine()}, {number_format()}, {os.cpu_count()} processors")
    if options.record:
        baselines[number_format()] = baseline | figures
        BASELINE.write_text(json.dumps(baselines, indent=2) + "\n", encoding="utf-8")
        return
    if worse:
        sys.exit(f"worse than recorded: {', '.join(worse)}")


if __name__ == "__main__":
    main()
