# SPDX-License-Identifier: Apache-2.0
"""Links in the documents lead to files, and the `spotter` and `make` lines they show are understood."""
import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(os.environ["SPOTTER_SOURCE_DIR"])
SPOTTER = os.environ.get("SPOTTER", "")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("samples/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
SHELL_BLOCK = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def shell_lines(document):
    """The commands in a document's shell blocks: no comments, continued lines joined, no prompt."""
    for block in SHELL_BLOCK.findall(document.read_text()):
        for line in block.replace("\\\n", " ").splitlines():
            line = line.split(" #")[0].strip().removeprefix("$ ")
            if line and not line.startswith("#"):
                yield line


def help_of(command):
    """`spotter COMMAND --help`, '' when there is no such command."""
    done = subprocess.run([SPOTTER, *command, "--help"], capture_output=True, text=True, timeout=30, check=False)
    return done.stdout if done.returncode == 0 else ""


class Documents(unittest.TestCase):
    def test_there_are_some(self):
        self.assertTrue(DOCUMENTS)

    def test_relative_links_lead_to_files(self):
        for document in DOCUMENTS:
            for target in LINK.findall(document.read_text()):
                if re.match(r"[a-z]+:", target):
                    continue
                with self.subTest(f"{document.relative_to(ROOT)} -> {target}"):
                    self.assertTrue((document.parent / target).exists())

    def test_make_targets_exist(self):
        targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
        for document in DOCUMENTS:
            for line in shell_lines(document):
                match = re.match(r"(?:[A-Z_]+=\S+ )*make ([a-z-]+)", line)
                if match:
                    with self.subTest(f"{document.relative_to(ROOT)}: {line}"):
                        self.assertIn(match[1], targets)

    @unittest.skipUnless(SPOTTER, "the program was not built (no OpenVINO)")
    def test_spotter_commands_and_options_exist(self):
        seen = {}
        for document in DOCUMENTS:
            for line in shell_lines(document):
                match = re.search(r"(?:^|/|\s)spotter ([a-z-]+)(.*)", line)
                if not match:
                    continue
                command, rest = match[1], re.split(r"[|>;&]", match[2])[0]
                text = seen.setdefault(command, help_of([command]))
                with self.subTest(f"{document.relative_to(ROOT)}: {line}"):
                    self.assertTrue(text, f"no command '{command}'")
                    for option in re.findall(r"(?<=\s)(--[a-z-]+)", rest):
                        self.assertIn(option, text)


if __name__ == "__main__":
    unittest.main()
