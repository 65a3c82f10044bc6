#!/usr/bin/env bash
# What data costs, on synthetic pictures in a temporary folder (2 GB while it runs):
#   first    seconds from a fresh process to the first batch of 50,000 pictures that were decoded before
#   speed    images/s of the loader alone; a step of dcgan-64; the share of it that is spent on the loader
#   million  memory while 1,000,000 pictures are decoded and read twice
# Usage: bench/loading.sh [STEPS]     (training steps that are timed, default 30; run it on a quiet machine)
set -euo pipefail
cd "$(dirname "$0")/.."
steps=${1:-30}
./gander --help >/dev/null # builds
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GANDER_CACHE="$work/cache" GOMP_SPINCOUNT=1000

loading() {
  java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "app/target/gander/lib/*" \
    bench/src/main/java/io/gander/bench/Loading.java "$@"
}

loading make "$work/pictures" 50000
echo "--- decoding 50,000 PNG files of 64x64 pixels for the first time"
loading first "$work/pictures"
echo "--- the same again, decoded: five processes"
for _ in 1 2 3 4 5; do loading first "$work/pictures"; done
echo "--- speed"
loading speed "$work/pictures" "$steps"
echo "--- a million"
rm -rf "$work/cache"
loading million "$work"
