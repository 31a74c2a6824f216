#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy on every source file of a build, several at a time, and remembers which passed.

usage: run_clang_tidy.py BUILD_DIR [--cache DIR] [--jobs N] [FILE...]
A file that passed is not looked at again until it, a header of ours that it includes, its compile command, .clang-tidy or the version of
clang-tidy changes. Without FILE: every file of compile_commands.json below src/, apps/ and tools/.
"""
import argparse
import concurrent.futures
import functools
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

CLANG_TIDY = "clang-tidy-16"
# The compiler's own warnings are GCC's business (they are errors in every build); here only the checks of .clang-tidy count.
EXTRA = ["--quiet", "--extra-arg=-w"]
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


@functools.lru_cache(maxsize=None)
def closure(path, root):
    """A file and all headers of ours that it includes, directly or not."""
    found, open_files = set(), [path]
    while open_files:
        current = open_files.pop()
        if current in found:
            continue
        found.add(current)
        for header in INCLUDE.findall(current.read_text(errors="replace")):
            for base in (root / "src", current.parent):
                if (base / header).is_file():
                    open_files.append((base / header).resolve())
                    break
    return sorted(found)


def key_of(entry, root, environment):
    """The name under which a pass is remembered; independent of where the tree lies."""
    digest = hashlib.sha256(environment.encode())
    command = entry.get("command") or " ".join(entry["arguments"])
    digest.update(command.replace(str(root), "").encode())
    for path in closure(Path(entry["file"]).resolve(), root):
        digest.update(str(path).removeprefix(str(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def tidy(build, entry):
    """None when the file passes, else what clang-tidy says."""
    done = subprocess.run([CLANG_TIDY, *EXTRA, "-p", str(build), entry["file"]], capture_output=True, text=True)
    if done.returncode == 0:
        return None
    noise = re.compile(r"^(\d+ warnings? (generated|treated)|Suppressed |Use -header-filter).*\n?", re.MULTILINE)
    return noise.sub("", done.stdout + done.stderr)


def selected(entries, root, files):
    wanted = {Path(file).resolve() for file in files}
    folders = [root / "src", root / "apps", root / "tools", root / "tests"]
    for entry in entries:
        path = Path(entry["file"]).resolve()
        if not path.is_file():  # removed since the build was configured
            continue
        if (path in wanted) if wanted else any(path.is_relative_to(folder) for folder in folders):
            yield entry


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("files", nargs="*")
    return parser.parse_intermixed_args()


def main():
    arguments = parse_arguments()
    root = Path(__file__).resolve().parent.parent
    cache = arguments.cache or arguments.build / "tidy"
    cache.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([CLANG_TIDY, "--version"], capture_output=True, text=True, check=True).stdout
    environment = version + " ".join(EXTRA) + (root / ".clang-tidy").read_text()
    entries = json.loads((arguments.build / "compile_commands.json").read_text())
    todo = []
    for entry in selected(entries, root, arguments.files):
        mark = cache / key_of(entry, root, environment)
        if not mark.exists():
            todo.append((entry, mark))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        jobs = {pool.submit(tidy, arguments.build, entry): (entry, mark) for entry, mark in todo}
        for number, job in enumerate(concurrent.futures.as_completed(jobs), 1):
            entry, mark = jobs[job]
            print(f"clang-tidy [{number}/{len(todo)}] {os.path.relpath(entry['file'], root)}", flush=True)
            if job.result() is None:
                mark.touch()
            else:
                failed += 1
                print(job.result(), flush=True)
    if failed:
        sys.exit(f"clang-tidy: {failed} file(s) with findings")


if __name__ == "__main__":
    main()
