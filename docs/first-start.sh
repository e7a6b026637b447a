#!/usr/bin/env bash
# Prints how long a start takes on a built tree: from exec of ./boreal to the first query that psql has answered, on an empty
# and on a used data directory. Usage: docs/first-start.sh [RUNS] [PORT]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
runs=${1:-5}
port=${2:-5499}
command -v psql >/dev/null || { echo "first-start: needs psql" >&2; exit 1; }
./boreal --version >/dev/null # builds and prepares fast starts, if that was not done yet
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT

for kind in empty used; do
  for ((run = 1; run <= runs; run++)); do
    [ "$kind" = used ] || rm -rf "$data/data"
    began=$(date +%s%N)
    ./boreal start --data "$data/data" --port "$port" >"$data/log" 2>&1 &
    server=$!
    until answer=$(psql -h 127.0.0.1 -p "$port" -U postgres -Atc 'SELECT 41 + 1' 2>/dev/null); do
      kill -0 "$server" || { cat "$data/log"; exit 1; }
      sleep 0.01
    done
    [ "$answer" = 42 ]
    echo "$kind directory: $((($(date +%s%N) - began) / 1000000)) ms to the first answer"
    kill -TERM "$server"
    status=0
    wait "$server" || status=$?
    [ "$status" -eq 0 ] || echo "exit code $status"
  done
done
