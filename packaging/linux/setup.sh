#!/bin/bash
# Makes this checkout ready to run: Debian packages where they are missing, a virtual environment, the pinned libraries,
# the project itself. Called by `make`; does nothing (in well under a second) when everything is in place.
#   setup.sh [FOLDER]     FOLDER of the virtual environment, default .venv
#   PYTHON=python3.12     takes this Python (3.11 to 3.13) instead of looking for one
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
venv=${1:-.venv}
here=packaging/linux
log=build/setup.log
started=$SECONDS

say() { echo "set-up: $*"; }

fail() {
    echo "set-up: $*" >&2
    exit 1
}

# Runs a command into the log; shows the log's end if it fails. It gets no hold of the lock: a package may start a service.
quietly() {
    "$@" >>"$log" 2>&1 </dev/null 9>&- || {
        tail -n 25 "$log" >&2
        fail "That did not work; the lines above say why, all of it is in $log. Please try again once it is put right."
    }
}

wanted_packages() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/debian-packages.txt"; }

# Names of all installed packages and of what they provide (newer Debians rename libraries and provide the old names).
installed_packages() {
    dpkg-query -W -f='${db:Status-Abbrev}\t${Package}, ${Provides}\n' |
        sed -n -e 's/^ii *\t//p' | tr ',' '\n' | sed -e 's/(.*//' -e 's/[[:space:]]//g'
}

missing_packages() { LC_ALL=C comm -23 <(wanted_packages | LC_ALL=C sort -u) <(installed_packages | LC_ALL=C sort -u); }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        quietly env "$@"
    elif [ -t 0 ]; then
        sudo true && quietly sudo env "$@"
    else
        quietly sudo -n env "$@"
    fi
}

install_packages() {
    local missing
    missing=$(missing_packages | xargs)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        fail "Please have these Debian packages installed (apt-get install $missing), then try again."
    fi
    say "installing the Debian packages $missing"
    as_root apt-get -q -o DPkg::Lock::Timeout=120 update
    # shellcheck disable=SC2086 # a list of words on purpose
    as_root DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 \
        install --no-install-recommends $missing
}

# Without apt nothing is installed for anybody: the sentence says what to install, if one of the programs is missing.
name_packages() {
    local program
    for program in gcc Xvfb openbox dbus-daemon xdotool setxkbmap import xprop xterm lpstat ipptool system-config-printer; do
        PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null ||
            fail "This system has no apt-get: please install with its own package manager what Debian calls" \
                "$(wanted_packages | xargs), then try again ('$program' is missing)."
    done
}

# A Python from 3.11 to 3.13 with venv and the headers that evdev is built with.
fits() {
    "$1" - 2>/dev/null <<'PY'
import ensurepip, pathlib, sys, sysconfig
headers = pathlib.Path(sysconfig.get_path("include"), "Python.h")
sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) and headers.exists() else 1)
PY
}

# Debian's own Python comes first, because python3-dev holds the headers of that one.
choose_python() {
    local candidate
    for candidate in ${PYTHON:-/usr/bin/python3 python3.13 python3.12 python3.11 python3}; do
        if command -v "$candidate" >/dev/null && fits "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    fail "No Python 3.11, 3.12 or 3.13 with venv and headers was found${PYTHON:+ at $PYTHON}: please install one, then try again."
}

# What the environment depends on; the folder too, since a moved environment no longer works.
fingerprint() {
    { cat requirements.lock "$here/build.lock" pyproject.toml "$here/setup.sh" && echo "$PWD/$venv ${PYTHON:-}"; } |
        sha256sum | cut -d' ' -f1
}

# True if there is an environment with a Python that fits, made at this very place: a moved one no longer works.
usable() {
    [ -z "${PYTHON:-}" ] && fits "$venv/bin/python" && head -n 1 "$venv/bin/pip" | grep -q "^#!$(realpath "$venv")/bin/"
}

works() { "$venv/bin/python" -c 'import PySide6, av, remotehelp' 2>/dev/null; }

make_environment() {
    local python
    if [ "$(cat "$venv/.set-up" 2>/dev/null)" = "$(fingerprint)" ] && works; then
        return
    fi
    rm -f "$venv/.set-up"
    if ! usable; then
        python=$(choose_python)
        say "making $venv with $("$python" --version) ($python)"
        quietly "$python" -m venv --clear "$venv"
    fi
    say "installing the pinned libraries of requirements.lock (the first time about 300 MB, a minute or two)"
    # evdev is built here, and pip knows no hashes for what it would fetch to build it: so the build tools come first
    quietly "$venv/bin/python" -m pip install --disable-pip-version-check --require-hashes -r "$here/build.lock"
    quietly "$venv/bin/python" -m pip install --disable-pip-version-check --require-hashes --no-build-isolation \
        -r requirements.lock
    quietly "$venv/bin/python" -m pip install --disable-pip-version-check --no-deps --no-build-isolation -e .
    fingerprint >"$venv/.set-up"
}

main() {
    mkdir -p build
    exec 9>build/setup.lock
    flock 9 # two `make` at once: the second waits for the first
    : >"$log"
    if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
        install_packages
    else
        name_packages
    fi
    make_environment
    say "everything is in place ($((SECONDS - started)) s)"
}

main
