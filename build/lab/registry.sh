#!/usr/bin/env bash
# registry.sh start DIRECTORY [PORT]   a registry on 127.0.0.1 that keeps everything under DIRECTORY; without PORT on a free one
# registry.sh stop DIRECTORY
#
# start prints REGISTRY=localhost:PORT, REGISTRY_PID and REGISTRY_LOG, the access log in Apache's combined format: the
# witness of what was asked of the registry, and of what was not. The name is localhost, never 127.0.0.1: the .NET SDK
# speaks plain HTTP to that name only.
set -euo pipefail
# shellcheck source=build/lab/lab.sh
source "$(dirname "$0")/lab.sh"

start() {
  local directory=$1 port=${2:-0}
  mkdir -p "$directory"
  directory=$(cd "$directory" && pwd)
  stop "$directory" # one that still runs here would be out of reach once its id is overwritten
  cat >"$directory/config.yml" <<YAML
version: 0.1
log: { level: info, accesslog: { disabled: false } }
storage: { filesystem: { rootdirectory: $directory/data }, delete: { enabled: true } }
http: { addr: "127.0.0.1:$port" }
YAML

  : >"$directory/server.log"
  setsid docker-registry serve "$directory/config.yml" \
    </dev/null >"$directory/access.log" 2>"$directory/server.log" &
  local pid=$!
  echo "$pid" >"$directory/pid"

  # The server itself says which port it got, so that no other process can take it in between.
  listening_port() { sed -nE 's/.*listening on 127\.0\.0\.1:([0-9]+).*/\1/p' "$directory/server.log" | head -1; }
  answers() { port=$(listening_port) && [[ -n $port ]] && curl -fs -o /dev/null "http://127.0.0.1:$port/v2/"; }
  is_dead() { ! kill -0 "$pid" 2>/dev/null; }
  answers_or_is_dead() { answers || is_dead; }
  if ! wait_until 15 answers_or_is_dead || is_dead; then
    stop "$directory"
    die "the registry did not start: $(tail -1 "$directory/server.log")"
  fi

  printf 'REGISTRY=localhost:%s\nREGISTRY_PID=%s\nREGISTRY_LOG=%s\n' "$port" "$pid" "$directory/access.log"
}

stop() {
  local directory
  [[ -f $1/pid ]] || return 0
  directory=$(cd "$1" && pwd)
  stop_process "$(<"$directory/pid")" "$directory/config.yml"
  rm -f "$directory/pid"
}

case ${1:-} in
  start) start "${@:2}" ;;
  stop) stop "$2" ;;
  *) die "usage: registry.sh start DIRECTORY [PORT] | stop DIRECTORY" ;;
esac
