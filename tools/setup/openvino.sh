# SPDX-License-Identifier: Apache-2.0
# The OpenVINO runtime: headers, CMake package and plugins lie in its Python wheel, which is unpacked to $SPOTTER_DEPS/openvino.

# A Python that has pip; python3 on the PATH may be one without.
python_with_pip() {
  local python
  for python in python3 /usr/bin/python3; do
    "$python" -m pip --version >/dev/null 2>&1 && { echo "$python"; return; }
  done
  fail "Python's pip is missing: install Debian's package python3-pip (apt-get install python3-pip)."
}

download_wheel() {  # VERSION PYTHON_TAG PLATFORM SHA256
  local folder="$SPOTTER_SCRATCH" python wheel
  python=$(python_with_pip) || exit 1
  need_space 500 "OpenVINO"
  say "downloading OpenVINO $1"
  rm -rf "$folder"
  run_logged openvino "OpenVINO $1 could not be downloaded" "$python" -m pip --disable-pip-version-check download "openvino==$1" --no-deps \
    --only-binary=:all: --implementation cp --abi "$2" --python-version "${2#cp}" --platform "$3" --retries 2 --no-cache-dir --dest "$folder"
  wheel=$(find "$folder" -name '*.whl' | head -n 1)
  matches "$wheel" "$4" ||
    fail "The downloaded OpenVINO $1 has a wrong checksum: the registry gives something else than tools/setup/openvino.lock records. Use another registry or mirror and run the same command again."
  mv "$wheel" "$SPOTTER_CACHE/$4"
  rm -rf "$folder"
}

install_openvino() {
  local machine version python_tag platform sha256 target="$SPOTTER_DEPS/openvino" fresh="$SPOTTER_DEPS/openvino.new"
  machine=$(uname -m)
  read -r _ version python_tag platform sha256 < <(awk -v m="$machine" '$1 == m' "$SPOTTER_ROOT/tools/setup/openvino.lock") ||
    fail "OpenVINO has no package for this processor ($machine): use an x86_64 or aarch64 machine."
  [ "$(cat "$target/.wheel-sha256" 2>/dev/null)" = "$sha256" ] && return
  if ! matches "$SPOTTER_CACHE/$sha256" "$sha256"; then
    rm -f "$SPOTTER_CACHE/$sha256"
    download_wheel "$version" "$python_tag" "$platform" "$sha256"
  fi
  need_space 300 "OpenVINO"
  say "unpacking OpenVINO $version"
  rm -rf "$fresh"
  run_logged openvino-unpack "OpenVINO could not be unpacked" unzip -q "$SPOTTER_CACHE/$sha256" \
    'openvino/cmake/*' 'openvino/include/*' 'openvino/libs/*' 'openvino-*.dist-info/*' -d "$fresh"
  mv "$fresh"/openvino-*.dist-info "$fresh/openvino/licences"
  echo "$sha256" >"$fresh/openvino/.wheel-sha256"
  rm -rf "$target"
  mv "$fresh/openvino" "$target"
  rmdir "$fresh"
}
