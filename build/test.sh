#!/usr/bin/env bash
# test.sh: sets this machine up, builds, and runs every test. Needs Linux x64 and the .NET 10 SDK; root where tools are missing.
# The last line is "N passed, N failed"; the exit code is 0 only if something ran and nothing failed.
set -euo pipefail
# shellcheck source=build/lab/lab.sh
source "$(dirname "$0")/lab/lab.sh"
cd "$repository"

results=$artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

passed=0 failed=0 skipped=0

# stage NAME COMMAND…: says what is done and how long it took.
stage() {
  local name=$1 start=$EPOCHREALTIME status=0
  shift
  printf '== %s\n' "$name"
  "$@" </dev/null || status=$?
  printf '   %s: %s s\n' "$name" "$(awk "BEGIN { printf \"%.1f\", $EPOCHREALTIME - $start }")"
  return "$status"
}

finish() {
  trap - EXIT
  stop_compiler
  printf '== %d s in all\n' "$SECONDS"
  printf '%d passed, %d failed%s\n' "$passed" "$failed" "$( ((skipped == 0)) || echo ", $skipped skipped")"
  ((failed == 0 && passed > 0))
  exit
}
trap finish EXIT
trap 'failed=$((failed + 1)); exit 1' INT TERM

build() { timeout 600 dotnet build MlContainerBuild.sln --verbosity quiet -nologo -tl:off; }

run_tests() {
  timeout 780 dotnet test "tests/$1" --no-build --verbosity quiet -nologo \
    --logger "trx;LogFileName=$1.trx" --logger "console;verbosity=minimal" --results-directory "$results" \
    --blame-hang --blame-hang-timeout 300s --blame-hang-dump-type none
}

# count PROJECT STATUS: adds a project's results, which are what the runner has written, not what it has printed. A run that
# broke off without a failed test, or wrote nothing, counts as one failure.
count() {
  local counters total=0 executed=0 ok=0
  counters=$(grep -ao '<Counters [^>]*>' "$results/$1.trx" 2>/dev/null | head -1)
  attribute() { sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p" <<<"$counters"; }
  if [[ -n $counters ]]; then
    total=$(attribute total) executed=$(attribute executed) ok=$(attribute passed)
  fi
  passed=$((passed + ok))
  skipped=$((skipped + total - executed))
  if ((executed > ok)); then
    failed=$((failed + executed - ok))
  elif (($2 != 0)); then
    failed=$((failed + 1))
  fi
}

share_compiler
for step in "tools:build/lab/prepare.sh" "ONNX Runtime feed:build/lab/feed.sh" "build:build"; do
  stage "${step%%:*}" "${step#*:}" || { failed=1; exit 1; }
done

for directory in tests/*.Tests; do
  project=$(basename "$directory")
  status=0
  stage "$project" run_tests "$project" || status=$?
  count "$project" "$status"
done
