#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What set-up does when the world is not as it should be. No test needs the network: registries are closed ports or small stand-ins.
#   tools/setup_test.sh CASE       (ctest runs each case; 77 = skipped)
set -uo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
mkdir -p "$TMP/bin" "$TMP/home"
export HOME=$TMP/home SPOTTER_DEPS=$TMP/deps SPOTTER_CACHE=$TMP/cache SPOTTER_MANIFEST=$TMP/models.yaml
CLOSED_PORT=http://127.0.0.1:9  # nothing listens on "discard"

# step FUNCTION ARGUMENT...: one step of tools/setup.sh by itself; sets status, out, err.
step() {
  (
    set -euo pipefail
    SPOTTER_ROOT=$ROOT
    mkdir -p "$SPOTTER_DEPS" "$SPOTTER_CACHE"
    for name in common debian openvino models; do . "$ROOT/tools/setup/$name.sh"; done
    "$@"
  ) >"$TMP/out" 2>"$TMP/err"
  status=$?
}

# stand_in NAME BODY: a program that is found before the real one.
stand_in() {
  printf '#!/bin/bash\n%s\n' "$2" >"$TMP/bin/$1"
  chmod +x "$TMP/bin/$1"
  export PATH="$TMP/bin:$PATH"
}

# manifest FILE-CONTENT: one package with one file of that content.
manifest() {
  cat >"$SPOTTER_MANIFEST" <<END
models:
  - id: test
    package: "@test/net"
    version: 1.2.3
    files:
      - {path: net/a.tflite, sha256: $(printf '%s' "$1" | sha256sum | cut -d' ' -f1)}
END
}

