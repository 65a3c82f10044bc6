#!/bin/sh
# Kills a training N times (default 100) with SIGKILL at random moments, resumes it each time through the real launcher, and
# compares the end with a run that was never stopped. Every second session writes a checkpoint after every step, so that many
# kills hit a half-written one. Usage: bench/kill.sh [N]
set -eu
kills=${1:-100}
steps=$((kills * 50)) # more than the sessions play
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

session() { # a command and its words; $every steps between checkpoints
  set -- "$@" --set train.checkpoint-every="$every" --json
  : >out
  "$root/gander" "$@" >out 2>err &
  pid=$!
  until grep -q '"event":"checkpoint"\|"event":"start"' out; do
    kill -0 "$pid" 2>/dev/null || { cat err >&2 && exit 1; }
    sleep 0.02
  done
  sleep "$(awk -v seed="$i" 'BEGIN { srand(seed); print rand() }')"
  kill -9 "$pid" 2>/dev/null || { echo "kill.sh: session $i ended before its kill" >&2 && exit 1; }
  wait "$pid" 2>/dev/null || true
  [ -z "$(find killed/checkpoints -name 'writing-*' 2>/dev/null)" ] || halves=$((halves + 1))
}

began=$(date +%s)
"$root/gander" train mnist-mlp-keras --run whole --set train.steps="$steps" >/dev/null
halves=0
i=1
every=25
session train mnist-mlp-keras --run killed --set train.steps="$steps"
while [ "$i" -lt "$kills" ]; do
  i=$((i + 1))
  every=$((i % 2 == 0 ? 1 : 25))
  session resume killed
done
at=$(sed -n 's/.*"step":\([0-9]*\).*/\1/p' out | tail -n 1)
"$root/gander" resume killed --set train.checkpoint-every=1000 >out

same() { if "$@"; then echo yes; else echo NO && verdict=1; fi; }
losses() { sed 's/,"examples_per_second".*//' "$1/metrics.jsonl"; }
losses whole >whole.losses
losses killed >killed.losses
state="checkpoints/$(printf 'step-%08d' "$steps")/state.safetensors"
verdict=0
echo "kills survived:                 $kills (the last near step $at of $steps)"
echo "of them in a half-written save: $halves"
echo "final state, bit for bit:       $(same cmp -s "whole/$state" "killed/$state")"
echo "every logged loss, once:        $(same cmp -s whole.losses killed.losses) ($(wc -l <killed.losses | tr -d ' ') lines)"
echo "every sample grid:              $(same diff -rq whole/samples killed/samples)"
echo "nothing left over:              $(same test -z "$(find killed -name '*writing*')")"
echo "took:                           $(($(date +%s) - began)) s"
case $verdict in 0) ;; *) exit 1 ;; esac
