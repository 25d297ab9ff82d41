#!/bin/bash
# Runs all tests with each Python from 3.11 to 3.13 that is found (on PATH or kept by pyenv), each in an environment of
# its own under build/. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Prints the first Python of version $1 that starts, nothing if there is none.
find_python() {
    local candidate
    for candidate in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$1".*/bin/python; do
        if "$candidate" -c '' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

failed=
for version in 3.11 3.12 3.13; do
    python=$(find_python "$version")
    if [ -z "$python" ]; then
        echo "Python $version: not found, left out"
        continue
    fi
    venv=build/venv-$version
    echo "Python $version: $python"
    PYTHON=$python packaging/linux/setup.sh "$venv"
    packaging/linux/test.sh "$venv/bin/python" "$@" || failed="$failed $version"
done
if [ -n "$failed" ]; then
    echo "failed with Python$failed" >&2
    exit 1
fi
