#!/bin/sh
# How often the guard notices that modes are lost, and how often it rescues a run: each recipe with seeds 1 to N, with guard off and
# with guard: act, of the same length. Prints a line a run, then the means. One thread a run; whole runs are not repeated.
#
#     bench/guard.sh FOLDER N STEPS RECIPE...
set -eu
folder=$1; seeds=$2; steps=$3; shift 3
gander=$(dirname "$0")/../gander
mkdir -p "$folder"
for recipe in "$@"; do
  name=$(basename "$recipe" .yaml)
  for guard in off act; do
    for seed in $(seq 1 "$seeds"); do
      run="$folder/$name-$guard-$seed"
      [ -f "$run/training.png" ] || { rm -rf "$run"; "$gander" train "$recipe" --run "$run" --set train.seed="$seed" \
        --set train.threads=1 --set train.steps="$steps" --set guard="$guard" >"$run.log" 2>&1; }
      changes=$( { cat "$run/events.jsonl" 2>/dev/null || true; } | grep -c "Went back" || true)
      tail -n 1 "$run/metrics.jsonl" | sed 's/[{}"]//g' | tr ',' '\n' | awk -F: -v changes="$changes" -v seed="$seed" '
        { value[$1] = $2 }
        END { printf "seed %d modes %d good %.1f covered %.2f changes %d\n", seed, value["modes"], value["good"], value["covered"], changes }'
    done | awk -v recipe="$recipe" -v guard="$guard" '
      { print recipe ", guard " guard ": " $0; modes += $4; good += $6; whole += $8 == 1; noticed += $10 > 0 }
      END { printf "%s, guard %s, %d runs: modes %.2f, good %.1f %%, all modes in %d, changed in %d\n", recipe, guard, NR, modes / NR, good / NR, whole, noticed }'
  done
done
