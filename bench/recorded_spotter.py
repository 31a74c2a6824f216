#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stands in for spotter in the scoring scripts: reads a video's recording in place of the video, so that only what comes after the networks is done again.

usage: RECORDINGS=DIR RECORDED_SPOTTER=PROGRAM recorded_spotter.py count|record SOURCE ...

The recording of NAME.mp4 is DIR/NAME.jsonl (`spotter record`); `count` counts it, which gives what counting the video gives, and `record` copies it. A source without one
goes to PROGRAM as it is. bench/accuracy.py --recordings makes the recordings and calls this. Standard library only.
"""
import os
import pathlib
import shutil
import sys


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    command, source, *rest = sys.argv[1:]
    recording = pathlib.Path(os.environ["RECORDINGS"]) / f"{pathlib.Path(source).stem}.jsonl"
    if recording.exists() and command == "record":
        shutil.copyfile(recording, rest[0])
        return
    program = os.environ["RECORDED_SPOTTER"]
    os.execv(program, [program, command, str(recording) if recording.exists() else source, *rest])


if __name__ == "__main__":
    main()
