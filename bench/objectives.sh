#!/bin/sh
# Every loss on MNIST with the same networks and steps, without and with a regulariser: what 5,000 samples of the last step are worth to
# MNIST's classifier. Prints a line a run, as a table; whole runs are not repeated.
#
#     bench/objectives.sh FOLDER STEPS [SEED...]
set -eu
folder=$1; steps=$2; shift 2
gander=$(dirname "$0")/../gander
mkdir -p "$folder"

# name, loss, keys of the regularised row
rows='non-saturating non-saturating
non-saturating+r1 non-saturating --set objective.r1=1
minimax minimax
minimax+r1 minimax --set objective.r1=1
least-squares least-squares
least-squares+r1 least-squares --set objective.r1=1
hinge hinge
hinge+r1 hinge --set objective.r1=1
wasserstein wasserstein
wasserstein+gradient-penalty wasserstein --set objective.gradient-penalty=10
relativistic-average relativistic-average
relativistic-average+r1 relativistic-average --set objective.r1=1
relativistic-pairing relativistic-pairing
relativistic-pairing+r1+r2 relativistic-pairing --set objective.r1=1 --set objective.r2=1
non-saturating+r2 non-saturating --set objective.r2=1
non-saturating+zero-centred non-saturating --set objective.zero-centred=10
non-saturating+dragan non-saturating --set objective.dragan=10
non-saturating+gradient-penalty non-saturating --set objective.gradient-penalty=10'

for seed in "${@:-1}"; do
  echo "$rows" | while read -r name loss keys; do
    run="$folder/$name-$seed"
    # shellcheck disable=SC2086
    [ -f "$run.json" ] || { rm -rf "$run"; "$gander" train mnist-dcgan --run "$run" --set train.seed="$seed" \
      --set train.steps="$steps" --set train.threads=1 --set discriminator.norm=none --set objective.loss="$loss" \
      --set objective.penalty-every=4 --set train.measure-every="$steps" --set train.sample-every="$steps" --set guard=off \
      $keys >"$run.log" 2>&1 </dev/null &&
      "$gander" evaluate "$run" --count 5000 --json >"$run.part" 2>>"$run.log" </dev/null && mv "$run.part" "$run.json"; } ||
      { echo "| $name | $seed | $(tail -n 1 "$run.log") |"; continue; }
    tr -d ' ",' <"$run.json" | awk -F: -v name="$name" -v seed="$seed" '
      /^samples/ { made = 1 } /^real/ { made = 0 } made { value[$1] = $2 }
      END { printf "| %s | %s | %d | %.3f | %.1f | %.3f | %.3f |\n", name, seed, value["classes"], value["label_kl"], value["fd"],
        value["precision"], value["recall"] }'
  done
done
