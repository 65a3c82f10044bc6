#!/usr/bin/env bash
# How long the program takes to start: `gander --help`, and `gander generate` of one picture, as whole processes.
# Usage: bench/startup.sh [RUNS]     (default 9; run it on a quiet machine)
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-9}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

./gander train mnist-dcgan --set train.steps=2 --run "$work/run" >/dev/null

# Prints the median and the range of the command's seconds.
timed() {
  local name=$1
  shift
  "$@" >/dev/null # not counted: fills the caches
  for _ in $(seq "$runs"); do
    local start end
    start=$(date +%s%N)
    "$@" >/dev/null
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
  done | sort -n | awk -v name="$name" '{ t[NR] = $1 } END {
    printf "%-34s median %.2f s   min %.2f   max %.2f   (%d runs)\n", name, t[int((NR + 1) / 2)] / 1000, t[1] / 1000, t[NR] / 1000, NR }'
}

timed "gander --help" ./gander --help
timed "gander recipes" ./gander recipes
timed "gander describe mnist-dcgan" ./gander describe mnist-dcgan
timed "gander generate, one picture" ./gander generate "$work/run" --count 1 --out "$work/one.png"
