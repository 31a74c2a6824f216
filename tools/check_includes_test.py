# SPDX-License-Identifier: Apache-2.0
import tempfile
import unittest
from pathlib import Path

import check_includes


class CheckIncludesTest(unittest.TestCase):
    """Each test writes a small tree and looks at the complaints about it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.module("base", "")
        self.module("core", "DEPS base")

    def write(self, path, text):
        file = self.root / "src" / "spotter" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def module(self, folder, arguments):
        self.write(f"{folder}/CMakeLists.txt", f"spotter_add_module(NAME {folder.replace('/', '_')} {arguments})\n")

    def problems(self):
        return check_includes.check(self.root)

    def assert_one_problem(self, *parts):
        problems = self.problems()
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])

    def test_declared_include_passes(self):
        self.module("track", "DEPS core")
        self.write("track/a.cc", '#include "spotter/track/a.h"\n#include "spotter/core/pose.h"\n#include "spotter/base/result.h"\n#include <vector>\n')
        self.assertEqual(self.problems(), [])

    def test_undeclared_include_names_file_and_line(self):
        self.module("geometry", "")
        self.module("track", "DEPS core")
        self.write("track/a.cc", '\n#include "spotter/geometry/box.h"\n')
        self.assert_one_problem("track/a.cc:2:", "DEPS line does not name geometry")

    def test_dependency_on_same_layer_is_refused(self):
        self.module("track", "DEPS core")
        self.module("exercise", "DEPS core track")
        self.assert_one_problem("exercise/CMakeLists.txt:1:", "must not depend on track")

    def test_dependency_on_higher_layer_is_refused(self):
        self.module("config", "")
        self.module("media", "DEPS config")
        self.assert_one_problem("media must not depend on config")

    def test_analytics_see_only_base_geometry_core(self):
        self.module("net", "")
        self.module("floor", "DEPS core net")
        self.assert_one_problem("analytics include only base, geometry and core")

    def test_unknown_dependency_is_reported(self):
        self.module("track", "DEPS core cor")
        self.assert_one_problem("'cor', which is no module")

    def test_commented_dependency_does_not_count(self):
        self.module("geometry", "")
        self.write("track/CMakeLists.txt", "spotter_add_module(NAME track\n  DEPS core # geometry\n)\n")
        self.write("track/a.h", '#include "spotter/geometry/box.h"\n')
        self.assert_one_problem("does not name geometry")

    def test_unknown_folder_needs_a_layer(self):
        self.module("misc", "")
        self.assert_one_problem("'misc' is in no layer")

    def test_folder_without_module_is_reported(self):
        self.write("floor/a.cc", "")
        self.assert_one_problem("floor/a.cc:1:", "no spotter_add_module")

    def test_test_may_use_modules_of_test_libs_but_code_may_not(self):
        self.module("codec", "DEPS core")
        self.module("bus", "DEPS core TEST_LIBS spotter_codec")
        self.write("bus/a_test.cc", '#include "spotter/codec/json.h"\n')
        self.assertEqual(self.problems(), [])
        self.write("bus/a.cc", '#include "spotter/codec/json.h"\n')
        self.assert_one_problem("bus/a.cc:1:")

    def test_part_of_a_folder_is_a_module_of_its_own(self):
        self.module("infer", "DEPS core")
        self.module("infer/openvino", "DEPS infer")
        self.write("infer/openvino/a.cc", '#include "spotter/infer/backend.h"\n#include <openvino/openvino.hpp>\n')
        self.assertEqual(self.problems(), [])
        self.write("infer/a.cc", '#include "spotter/infer/openvino/a.h"\n')
        self.assert_one_problem("infer/a.cc:1:", "does not name infer_openvino")

    def test_third_party_headers_stay_at_home(self):
        self.module("media", "DEPS core")
        self.module("ingest", "DEPS media")
        self.write("media/a.cc", "#include <libavformat/avformat.h>\n")
        self.assertEqual(self.problems(), [])
        for header in ("libavformat/avformat.h", "libswscale/swscale.h", "openvino/openvino.hpp", "opencv2/core.hpp", "yaml-cpp/yaml.h", "CLI/CLI.hpp"):
            with self.subTest(header):
                self.write("ingest/a.cc", f"#include <{header}>\n")
                self.assert_one_problem("ingest/a.cc:1:", f"<{header}> may only be included in")

    def test_relative_include_is_refused(self):
        self.module("track", "DEPS core")
        self.write("track/a.cc", '#include "a.h"\n')
        self.assert_one_problem('"spotter/track/..."')


if __name__ == "__main__":
    unittest.main()
