#!/bin/bash
# Installs what `make bench` needs beside the set-up: headers for its C programs, tools for its network, and the peers.
# A peer that can't be installed is told and left out; the benchmark then takes what was measured earlier.
#   bench_peers.sh [quick]     quick: TigerVNC alone
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
log=build/bench_peers.log
selkies=build/peers/selkies
tools="pkg-config libx11-dev libxext-dev libxft-dev libxtst-dev iproute2 ethtool xdotool"
tigervnc="tigervnc-scraping-server tigervnc-viewer"
gstreamer="gstreamer1.0-tools gstreamer1.0-x gstreamer1.0-libav gstreamer1.0-plugins-base gstreamer1.0-plugins-good
    gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly"

say() { echo "bench: $*"; }

installed() {
    local package
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || return 1
    done
}

# Installs a set of packages unless all of them are there; false if that can't be.
have() {
    installed "$@" && return
    say "installing $*"
    DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 \
        install --no-install-recommends "$@" >>"$log" 2>&1 </dev/null
}

peer() {
    local name=$1
    shift
    have "$@" || say "$name can't be installed (see $log)"
}

# Selkies comes from the package index, into an environment of its own.
have_selkies() {
    [ -x "$selkies/bin/selkies" ] && return
    say "installing Selkies into $selkies"
    { python3 -m venv --clear "$selkies" && "$selkies/bin/pip" install --disable-pip-version-check selkies==2.1.0; } \
        >>"$log" 2>&1 </dev/null
}

main() {
    mkdir -p build
    : >"$log"
    [ "$(id -u)" = 0 ] || { say "please run it as root: it makes networks and groups of processes" >&2; exit 1; }
    # shellcheck disable=SC2086 # lists of words on purpose
    {
        installed $tools $tigervnc || apt-get -q -o DPkg::Lock::Timeout=120 update >>"$log" 2>&1 || true
        have $tools || { say "these are needed and can't be installed: $tools (see $log)" >&2; exit 1; }
        peer TigerVNC $tigervnc
        [ "${1:-}" = quick ] && return
        peer x11vnc x11vnc
        peer FreeRDP freerdp2-shadow-x11 freerdp2-x11
        peer Xpra xpra python3-gi-cairo python3-pil python3-lz4 python3-netifaces
        peer Chromium chromium
        peer GStreamer $gstreamer
    }
    have_selkies || say "Selkies can't be installed (see $log)"
}

main "$@"
