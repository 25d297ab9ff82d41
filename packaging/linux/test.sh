#!/bin/bash
# Runs all tests with the Python that is named first: those that are bound to no clock on two cores at once, then those
# with real programs, one after the other. Further arguments go to pytest; a choice by them may leave one half empty.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
python=$1
shift
NOTHING_CHOSEN=5 # pytest's status where no test was collected

run() {
    "$python" -m pytest "$@" || { [ $? = $NOTHING_CHOSEN ] && [ -n "$chosen" ] && empty=$((empty + 1)); }
}

chosen=$* empty=0
run -n 2 --dist worksteal tests/unit tests/architecture tests/fuzz "$@"
run tests/contract tests/e2e "$@"
[ $empty -lt 2 ] || { echo "No test was chosen by: $chosen" >&2; exit $NOTHING_CHOSEN; }
