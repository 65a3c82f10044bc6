#!/bin/sh
# The 2-D mixtures by PacGAN's protocol: each recipe with seeds 1 to N, mean ± standard error of what 2,500 samples of the last
# step give. One thread a run; runs that are whole already are not repeated.
#
#     bench/mixtures.sh FOLDER N RECIPE...
set -eu
folder=$1; seeds=$2; shift 2
gander=$(dirname "$0")/../gander
mkdir -p "$folder"
for recipe in "$@"; do
  for seed in $(seq 1 "$seeds"); do
    run="$folder/$recipe-$seed"
    [ -f "$run/training.png" ] || { rm -rf "$run"; "$gander" train "$recipe" --run "$run" --set train.seed="$seed" \
      --set train.threads=1 --set train.checkpoint-every=1000000 >"$run.log" 2>&1; }
    tail -n 1 "$run/metrics.jsonl"
  done | sed 's/[{}"]//g' | tr ',' '\n' | awk -F: -v recipe="$recipe" '
    { n[$1]++; sum[$1] += $2; square[$1] += $2 * $2 }
    function row(name) {
      mean = sum[name] / n[name]
      variance = n[name] > 1 ? (square[name] - n[name] * mean * mean) / (n[name] - 1) : 0
      return sprintf("%s %.4g ± %.2g", name, mean, sqrt((variance > 0 ? variance : 0) / n[name]))
    }
    END { print recipe ", " n["modes"] " seeds: " row("modes") ", " row("good") ", " row("reverse_kl") ", " row("js") ", " row("seconds") }'
done