# npm_gives CONTENT: `npm pack` makes a package whose net/a.tflite has that content.
npm_gives() {
  stand_in npm "
    while [ \$# -gt 0 ]; do [ \"\$1\" = --pack-destination ] && folder=\$2; shift; done
    mkdir -p $TMP/pack/package/net && printf '%s' '$1' >$TMP/pack/package/net/a.tflite
    echo called >>$TMP/npm-calls
    tar -czf \"\$folder/net.tgz\" -C $TMP/pack package"
}

# fails_with TEXT...: exit status not 0 and exactly one line on stderr, which has every text.
fails_with() {
  [ "$status" -ne 0 ] || broken "it should have failed"
  [ "$(wc -l <"$TMP/err")" -eq 1 ] || broken "it should say one line"
  local text
  for text in "$@"; do grep -qF -- "$text" "$TMP/err" || broken "the message lacks '$text'"; done
}

broken() {
  echo "FAILED: $1"
  echo "status $status, stdout:" && cat "$TMP/out"
  echo "stderr:" && cat "$TMP/err"
  exit 1
}

case_model_is_installed_once_and_then_left_alone() {
  manifest good
  npm_gives good
  step install_models
  [ "$status" -eq 0 ] && [ "$(cat "$SPOTTER_DEPS/models/a.tflite")" = good ] || broken "the file should be there"
  step install_models
  [ "$status" -eq 0 ] && [ ! -s "$TMP/out" ] || broken "a second run should have nothing to say"
  [ "$(wc -l <"$TMP/npm-calls")" -eq 1 ] || broken "a second run should not download"
}

case_second_checkout_uses_the_cache() {
  manifest good
  npm_gives good
  step install_models
  SPOTTER_DEPS=$TMP/deps2
  step install_models
  [ "$status" -eq 0 ] && [ "$(cat "$TMP/deps2/models/a.tflite")" = good ] || broken "the file should be there"
  [ "$(wc -l <"$TMP/npm-calls")" -eq 1 ] || broken "the second checkout should not download"
}

case_altered_download_is_refused() {
  manifest good
  npm_gives altered
  step install_models
  fails_with "a.tflite from @test/net 1.2.3 has a wrong checksum" "run the same command again"
  [ ! -e "$SPOTTER_DEPS/models/a.tflite" ] || broken "an altered file must not be installed"
  [ -z "$(ls "$SPOTTER_CACHE")" ] || broken "an altered file must not be kept"
}

case_altered_model_is_put_back() {
  manifest good
  npm_gives good
  step install_models
  echo more >>"$SPOTTER_DEPS/models/a.tflite"
  step install_models
  [ "$status" -eq 0 ] && [ "$(cat "$SPOTTER_DEPS/models/a.tflite")" = good ] || broken "the file should be as recorded"
  grep -q 'a.tflite was altered' "$TMP/out" || broken "it should say so"
}

case_altered_cache_is_downloaded_again() {
  manifest good
  npm_gives good
  step install_models
  for file in "$SPOTTER_CACHE"/*; do echo more >>"$file"; done
  rm -r "$SPOTTER_DEPS/models"
  step install_models
  [ "$status" -eq 0 ] && [ "$(cat "$SPOTTER_DEPS/models/a.tflite")" = good ] || broken "the file should be as recorded"
}

case_npm_registry_does_not_answer() {
  command -v npm >/dev/null || exit 77
  manifest good
  export npm_config_registry=$CLOSED_PORT npm_config_cache=$TMP/npm
  step install_models
  fails_with "@test/net 1.2.3 could not be downloaded" "the server does not answer" "Check the network"
}

case_wheel_registry_does_not_answer() {
  python3 -m pip --version >/dev/null 2>&1 || /usr/bin/python3 -m pip --version >/dev/null 2>&1 || exit 77
  unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL
  export PIP_CONFIG_FILE=/dev/null PIP_INDEX_URL=$CLOSED_PORT/simple PIP_TIMEOUT=2
  step install_openvino
  fails_with "OpenVINO" "could not be downloaded" "the server does not answer"
}

case_altered_wheel_is_refused() {
  stand_in python3 'while [ $# -gt 0 ]; do [ "$1" = --dest ] && mkdir -p "$2" && echo other >"$2/openvino.whl"; shift; done'
  step install_openvino
  fails_with "OpenVINO" "has a wrong checksum" "tools/setup/openvino.lock"
  [ ! -e "$SPOTTER_DEPS/openvino" ] || broken "an altered wheel must not be unpacked"
}

case_debian_mirror_does_not_answer() {
  stand_in dpkg-query 'exit 1'
  stand_in sudo '"$@"'
  stand_in apt-get 'echo "E: Failed to fetch the package list  Temporary failure resolving the host" >&2; exit 100'
  step install_packages build
  fails_with "Debian's package list could not be fetched" "the server does not answer"
}

case_missing_packages_without_root() {
  stand_in dpkg-query 'exit 1'
  stand_in id 'echo 1000'
  stand_in apt-get 'exit 1'
  PATH=$TMP/bin:$(path_without sudo)
  step install_packages build
  fails_with "there is no sudo" "apt-get install --no-install-recommends" "ninja-build"
}

case_another_vendors_npm_will_do() {
  stand_in dpkg-query 'for name; do :; done; [ "$name" != npm ] && echo installed'
  stand_in npm 'exit 0'
  stand_in apt-get 'exit 1'
  step install_packages build
  [ "$status" -eq 0 ] && [ ! -s "$TMP/out" ] || broken "nothing should be installed"
}

# path_without NAME: a folder with every system program but that one.
path_without() {
  mkdir -p "$TMP/system"
  ln -sf /usr/bin/* /usr/local/bin/* "$TMP/system/" 2>/dev/null
  rm -f "$TMP/system/$1"
  echo "$TMP/system"
}

case_missing_compiler() {
  stand_in apt-get 'exit 1'
  stand_in dpkg-query 'echo installed'
  PATH=$TMP/bin:$(path_without g++)
  cp "$ROOT/models/models.yaml" "$SPOTTER_MANIFEST"
  bash "$ROOT/tools/setup.sh" >"$TMP/out" 2>"$TMP/err"
  status=$?
  fails_with "There is no C++ compiler" "apt-get install g++"
}

case_old_compiler() {
  stand_in g++ 'echo 10'
  for tool in cmake ninja ccache pkg-config python3; do stand_in $tool 'exit 0'; done
  step check_tools
  fails_with "g++ 10 is too old" "g++ 12 or newer"
}

case_full_disk_is_seen_before_a_download() {
  manifest good
  npm_gives good
  stand_in df 'echo "Filesystem 1048576-blocks Used Available Capacity Mounted"; echo "disk 1000 988 12 99% /"'
  step install_models
  fails_with "has 12 MB free" "free some space" "SPOTTER_CACHE"
  [ ! -e "$TMP/npm-calls" ] || broken "nothing should be downloaded"
}

case_disk_fills_up_during_a_download() {
  manifest good
  stand_in npm 'echo "npm error code ENOSPC" >&2; echo "npm error nospc no space left on device, write" >&2; exit 1'
  step install_models
  fails_with "The disk is full" "free some space"
}

case_untrusted_certificate_is_named() {
  manifest good
  stand_in npm 'echo "npm error code SELF_SIGNED_CERT_IN_CHAIN" >&2; exit 1'
  step install_models
  fails_with "the server's certificate is not trusted" "update-ca-certificates"
}

case_every_file_of_the_manifest_is_read() {
  SPOTTER_MANIFEST=$ROOT/models/models.yaml
  step manifest_files
  [ "$(wc -l <"$TMP/out")" -eq "$(grep -c 'sha256:' "$SPOTTER_MANIFEST")" ] || broken "each file needs a line"
  ! grep -vE '^@[a-z/-]+ [0-9.]+ [A-Za-z0-9_./-]+ [0-9a-f]{64} models(-source)?$' "$TMP/out" || broken "a line is not whole"
}

if [ $# -ne 1 ]; then
  echo "Usage: tools/setup_test.sh CASE, one of:" && declare -F | sed -n 's/declare -f case_/  /p'
  exit 2
fi
status=0
"case_$1"
echo "passed"
