# SPDX-License-Identifier: Apache-2.0
import subprocess
import tempfile
import unittest
from pathlib import Path

import check_style

SPDX_CC = f"// {check_style.SPDX}\n"


class CheckStyleTest(unittest.TestCase):
    def problems(self, path, text):
        return list(check_style.check_text(path, text))

    def assert_one_problem(self, path, text, *parts):
        problems = self.problems(path, text)
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])

    def test_clean_code_passes(self):
        self.assertEqual(self.problems("a.cc", SPDX_CC + "int main() {}\n"), [])
        self.assertEqual(self.problems("a.sh", f"#!/bin/sh\n# {check_style.SPDX}\nls /tmp\n"), [])

    def test_code_without_spdx_line(self):
        self.assert_one_problem("a.h", "#pragma once\n", "a.h:1:", "// SPDX")

    def test_text_needs_no_spdx_line(self):
        self.assertEqual(self.problems("README.md", "# Spotter\n"), [])

    def test_long_files(self):
        self.assert_one_problem("a.h", SPDX_CC + "\n" * 250, "251 lines", "at most 250")
        self.assertEqual(self.problems("a.cc", SPDX_CC + "\n" * 699), [])
        self.assert_one_problem("a.cc", SPDX_CC + "\n" * 700, "at most 700")

    def test_unfinished_work(self):
        self.assert_one_problem("a.cc", SPDX_CC + "// TO" "DO: later\n", "a.cc:2:")

    def test_paths_of_one_machine(self):
        for path in ("/ho" "me/ann/models", "/wo" "rk/main/x", "/ro" "ot/x"):
            with self.subTest(path):
                self.assert_one_problem("a.md", f"see {path}\n", "a.md:1:", "relative path")

    def test_paths_of_the_system_pass(self):
        self.assertEqual(self.problems("a.md", "/usr/share/spotter/models /dev/video0 http://host/work\n"), [])

    def test_registry_hosts(self):
        for host in ("registry.np" "mjs.org", "py" "pi.org", "gh" "cr.io"):
            with self.subTest(host):
                self.assert_one_problem("a.txt", f"https://{host}/x\n", "registry's host")

    def test_a_folder_that_tests_share(self):
        self.assert_one_problem("a_test.cc", SPDX_CC + "auto x = ::testing::Temp" "Dir() + \"x\";\n", "a_test.cc:2:", "side by side")

    def test_looks_at_tracked_and_new_files_but_not_at_ignored_ones(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            subprocess.run(["git", "init", "-q"], cwd=root, check=True)
            (root / ".gitignore").write_text("/build/\n")
            (root / "build").mkdir()
            (root / "build" / "a.h").write_text("int a;\n")
            (root / "b.h").write_text("int b;\n")
            problems = check_style.check(root)
            self.assertEqual(len(problems), 1, problems)
            self.assertIn("b.h:1:", problems[0])


if __name__ == "__main__":
    unittest.main()
