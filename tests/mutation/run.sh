#!/usr/bin/env bash
# Mutation tests with Stryker.NET, for the night: tests/mutation/run.sh [protocol] [session] [oracle]
# Fails when an area has fewer than 90 % of its mutants killed, or when a canary says that the set-up is broken.
# The reports go to artifacts/mutation. Needs git and the .NET SDK; MUTATION_PROCESSES is how many test processes run at once.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# a mutant that never stops to allocate shall not take the machine with it
export DOTNET_GCHeapHardLimit=0x80000000
stryker_version=5.1.0
reports=$PWD/artifacts/mutation
here=$PWD/tests/mutation
renice -n 19 -p $$ >/dev/null

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# the tests of an area that matter and are fast
area_of() {
  case $1 in
    protocol) project=tests/SmtpModel.Protocol.Tests without=() ;;
    session) project=tests/SmtpModel.Session.Tests without=() ;;
    oracle) project=tests/SmtpModel.Testing.Tests without=(Conformance Generation InMemory Live Shrinking Suites
      Mutants/MutantTests.cs Mutants/ScoreTests.cs Mutants/CatalogueTests.cs Mutants/JudgementTests.cs) ;;
    *) echo "mutation: there is no area '$1'; there are protocol, session and oracle" >&2; exit 2 ;;
  esac
}

# Stryker puts mutated assemblies into the tests' bin, so it gets a copy of the sources
copy_to() {
  mkdir -p "$1"
  git ls-files -z --cached --others --exclude-standard | xargs -0 ls -d 2>/dev/null | tar -c -T - | tar -x -C "$1"
  [ ${#without[@]} -eq 0 ] || (cd "$1/$project" && rm -r "${without[@]}")
  # one test that fails is enough; Stryker itself runs all of them
  mkdir -p "$1/$project/bin/Release/net10.0"
  echo '{ "stopOnFail": true }' >"$1/$project/bin/Release/net10.0/xunit.runner.json"
}

run() {
  area_of "$1"
  local tree=$work/$1/tree mutated=$work/$1/mutated output=$reports/$1 began=$SECONDS
  rm -rf "$output"
  mkdir -p "$output"
  copy_to "$tree"
  cp "$here/$1.stryker-config.json" "$tree/$project/stryker-config.json"
  (cd "$tree/$project" && exec "$work/tool/dotnet-stryker" --skip-version-check --output "$output" --verbosity debug) >"$output/stryker.log" 2>&1 &
  local stryker=$!
  trap 'kill "$stryker" 2>/dev/null || true' EXIT

  # the assembly with all mutants in it is taken aside while it is there
  until grep -q 'Injected the mutated assembly' "$output/stryker.log" || ! kill -0 "$stryker" 2>/dev/null; do sleep 1; done
  cp -r "$tree/$project/bin/Release/net10.0" "$mutated" 2>/dev/null || true
  local status=0
  wait "$stryker" || status=$?
  trap - EXIT
  if [ "$status" -ne 0 ] || ! grep -q 'Injected the mutated assembly' "$output/stryker.log"; then
    tail -n 30 "$output/stryker.log" >&2
    echo "mutation: $1: Stryker failed (exit code $status); all it said is in artifacts/mutation/$1/stryker.log" >&2
    return 1
  fi
  # back to where it was: the identifiers of tests have the path in them
  rm -r "$tree/$project/bin/Release/net10.0"
  mv "$mutated" "$tree/$project/bin/Release/net10.0"
  dotnet run -c Release "$here/Confirm.cs" -- "$here/$1.json" "$output/reports/mutation-report.json" "$tree/$project/bin/Release/net10.0/$(basename "$project").dll" "$reports" || status=$?
  echo "mutation: $1 took $(((SECONDS - began) / 60)) minutes"
  return "$status"
}

[ $# -gt 0 ] || set -- protocol session oracle
for area in "$@"; do area_of "$area"; done
dotnet tool install dotnet-stryker --version "$stryker_version" --tool-path "$work/tool" >/dev/null
failed=0
for area in "$@"; do
  # not "run || failed=1": within a condition a command that fails would not end it
  set +e
  (set -e; run "$area")
  [ $? -eq 0 ] || failed=1
  set -e
done
exit "$failed"
