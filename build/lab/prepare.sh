#!/usr/bin/env bash
# prepare.sh: gets the tools of the lab that this machine lacks. A complete machine needs neither network nor root.
set -euo pipefail
# shellcheck source=build/lab/lab.sh
source "$(dirname "$0")/lab.sh"

[[ $(uname -sm) == "Linux x86_64" ]] || die "the lab makes its images of this machine's own files, which must be linux-x64; this is $(uname -sm)"
sdk=$(cd "$repository" && dotnet --version 2>&1) || die "the .NET SDK of global.json is needed: $(head -1 <<<"$sdk")"

missing=()
need() { command -v "$1" >/dev/null || missing+=("$2"); }
need curl curl
need jq jq
need skopeo skopeo
need podman podman
need runc runc # podman's default, crun, refuses machines that mount cgroups in hybrid mode
need nsenter util-linux
need htpasswd apache2-utils
need chromium chromium
[[ -s /etc/ssl/certs/ca-certificates.crt ]] || missing+=(ca-certificates)
((${#missing[@]} == 0)) || install_debian "${missing[@]}"

# Unpacked, not installed: Debian's package starts a service that listens on every interface without a password.
if ! command -v docker-registry >/dev/null; then
  mkdir -p "$artifacts/lab/tools"
  cd "$artifacts/lab/tools"
  ((EUID != 0)) || apt_get update
  say "unpacking from Debian: docker-registry"
  apt_get download docker-registry
  dpkg-deb --extract docker-registry_*.deb .
  rm docker-registry_*.deb
fi
