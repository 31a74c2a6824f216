#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""CPU time per frame of `spotter bench` against its peers: same clip, same machine, same run, taking turns.

usage: bench/speed.py VIDEO [--runs N] [--precision f32]

The peers (bench/peers/) are installed into build/peers/ on the first run, by the exact versions of their requirements files. The machine is
shared and noisy: quote the ratios of the medians, not single times. Prints a table and one JSON line.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = {"mediapipe": ("requirements-mediapipe.txt", "mediapipe_pose.py"), "yolo": ("requirements-yolo.txt", "yolo11n_pose.py")}


def peer_python(name):
    """The interpreter of the peer's own environment, made on first use."""
    folder = ROOT / "build" / "peers" / name
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        print(f"installing the peer {name} into {folder.relative_to(ROOT)} ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", ROOT / "bench" / "peers" / PEERS[name][0]], check=True)
        (folder / "ready").touch()
    return python


def last_json(command):
    """Runs a command and parses the last line that is JSON."""
    env = {**os.environ, "YOLO_CONFIG_DIR": str(ROOT / "build" / "peers"), "YOLO_OFFLINE": "true"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        sys.exit(f"{command[0]} failed: {done.stderr.strip().splitlines()[-1:]}")
    return json.loads(lines[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("video")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--precision", choices=["auto", "f32"], default="auto")
    options = parser.parse_args()
    spotter = os.environ.get("SPOTTER", str(ROOT / "build/release/bin/spotter"))
    commands = {"spotter": [spotter, "bench", options.video, "--json", "--precision", options.precision]}
    for name, (_, script) in PEERS.items():
        commands[name] = [str(peer_python(name)), str(ROOT / "bench" / "peers" / script), options.video]
    results = {name: [] for name in commands}
    for _ in range(options.runs):
        for name, command in commands.items():
            results[name].append(last_json(command))
    median = {name: statistics.median(r["cpu_ms_per_frame"] for r in runs) for name, runs in results.items()}
    ours = results["spotter"][-1]
    print(f"{ours['cpu']}, {ours['cores']} cores; {options.video}, {ours['frames']} frames, precision {options.precision}, median of {options.runs}")
    for name, runs in results.items():
        label = runs[-1].get("peer", runs[-1].get("program"))
        spread = [r["cpu_ms_per_frame"] for r in runs]
        print(f"{label:95} {median[name]:7.2f} ms a frame ({min(spread):.2f}..{max(spread):.2f})  spotter / this {median['spotter'] / median[name]:.2f}")
    print(f"spotter: {ours['frames_per_s']:.0f} frames a second, first result after {ours['first_result_s']:.2f} s, peak memory {ours['peak_memory_mb']:.0f} MB")
    print(json.dumps({"median_cpu_ms": median, "runs": options.runs, "precision": options.precision}))


if __name__ == "__main__":
    main()
