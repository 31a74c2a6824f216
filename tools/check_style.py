#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rules about text that no compiler checks.

usage: check_style.py [ROOT]
Code starts with an SPDX line; headers have at most 250 lines, other code at most 700; no notes of unfinished work, no paths of somebody's
machine, no host names of package registries, no folder
that tests share. Looks at every text file that git knows or would add. Prints file:line, exits 1.
"""
import re
import subprocess
import sys
from pathlib import Path

SPDX = "SPDX-License-Identifier: Apache-2.0"
CODE = {".h", ".cc", ".py", ".sh", ".ts", ".tsx"}
MAX_LINES = {".h": 250}
MAX_LINES_DEFAULT = 700
# Written apart, so that this file does not contain what it forbids.
FORBIDDEN = [
    (r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b", "finish it, or say it in docs/limitations.md"),
    (r"/(wo" r"rk|ro" r"ot|ho" r"me/[a-z]+|Us" r"ers/[A-Za-z]+|tm" r"p/s)/[A-Za-z]", "a path of one machine: use a relative path or an option"),
    (r"\b(registry\.np" r"mjs|registry\.ya" r"rnpkg|pythonhos" r"ted|py" r"pi|deb\.deb" r"ian|archive\.ubu" r"ntu|gh" r"cr|docker)\.(org|com|io)\b",
     "a registry's host: the tools know theirs, users may have mirrors"),
    (r"\btesting::Temp" r"Dir\(\)", "a folder that all tests share, and they run side by side: use TempDir of base/testing/temp_dir.h"),
]
# Data that is not ours to format: weights, videos, pictures, truth of the samples, recordings.
SKIPPED = {".mp4", ".png", ".jpg", ".bin", ".json", ".jsonl", ".onnx", ".tflite", ".gz", ".npy"}


def listed_files(root):
    """Paths relative to root: what git tracks or would add."""
    listing = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                             cwd=root, capture_output=True, check=True).stdout.decode()
    return [path for path in sorted(set(listing.split("\0"))) if path and (root / path).is_file()]


def check_text(path, text):
    """Every problem of one file; path is only looked at."""
    path = Path(path)
    lines = text.splitlines()
    if path.suffix in CODE:
        if not any(SPDX in line for line in lines[:2]):
            yield f"{path}:1: the first line (after #!) must be '{'// ' if path.suffix not in ('.py', '.sh') else '# '}{SPDX}'"
        limit = MAX_LINES.get(path.suffix, MAX_LINES_DEFAULT)
        if len(lines) > limit:
            yield f"{path}:{limit}: {len(lines)} lines are too many (at most {limit}): split the file by what it does"
    for number, line in enumerate(lines, 1):
        for pattern, advice in FORBIDDEN:
            found = re.search(pattern, line)
            if found:
                yield f"{path}:{number}: '{found.group()}': {advice}"


def check(root):
    problems = []
    for path in listed_files(root):
        if Path(path).suffix in SKIPPED:
            continue
        try:
            text = (root / path).read_text()
        except UnicodeDecodeError:
            problems.append(f"{path}:1: not UTF-8 text; if it is data, add its suffix to SKIPPED in tools/check_style.py")
            continue
        problems += check_text(path, text)
    return problems


def main():
    problems = check(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"check_style: {len(problems)} problem(s)")


if __name__ == "__main__":
    main()
