#!/bin/sh
# Runs a script of this repository on the pinned Node, after installing what is missing.
#   sh scripts/with-node.sh SCRIPT [ARGUMENTS…]
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
script=$1
shift

# npm moves to the repository root; a path that somebody typed is relative to where they typed it.
typed_in=${INIT_CWD:-$PWD}
cd "$root"

stamp=node_modules/.installed-lock
lock_sum() { cksum <package-lock.json; }

# npm writes node_modules/.package-lock.json last. An older one belongs to another package-lock.json, unless the checksum
# of the last installation or its packages themselves say that only the file's time has changed.
is_installed() {
  [ -f node_modules/.package-lock.json ] || return 1
  [ package-lock.json -nt node_modules/.package-lock.json ] || return 0
  if [ -f "$stamp" ]; then
    [ "$(cat "$stamp")" = "$(lock_sum)" ]
  else
    node scripts/is-installed.js && lock_sum >"$stamp"
  fi
}

has_development_tools() { [ -f node_modules/vite/package.json ]; }

# A server or command with its web app built runs without the tools that build and test.
is_lean() {
  case $script in
    backend/server.js) [ -f frontend/dist/index.html ] ;;
    backend/cli.js) true ;;
    *) false ;;
  esac
}

install() {
  echo "Installing dependencies ($1)…" >&2
  if ! npm ci "$2" --no-audit --no-fund --loglevel=error >&2; then
    echo "The dependencies could not be installed; npm's own words are above. Check the network and the registry, then try again." >&2
    exit 1
  fi
  lock_sum >"$stamp"
}

if ! is_installed; then
  # An installation that was made without the tools stays without them; so does a production machine.
  if is_lean && { [ "${NODE_ENV:-}" = production ] || { [ -d node_modules ] && ! has_development_tools; }; }; then
    install 'without development tools' --omit=dev
  else
    install 'this takes a minute the first time' --include=dev
  fi
elif ! is_lean && ! has_development_tools; then
  install 'development tools are missing' --include=dev
fi

case $(uname -s) in
  Linux) system=linux ;;
  Darwin) system=darwin ;;
  *) system=win ;;
esac
case $(uname -m) in
  aarch64 | arm64) machine=arm64 ;;
  *) machine=x64 ;;
esac

pinned=$root/node_modules/node-$system-$machine/bin
if [ -x "$pinned/node" ] && "$pinned/node" --version >/dev/null 2>&1; then
  PATH=$pinned:$PATH
  export PATH
elif [ "$(node -p 'process.versions.node.split(".")[0] >= 24' 2>/dev/null)" != true ]; then
  echo "Node 24 is needed: no build of it is available here for $system-$machine, so install it and put it first in PATH." >&2
  exit 1
fi

# Memory that glibc keeps for each thread apart is memory unused: two arenas save a serving process some 10 MB.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"

if [ "$script" = backend/cli.js ] && [ -d "$typed_in" ]; then cd "$typed_in"; fi
exec node "$root/$script" "$@"
