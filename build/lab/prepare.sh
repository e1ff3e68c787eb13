#!/usr/bin/env bash
# prepare.sh: gets the tools of the lab that this machine lacks. A complete machine needs no network and no root.
set -euo pipefail
# shellcheck source=build/lab/lab.sh
source "$(dirname "$0")/lab.sh"

dotnet --version >/dev/null 2>&1 || die "the .NET SDK that global.json asks for is not installed: $(cd "$repository" && dotnet --version 2>&1 | head -1)"
[[ $(uname -sm) == "Linux x86_64" ]] || die "the lab's base images are made of this machine's own files, which must be linux-x64; this is $(uname -sm)"

packages=()
need() { command -v "$1" >/dev/null || packages+=("$2"); }
need curl curl
need jq jq
need skopeo skopeo
need podman podman
need runc runc # podman's default, crun, refuses hosts that mount cgroups in hybrid mode
need nsenter util-linux
[[ -s /etc/ssl/certs/ca-certificates.crt ]] || packages+=(ca-certificates)

registry_is_missing() { ! command -v docker-registry >/dev/null; }

if ((${#packages[@]} == 0)) && ! registry_is_missing; then
  exit 0
fi

command -v apt-get >/dev/null || die "missing here: ${packages[*]} docker-registry (install them; this script knows only Debian's apt)"
say "getting from Debian: ${packages[*]}$(registry_is_missing && echo ' docker-registry')"
log=$artifacts/lab/apt.log
mkdir -p "$artifacts/lab"
apt() { timeout 300 apt-get -o DPkg::Lock::Timeout=120 "$@" >>"$log" 2>&1 </dev/null || die "apt-get $* failed: $(tail -3 "$log")"; }

if ((${#packages[@]} > 0)); then
  ((EUID == 0)) || die "installing ${packages[*]} needs root"
  apt update
  DEBIAN_FRONTEND=noninteractive apt install -y --no-install-recommends "${packages[@]}"
fi

# Unpacked, not installed: Debian's package starts a service that listens on every interface without a password.
if registry_is_missing; then
  mkdir -p "$artifacts/lab/tools"
  cd "$artifacts/lab/tools"
  apt-get download docker-registry >>"$log" 2>&1 </dev/null || { apt update; apt download docker-registry; }
  dpkg-deb --extract docker-registry_*.deb .
  rm docker-registry_*.deb
fi
