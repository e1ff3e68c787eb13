# shellcheck shell=bash
# Sourced by every script under build/: where things lie, and how a script speaks and fails.
#
# Results go to stdout as KEY=value lines, for programs; everything said to a person goes to stderr.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
artifacts=$repository/artifacts

# What the .NET CLI starts ends with it: no build node, no build server, no telemetry.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# A CI runner may start us without it; dotnet and npm do not start without it.
export HOME="${HOME:-$(getent passwd "$EUID" | cut -d: -f6)}"

# prepare.sh unpacks here what it must not install.
export PATH="$PATH:$artifacts/lab/tools/usr/bin"

say() { printf '%s\n' "$*" >&2; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# wait_until SECONDS COMMAND…: runs the command until it succeeds; fails when the time is over.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# apt_get ARGUMENT…: bounded, silent but for its errors, and patient with another package manager.
apt_get() {
  mkdir -p "$artifacts/lab"
  DEBIAN_FRONTEND=noninteractive timeout 600 apt-get -o DPkg::Lock::Timeout=120 "$@" \
    </dev/null >"$artifacts/lab/apt.log" 2>&1 || die "apt-get $* failed: $(tail -3 "$artifacts/lab/apt.log")"
}

# install_debian PACKAGE…
install_debian() {
  command -v apt-get >/dev/null || die "missing here: $* (this script knows Debian only; install them by your own means)"
  ((EUID == 0)) || die "installing $* needs root"
  say "installing from Debian: $*"
  apt_get update
  apt_get install -y --no-install-recommends "$@"
}

# share_compiler / stop_compiler: one compiler server for all builds between the two, which is only ours: csc finds a server by
# the name of its pipe, and this name is in no other build.
share_compiler() {
  export UseSharedCompilation=true SharedCompilationId="mlcontainerbuild-$$"
}

stop_compiler() {
  local directory
  for directory in /proc/[0-9]*; do
    stop_process "${directory#/proc/}" "-pipename:$SharedCompilationId"
  done
}

# stop_process PID MARK: ends a process of ours, and only ours: its command line must contain MARK, since ids are reused.
stop_process() {
  local pid=$1 mark=$2
  is_ours() { tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$mark"; } 2>/dev/null
  is_gone() { ! is_ours; }
  is_ours || return 0
  kill "$pid" 2>/dev/null || true
  wait_until 10 is_gone || kill -KILL "$pid" 2>/dev/null || true
}
