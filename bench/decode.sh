#!/usr/bin/env bash
# How long pictures take to decode, and to decode and resize to 64 pixels, beside Pillow and torchvision.
# Usage: PYTHON=venv/bin/python bench/decode.sh FOLDER [FILES] [ROUNDS]     (default 400 and 9; run it on a quiet machine)
# PYTHON must have Pillow, numpy, torch and torchvision. The JVM's options are those of ./gander.
set -euo pipefail
folder=$(realpath "$1")
cd "$(dirname "$0")/.."
files=${2:-400}
rounds=${3:-9}
list=$(mktemp)
trap 'rm -f "$list"' EXIT

./gander --help >/dev/null # builds
find "$folder" -type f \( -iname '*.jpg' -o -iname '*.jpeg' -o -iname '*.png' \) | sort | awk -v n="$files" 'NR <= n' >"$list"
java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${GANDER_OPTS:-} -cp "app/target/gander/lib/*" \
  bench/src/main/java/io/gander/bench/Decode.java "$list" "${PYTHON:-python3}" "$rounds"
