#!/usr/bin/env bash
# container.sh start DIRECTORY IMAGE [PODMAN_ARGUMENT…]   pulls IMAGE and runs it hardened; podman keeps everything under DIRECTORY
# container.sh run DIRECTORY IMAGE [PODMAN_ARGUMENT…]     the same to its end, which is expected soon; its output and exit code
# container.sh podman DIRECTORY ARGUMENT…                 any other command on what is kept there: logs, inspect, secret create
# container.sh stop DIRECTORY                            ends what runs there, and unmounts what podman has mounted
#
# start prints CONTAINER=id and CONTAINER_PID, the process as this machine sees it. The container has a read-only root, no
# capability, no way to gain one, and no network but its own loopback: talk to it by  nsenter --target PID --net curl …
# Needs root.
set -euo pipefail
# shellcheck source=build/lab/lab.sh
source "$(dirname "$0")/lab.sh"

hardened=(
  --network=none --read-only --read-only-tmpfs=false --tmpfs /tmp:rw,noexec,nosuid,nodev,size=16m
  --cap-drop=all --security-opt=no-new-privileges --pids-limit=128 --memory=512m
)

# podman on storage of its own: it shares neither images nor settings nor credentials with the user's.
podman_in() {
  local directory=$1
  shift
  CONTAINERS_CONF=$repository/build/lab/containers.conf REGISTRY_AUTH_FILE=$directory/auth.json \
    timeout 120 podman --root "$directory/storage" --runroot "$(runroot "$directory")" --tmpdir "$directory/tmp" \
    --storage-driver "$(storage_driver "$directory")" "$@"
}

# Sockets lie there, whose paths are limited: podman refuses a longer one than 50 characters, which DIRECTORY may be.
runroot() { echo "/run/mlcontainerbuild-$(sha256sum <<<"$1" | cut -c1-12)"; }

# Overlay mounts need a kernel and a file system that allow them; plain copies always work.
storage_driver() {
  local probe=$1/probe
  if [[ ! -f $1/driver ]]; then
    mkdir -p "$probe"/{lower,upper,work,merged}
    if mount -t overlay overlay -o "lowerdir=$probe/lower,upperdir=$probe/upper,workdir=$probe/work" "$probe/merged" 2>/dev/null; then
      umount "$probe/merged"
      echo overlay >"$1/driver"
    else
      echo vfs >"$1/driver"
    fi
    rm -rf "$probe"
  fi
  cat "$1/driver"
}

# Prints the directory as podman wants it.
prepare() {
  ((EUID == 0)) || die "running a container needs root here"
  mkdir -p "$1"
  [[ -f $1/auth.json ]] || echo '{}' >"$1/auth.json"
  cd "$1" && pwd
}

start() {
  local directory image=$2 container
  directory=$(prepare "$1")
  shift 2
  stop "$directory" # one that still runs here would be out of reach once its id is overwritten

  podman_in "$directory" pull --quiet --tls-verify=false "$image" >/dev/null
  container=$(podman_in "$directory" run --detach "${hardened[@]}" "$@" "$image")
  echo "$container" >"$directory/container"
  printf 'CONTAINER=%s\nCONTAINER_PID=%s\n' "$container" "$(podman_in "$directory" inspect --format '{{.State.Pid}}' "$container")"
}

run() {
  local directory image=$2
  directory=$(prepare "$1")
  shift 2
  podman_in "$directory" run --rm --quiet --tls-verify=false "${hardened[@]}" "$@" "$image"
}

stop() {
  [[ -d $1 ]] || return 0
  local directory
  directory=$(cd "$1" && pwd)
  if [[ -f $directory/container ]]; then
    podman_in "$directory" rm --force --time 5 "$(<"$directory/container")" >/dev/null
    rm -f "$directory/container"
  fi
  # podman mounts its storage on itself, and nobody could delete the directory.
  ! mountpoint -q "$directory/storage/overlay" || umount "$directory/storage/overlay"
  rm -rf "$(runroot "$directory")"
}

case ${1:-} in
  start) start "${@:2}" ;;
  run) run "${@:2}" ;;
  podman) podman_in "$(prepare "$2")" "${@:3}" ;;
  stop) stop "$2" ;;
  *) die "usage: container.sh start|run DIRECTORY IMAGE [PODMAN_ARGUMENT…] | podman DIRECTORY ARGUMENT… | stop DIRECTORY" ;;
esac
