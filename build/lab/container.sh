#!/usr/bin/env bash
# container.sh start DIRECTORY IMAGE [PODMAN_ARGUMENT…]   pulls IMAGE and runs it hardened; podman keeps everything under DIRECTORY
# container.sh stop DIRECTORY
#
# start prints CONTAINER=id and CONTAINER_PID, the process as this machine sees it. The container has a read-only root, no
# capability, no way to gain one, and no network but its own loopback: talk to it by  nsenter --target PID --net curl …
# Needs root.
set -euo pipefail
# shellcheck source=build/lab/lab.sh
source "$(dirname "$0")/lab.sh"

# podman on storage of its own: it shares neither images nor settings nor credentials with the user's.
podman_in() {
  local directory=$1
  shift
  CONTAINERS_CONF=$repository/build/lab/containers.conf REGISTRY_AUTH_FILE=$directory/auth.json \
    timeout 120 podman --root "$directory/storage" --runroot "$directory/run" --tmpdir "$directory/tmp" \
    --storage-driver "$(storage_driver "$directory")" "$@"
}

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

start() {
  local directory=$1 image=$2 container
  shift 2
  ((EUID == 0)) || die "running a container needs root here"
  mkdir -p "$directory"
  directory=$(cd "$directory" && pwd)
  stop "$directory" # one that still runs here would be out of reach once its id is overwritten
  [[ -f $directory/auth.json ]] || echo '{}' >"$directory/auth.json"

  podman_in "$directory" pull --quiet --tls-verify=false "$image" >/dev/null
  container=$(podman_in "$directory" run --detach --network=none --read-only --read-only-tmpfs=false \
    --tmpfs /tmp:rw,noexec,nosuid,nodev,size=16m --cap-drop=all --security-opt=no-new-privileges \
    --pids-limit=128 --memory=512m "$@" "$image")
  echo "$container" >"$directory/container"
  printf 'CONTAINER=%s\nCONTAINER_PID=%s\n' "$container" "$(podman_in "$directory" inspect --format '{{.State.Pid}}' "$container")"
}

stop() {
  [[ -f $1/container ]] || return 0
  local directory
  directory=$(cd "$1" && pwd)
  podman_in "$directory" rm --force --time 5 "$(<"$directory/container")" >/dev/null
  rm -f "$directory/container"
  # podman mounts its storage on itself, and nobody could delete the directory.
  ! mountpoint -q "$directory/storage/overlay" || umount "$directory/storage/overlay"
}

case ${1:-} in
  start) start "${@:2}" ;;
  stop) stop "$2" ;;
  *) die "usage: container.sh start DIRECTORY IMAGE [PODMAN_ARGUMENT…] | stop DIRECTORY" ;;
esac
