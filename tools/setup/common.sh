# SPDX-License-Identifier: Apache-2.0
# Shared by the steps of tools/setup.sh. Every step is quiet when there is nothing to do; a failure is one line on stderr.

# Half-done downloads; gone when the script ends, however it ends.
SPOTTER_SCRATCH=$SPOTTER_CACHE/scratch.$$
trap 'rm -rf "$SPOTTER_SCRATCH"' EXIT

say() { printf 'setup: %s\n' "$*"; }

fail() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

sha256_of() { sha256sum "$1" | cut -d' ' -f1; }

# matches FILE SHA256: the file is there and is the one that was recorded.
matches() { [ -f "$1" ] && [ "$(sha256_of "$1")" = "$2" ]; }

# need_space MEGABYTES WHAT: before something is downloaded or built.
need_space() {
  local place free
  for place in "$SPOTTER_DEPS" "$SPOTTER_CACHE"; do
    mkdir -p "$place" 2>/dev/null || fail "Cannot create $place: make it writable, or name another cache folder in SPOTTER_CACHE."
    free=$(df -Pm "$place" | awk 'NR == 2 { print $4 }')
    [ "${free:-0}" -ge "$1" ] ||
      fail "The disk of $place has ${free:-0} MB free and $2 needs $1 MB: free some space, or name a cache folder elsewhere in SPOTTER_CACHE."
  done
}

# explain_failure LOG SENTENCE: the one line for a command that failed, from what it wrote.
explain_failure() {
  if grep -qiE 'no space left on device|ENOSPC' "$1"; then
    fail "The disk is full: free some space and run the same command again."
  fi
  if grep -qiE 'certificate verify failed|SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY)|CERT_HAS_EXPIRED' "$1"; then
    fail "$2: the server's certificate is not trusted here. Add your proxy's certificate to the system's (update-ca-certificates), then run the same command again (details: $1)."
  fi
  if grep -qiE 'ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|network|connection (error|refused|broken)|NewConnectionError|timed out|temporary failure' "$1"; then
    fail "$2: the server does not answer. Check the network and the proxy, then run the same command again (details: $1)."
  fi
  fail "$2: $(grep -iE 'error|^E:' "$1" | tail -n 1 | cut -c1-200) (details: $1)."
}

# run_logged NAME SENTENCE COMMAND...: keeps the output in a log, shows it only when the command fails.
run_logged() {
  local log="$SPOTTER_DEPS/log/$1.log" sentence="$2"
  shift 2
  mkdir -p "$SPOTTER_DEPS/log"
  "$@" >"$log" 2>&1 || explain_failure "$log" "$sentence"
}
