# SPDX-License-Identifier: Apache-2.0
# Debian packages of apt-packages.txt that are missing. Needs root or sudo only when there are any.

# wanted_packages GROUP...: names, one a line.
wanted_packages() {
  awk -v groups="$*" '
    BEGIN { split(groups, list, " "); for (i in list) want[list[i]] = 1 }
    /^[^#]/ && NF >= 2 { n = split($2, mine, ","); for (i = 1; i <= n; i++) if (mine[i] in want) { print $1; break } }
  ' "$SPOTTER_ROOT/tools/setup/apt-packages.txt"
}

missing_packages() {
  local name
  for name in $(wanted_packages "$@"); do
    case $name in
      # An npm from another vendor conflicts with Debian's; whichever is there will do.
      npm) command -v npm >/dev/null && continue ;;
      # Somebody's own certificates may stand in the bundle; installing the package would write it anew.
      ca-certificates) [ -s /etc/ssl/certs/ca-certificates.crt ] && continue ;;
    esac
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s ' "$name"
  done
}

# Runs a command as root and hands on the proxy settings, which sudo would drop.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo env DEBIAN_FRONTEND=noninteractive ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} "$@"
  fi
}

install_packages() {
  local missing
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "this is no Debian: the packages of tools/setup/apt-packages.txt are taken for installed."
    return
  fi
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    fail "Debian packages are missing and there is no sudo. Run as root: apt-get install --no-install-recommends $missing"
  fi
  say "installing Debian packages: $missing"
  run_logged apt-update "Debian's package list could not be fetched" as_root apt-get -q -o DPkg::Lock::Timeout=300 update
  # shellcheck disable=SC2086 # a list of names
  run_logged apt-install "Debian packages could not be installed" \
    as_root apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends $missing
}

# The packages say that the tools are there; a broken PATH or another system may disagree.
check_tools() {
  local tool
  for tool in g++ cmake ninja ccache pkg-config python3; do
    command -v "$tool" >/dev/null && continue
    [ "$tool" = g++ ] && fail "There is no C++ compiler: install Debian's package g++ (apt-get install g++) or put g++ 12 or newer on the PATH."
    fail "The program '$tool' is missing: install it (tools/setup/apt-packages.txt names Debian's package) or put it on the PATH."
  done
  [ "$(g++ -dumpversion | cut -d. -f1)" -ge 12 ] ||
    fail "g++ $(g++ -dumpversion) is too old for C++20: install g++ 12 or newer and put it first on the PATH."
}
