#!/bin/bash
# Runs all tests with the Python that is named first, two at a time: first those of modules, then those with real programs,
# a file at a time. Further arguments go to pytest; a choice by them may leave one half empty.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
python=$1
shift
NOTHING_CHOSEN=5 # pytest's status where no test was collected

run() {
    "$python" -m pytest "$@" || { [ $? = $NOTHING_CHOSEN ] && [ -n "$chosen" ] && empty=$((empty + 1)); }
}

chosen=$* empty=0
run -n 2 --dist worksteal tests/unit tests/architecture tests/fuzz tests/contract "$@"
run -n 2 --dist loadfile tests/e2e "$@"
[ $empty -lt 2 ] || { echo "No test was chosen by: $chosen" >&2; exit $NOTHING_CHOSEN; }
