#!/bin/bash
# install.sh: brings the tools that the exports are checked with, on Debian: SPIN and the small C compiler tcc, PlantUML, and the TLA+
# grammar of tree-sitter (npm), which lands in the cache folder; and for campaigns Slurm, and the schema of Kubernetes' objects (npm too).
# What is there is kept. Without root only what comes from npm is tried.
set -eu
export DEBIAN_FRONTEND=noninteractive
here=$(cd "$(dirname "$0")" && pwd)
tools=${XDG_CACHE_HOME:-$HOME/.cache}/smtpmodel-tools
cache=$tools/tla

missing=()
command -v spin >/dev/null || missing+=(spin)
command -v tcc >/dev/null || missing+=(tcc libc6-dev)
command -v plantuml >/dev/null || missing+=(plantuml)
PATH=$PATH:/usr/sbin command -v slurmctld >/dev/null || missing+=(slurmctld slurm-client munge)
PATH=$PATH:/usr/sbin command -v slurmd >/dev/null || missing+=(slurmd)
command -v npm >/dev/null || missing+=(nodejs npm)
if [ ${#missing[@]} -gt 0 ]; then
  [ "$(id -u)" = 0 ] || { echo "install: ${missing[*]} missing, and only root can install them" >&2; exit 77; }
  # a new machine has no package lists, and old ones name files that are gone
  apt-get -q install -y --no-install-recommends "${missing[@]}" || { apt-get -q update && apt-get -q install -y --no-install-recommends "${missing[@]}"; }
fi

mkdir -p "$cache"
cp "$here/tla-parse.mjs" "$cache/parse.mjs"
if [ ! -d "$cache/node_modules/@tlaplus/tree-sitter-tlaplus" ] || [ ! -d "$cache/node_modules/web-tree-sitter" ]; then
  # without a package.json of its own, npm would look for one further up; the grammar is there as WebAssembly, so nothing is built
  echo '{ "private": true }' >"$cache/package.json"
  (cd "$cache" && npm install --ignore-scripts --no-audit --no-fund --no-update-notifier @tlaplus/tree-sitter-tlaplus@1.5.0 web-tree-sitter@0.27.1)
fi

kubernetes=$tools/kubernetes
if [ ! -d "$kubernetes/node_modules/kubernetes-models" ]; then
  mkdir -p "$kubernetes"
  echo '{ "private": true }' >"$kubernetes/package.json"
  # the last version that Node.js 18, Debian's, can load
  (cd "$kubernetes" && npm install --ignore-scripts --no-audit --no-fund --no-update-notifier kubernetes-models@4.5.1)
fi
