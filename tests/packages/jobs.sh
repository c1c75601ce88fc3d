#!/usr/bin/env bash
# The jobs for CI that docs/testing-your-server.md shows, for the night: held against the schemas that GitHub and GitLab have for them,
# and run in a repository that has this one as its submodule, with our own server as what is tested. Needs git, npm and the .NET SDK.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

job() {
  awk -v mark="<!-- ci $1 -->" '$0 == mark { on = 1; next } on && /^```yaml$/ { shown = 1; next } shown && /^```$/ { exit } shown' \
    docs/testing-your-server.md
}

mkdir -p "$work/schemas"
echo '{ "private": true }' >"$work/schemas/package.json"
# GitLab's schema comes with a program that runs its jobs; the program itself is not needed
(cd "$work/schemas" && npm install --ignore-scripts --no-audit --no-fund --no-update-notifier --silent \
  @action-validator/cli@0.6.0 @action-validator/core@0.6.0 gitlab-ci-local@4.56.0)
job github >"$work/schemas/smtp.yml"
job gitlab >"$work/schemas/.gitlab-ci.yml"
cat >"$work/schemas/gitlab.mjs" <<'END'
import fs from "node:fs";
import Ajv from "ajv";
import yaml from "js-yaml";
import schema from "gitlab-ci-local/src/schema/index.js";

const holds = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
if (!holds(yaml.load(fs.readFileSync(process.argv[2], "utf8")))) {
  console.error(holds.errors);
  process.exit(1);
}
END
(cd "$work/schemas" && found=$(node_modules/.bin/action-validator smtp.yml) && [ -z "$found" ] || { echo "$found"; exit 1; }) ||
  { echo "jobs: the job for GitHub is not as its schema has it" >&2; exit 1; }
(cd "$work/schemas" && node gitlab.mjs .gitlab-ci.yml) || { echo "jobs: the job for GitLab is not as its schema has it" >&2; exit 1; }
echo "jobs: both are as their schemas have them"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
for service in github gitlab; do
  mkdir "$work/$service"
  git clone -q --depth 1 "file://$root" "$work/$service/smtpmodel"
  cd "$work/$service"
  # the server that is tested is the one of the tool that the job installs
  printf '#!/bin/sh\nexec tools/smtpmodel serve --listen "127.0.0.1:$2"\n' >your-server
  chmod +x your-server
  echo '{ "version": 1, "deviations": [] }' >known.json
  lines=$(cd "$root" && job "$service" | sed -nE 's/^ +- (run: )?((dotnet|tools\/|\.\/).*)$/\2/p' | sed "s/2525/$port/g")
  bash -c "set -e; trap 'kill \$(jobs -p)' EXIT
$lines" >job.log 2>&1 || { cat job.log >&2; echo "jobs: the job for $service failed" >&2; exit 1; }
  [ -s junit.xml ] && [ -s report.html ] || { echo "jobs: the job for $service kept no report" >&2; exit 1; }
  cd "$root"
  echo "jobs: the one for $service works by itself"
done
