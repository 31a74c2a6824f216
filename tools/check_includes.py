#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares every #include below src/spotter with what the modules declare.

usage: check_includes.py [ROOT]
A module is a folder whose CMakeLists.txt calls spotter_add_module(NAME x DEPS ...). It may include itself, base and the modules of its
DEPS line; DEPS may only name modules of lower layers (LAYERS below, from DESIGN 2). Tests may also use the modules of their TEST_LIBS.
Some third-party headers have a home of their own (HOMES below). Prints file:line for each break and exits 1.
"""
import re
import sys
from pathlib import Path

# Low to high. Modules of one layer never include each other.
LAYERS = [
    "base",
    "geometry net",
    "core",
    "codec media infer background track identity exercise floor safety",
    "render ingest perceive bus store",
    "clip notify enrich report coach",
    "pipeline api",
    "config",
    "app",
]
LAYER = {module: level for level, modules in enumerate(LAYERS) for module in modules.split()}
# Pure state machines: they see facts (`background`: pixels that it is handed), never media, networks or files.
ANALYTICS = {"background", "track", "identity", "exercise", "floor", "safety"}
ANALYTICS_DEPS = {"base", "geometry", "core"}

# Third-party headers -> the only folders (below src/spotter) that may include them.
HOMES = [
    (r"lib(av(codec|format|util|device|filter)|sw(scale|resample))/", ["media"]),
    (r"openvino/", ["infer/openvino"]),
    (r"opencv2/", ["render", "geometry/calib"]),
    (r"yaml-cpp/", ["config"]),
    (r"CLI/", ["app"]),
    (r"date/", ["base"]),
    (r"boost/(beast|asio)", ["net"]),
    (r"curl/", ["net"]),
    (r"(sqlite3\.h|SQLiteCpp/)", ["store/sqlite"]),
    (r"(pqxx/|libpq-fe\.h)", ["store/postgres"]),
    (r"hiredis/", ["bus/redis"]),
    (r"librdkafka/", ["bus/kafka"]),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
ADD_MODULE = re.compile(r"spotter_add_module\s*\(([^)]*)\)")
KEYWORDS = {"NAME", "DEPS", "PUBLIC_LIBS", "PRIVATE_LIBS", "TEST_LIBS", "EXCLUDE"}


class Module:
    """One spotter_add_module call: its name, folder (relative to src/spotter) and what it may include."""

    def __init__(self, arguments, folder, where):
        words = {key: [] for key in KEYWORDS}
        key = None
        for word in arguments.split():
            if word in KEYWORDS:
                key = word
            elif key:
                words[key].append(word)
        self.name = words["NAME"][0] if words["NAME"] else ""
        self.folder = folder
        self.where = where
        self.top = folder.parts[0]  # the layer is that of the top folder: infer/openvino is infer
        self.deps = set(words["DEPS"]) | {"base", self.name}
        self.test_deps = {lib[len("spotter_"):] for lib in words["TEST_LIBS"] if lib.startswith("spotter_")}


def read_modules(source):
    """{folder relative to source: Module}; folders are unique, so one call a CMakeLists.txt."""
    modules = {}
    for cmake in sorted(source.rglob("CMakeLists.txt")):
        text = re.sub(r"#.*", lambda match: " " * len(match.group()), cmake.read_text())
        for call in ADD_MODULE.finditer(text):
            folder = cmake.parent.relative_to(source)
            line = text[: call.start()].count("\n") + 1
            modules[folder] = Module(call.group(1), folder, f"{cmake}:{line}")
    return modules


def owner(modules, path):
    """The module of a file or included path: that of the nearest folder above it."""
    for folder in path.parents:
        if folder in modules:
            return modules[folder]
    return None


def check_declaration(module, by_name):
    if module.top not in LAYER:
        yield f"{module.where}: '{module.top}' is in no layer: add it to LAYERS in tools/check_includes.py where DESIGN puts it"
        return
    for dep in sorted(module.deps - {module.name}):
        other = by_name.get(dep)
        if other is None:
            yield f"{module.where}: {module.name} depends on '{dep}', which is no module"
        elif other.top == module.top:
            continue  # parts of one folder, e.g. infer/openvino on infer
        elif LAYER.get(other.top, 0) >= LAYER[module.top]:
            yield (f"{module.where}: {module.name} must not depend on {dep}: it is not in a lower layer; "
                   "meet through an interface in core and join the two in pipeline or app")
        elif module.top in ANALYTICS and other.top not in ANALYTICS_DEPS:
            yield f"{module.where}: {module.name} must not depend on {dep}: analytics include only base, geometry and core"


def check_third_party(module, path, header):
    for pattern, homes in HOMES:
        if re.match(pattern, header) and not any(path.is_relative_to(home) for home in homes):
            return f"<{header}> may only be included in {' and '.join(homes)}, not in {module.name}"
    return None


def check_own(module, modules, path, header):
    target = owner(modules, Path(header).relative_to("spotter"))
    if target is None:
        return f'"{header}" belongs to no module'
    allowed = module.deps | (module.test_deps if path.name.endswith("_test.cc") else set())
    if target.name in allowed:
        return None
    return f'{module.name} includes "{header}" but its DEPS line does not name {target.name}'


def check_file(source, path, module, modules):
    for number, line in enumerate((source / path).read_text(errors="replace").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, header = match.groups()
        if header.startswith("spotter/"):
            problem = check_own(module, modules, path, header)
        elif quote == '"':
            problem = f'"{header}": write the whole path, "spotter/{path.parent.as_posix()}/..."'
        else:
            problem = check_third_party(module, path, header)
        if problem:
            yield f"{source / path}:{number}: {problem}"


def check(root):
    """Every problem, sorted by place."""
    source = root / "src" / "spotter"
    modules = read_modules(source)
    by_name = {module.name: module for module in modules.values()}
    problems = [problem for module in modules.values() for problem in check_declaration(module, by_name)]
    for file in sorted(source.rglob("*")):
        if file.suffix not in (".h", ".cc"):
            continue
        path = file.relative_to(source)
        module = owner(modules, path)
        if module is None:
            problems.append(f"{file}:1: the folder has no spotter_add_module in its CMakeLists.txt")
        else:
            problems += check_file(source, path, module, modules)
    return problems


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    problems = check(root)
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(f"check_includes: {len(problems)} problem(s)")


if __name__ == "__main__":
    main()
