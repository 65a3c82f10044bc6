#!/bin/sh
# What each technique costs per step, as a ratio to the plain game: the DCGAN of mnist-dcgan at batch 64, one thread, ROUNDS rounds of all in turn,
# the fastest of each, for neighbours only ever slow a run down. Penalties come every step here; with objective.penalty-every=N their extra is paid every Nth.
#
#     bench/costs.sh FOLDER ROUNDS
set -eu
folder=$1; rounds=$2
gander=$(dirname "$0")/../gander
mkdir -p "$folder"

techniques='plain
r1 --set objective.r1=1
r1,every-16th --set objective.r1=1 --set objective.penalty-every=16
r2 --set objective.r2=1
r1+r2 --set objective.r1=1 --set objective.r2=1
gradient-penalty --set objective.gradient-penalty=10
zero-centred --set objective.zero-centred=10
dragan --set objective.dragan=10
minimax --set objective.loss=minimax
least-squares --set objective.loss=least-squares
hinge --set objective.loss=hinge
wasserstein --set objective.loss=wasserstein
relativistic-average --set objective.loss=relativistic-average
relativistic-pairing --set objective.loss=relativistic-pairing
smoothing --set objective.smoothing=0.1
spectral-norm --set discriminator.spectral-norm=true
minibatch-deviation --set discriminator.minibatch-deviation=true
batch-norm --set discriminator.norm=batch
instance-norm --set discriminator.norm=instance
layer-norm --set discriminator.norm=layer
group-norm --set discriminator.norm=group
discriminator-steps-5 --set objective.discriminator-steps=5
packing-2 --set objective.packing=2
unrolled-5 --set objective.unrolled=5
instance-noise --set objective.instance-noise=0.1
ema --set train.ema=0.999
diffaugment --set augment.kinds=[translation,cutout]
adaptive --set augment.kinds=[translation,cutout] --set augment.target=0.6
projection --set objective.labels=projection
auxiliary --set objective.labels=auxiliary'

for round in $(seq 1 "$rounds"); do
  echo "$techniques" | while read -r name keys; do
    run="$folder/$name-$round"
    rm -rf "$run"
    # shellcheck disable=SC2086
    "$gander" train mnist-dcgan --run "$run" --set train.steps=62 --set train.threads=1 --set train.measure-every=62 --set train.log-every=30 --set train.ema=0 --set guard=off \
      --set discriminator.norm=none $keys >"$run.log" 2>&1 </dev/null || { echo "$name: $(tail -n 1 "$run.log")" >&2; continue; }
    sed -n 's/.*"step":\([0-9]*\),.*"seconds":\([0-9.]*\).*/\1 \2/p' "$run/metrics.jsonl" |
      awk -v name="$name" '$1 == 30 { from = $2 } $1 == 60 { print name, ($2 - from) / 30 }'
  done
done | sort -k1,1 -k2,2n | awk '
  !($1 in best) { best[$1] = $2; order[++names] = $1 }
  END { for (i = 1; i <= names; i++) printf "| %s | %.1f ms | %.2f |\n", order[i], 1000 * best[order[i]], best[order[i]] / best["plain"] }'
