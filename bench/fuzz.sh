#!/usr/bin/env bash
# Feeds the readers of idx, cifar, numpy and manifest files with what Jazzer makes of small whole ones, each for MINUTES.
# A file that breaks a reader is kept beside the seeds in core/src/test/resources, where the tests replay it; the log of
# each target and the corpus, from which the next run goes on, are below core/target/fuzz.
# Usage: bench/fuzz.sh MINUTES [TARGET...]     (exit code 1 if something was found)
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:?"bench/fuzz.sh MINUTES [TARGET...]"}
shift
targets=("$@")
[ $# -gt 0 ] || targets=(idx cifar numpy manifest)

mvn -B -q -Pfuzz -Dchecks=off -pl core -am test-compile \
  dependency:build-classpath -Dmdep.outputFile=target/fuzz-classpath -Dmdep.includeScope=test
inputs=core/src/test/resources/io/gander/source
work=core/target/fuzz
found=0

for target in "${targets[@]}"; do
  mkdir -p "$work/$target" "$inputs/fuzz/$target"
  corpus=("$work/$target" "$inputs/fuzz/$target")
  [ "$target" != numpy ] || corpus+=("$inputs/numpy")
  # The heap is small on purpose: what a header promises must not be allocated. A list may name any file, which one of
  # Jazzer's own detectors takes for a mistake.
  java -Xmx256m -XX:+EnableDynamicAgentLoading \
    -cp "core/target/test-classes:core/target/classes:$(cat core/target/fuzz-classpath)" \
    com.code_intelligence.jazzer.Jazzer \
    --target_class="io.gander.source.SourceFuzz\$Of${target^}" \
    --instrumentation_includes="io.gander.**:org.apache.commons.compress.**:org.apache.commons.csv.**" \
    --custom_hook_includes="io.gander.**:org.apache.commons.compress.**:org.apache.commons.csv.**" \
    --disabled_hooks=com.code_intelligence.jazzer.sanitizers.FilePathTraversal \
    --reproducer_path="$work" \
    -artifact_prefix="$inputs/fuzz/$target/" \
    -max_total_time=$((60 * minutes)) -timeout=20 -max_len=9216 -print_final_stats=1 \
    "${corpus[@]}" >"$work/$target.log" 2>&1 || found=1
  echo "$target: $(grep -E 'stat::number_of_executed_units|DONE|== Java Exception|ERROR: ' "$work/$target.log" | tail -n 3 | tr -s ' \n' ' ')"
done
exit $found
