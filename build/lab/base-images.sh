#!/usr/bin/env bash
# base-images.sh HOST:PORT [CACHE]: makes the base images that the demo and the end-to-end tests publish on, out of this
# machine's own files and without any container engine, and pushes them to the registry HOST:PORT.
#
# Prints one line an image: IMAGE=HOST:PORT/base/aspnet:10.0@sha256:…
#
#   base/runtime-deps:10.0   glibc, libstdc++, OpenSSL, CA certificates; USER 1654
#   base/aspnet:10.0         that and the .NET and ASP.NET Core runtimes; APP_UID=1654 and USER 1654, as Microsoft's chiseled images
#   base/aspnet:10.0-env     APP_UID=1654 without USER, as Microsoft's Debian images: the SDK makes APP_UID the user
#   base/aspnet:10.0-root    neither: what is published on it runs as root
#   base/aspnet:10.0-cuda    root, with the environment of NVIDIA's CUDA base images (no CUDA inside)
#   base/aspnet:10.0-multi   an index of linux/amd64 and linux/arm64 (the same bytes labelled arm64: to be published on, not to be run)
#
# There is no shell and no package manager inside. The digests depend on this machine's files only, so they stay the same
# from run to run; the images are made once and kept in CACHE (default: artifacts/lab/base-images).
set -euo pipefail
# shellcheck source=build/lab/lab.sh
source "$(dirname "$0")/lab.sh"

[[ $# -ge 1 ]] || die "usage: base-images.sh HOST:PORT [CACHE]"
registry=$1
cache=${2:-$artifacts/lab/base-images}
images=(runtime-deps:10.0 aspnet:10.0 aspnet:10.0-env aspnet:10.0-root aspnet:10.0-cuda aspnet:10.0-multi)

dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
libraries=/usr/lib/x86_64-linux-gnu
# What the runtime, OpenSSL and native inference libraries link to, and the name-service modules that glibc loads by name.
library_names=(
  libc.so.6 libm.so.6 libdl.so.2 librt.so.1 libpthread.so.0 libresolv.so.2 libnss_files.so.2 libnss_dns.so.2
  ld-linux-x86-64.so.2 libgcc_s.so.1 libstdc++.so.6 libz.so.1 libssl.so.3 libcrypto.so.3
)

# One runtime of each kind: the newest 10.0 patch.
newest() { find "$dotnet_root/$1" -mindepth 1 -maxdepth 1 -name '10.0.*' -printf '%f\n' | sort -V | tail -1; }
runtime=$(newest shared/Microsoft.NETCore.App)
aspnetcore=$(newest shared/Microsoft.AspNetCore.App)
host=$(newest host/fxr)
[[ $runtime && $aspnetcore && $host ]] || die "no .NET 10 with ASP.NET Core under $dotnet_root"

# Names the inputs, this script among them, so that a runtime update or an edit makes new images.
fingerprint() {
  {
    cat "$0"
    (cd "$libraries" && stat -Lc '%n %s %Y' "${library_names[@]}")
    stat -Lc '%n %s %Y' /etc/ssl/certs/ca-certificates.crt "$dotnet_root/dotnet"
    echo "$runtime $aspnetcore $host"
  } | sha256sum | cut -c1-16
}

make_operating_system() {
  local root=$1 name
  mkdir -p "$root"/{usr/{bin,lib/x86_64-linux-gnu,lib64},etc/ssl/certs,tmp,home/app,app,root,proc,sys,dev,run}
  ln -s usr/bin "$root/bin"
  ln -s usr/lib "$root/lib"
  ln -s usr/lib64 "$root/lib64"
  chmod 1777 "$root/tmp"
  for name in "${library_names[@]}"; do
    cp -L "$libraries/$name" "$root/usr/lib/x86_64-linux-gnu/"
  done
  ln -s ../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 "$root/usr/lib64/ld-linux-x86-64.so.2"
  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  printf '%s\n' 'root:x:0:0:root:/root:/sbin/nologin' 'app:x:1654:1654::/home/app:/sbin/nologin' >"$root/etc/passwd"
  printf '%s\n' 'root:x:0:' 'app:x:1654:' >"$root/etc/group"
  printf '%s\n' 'hosts: files dns' >"$root/etc/nsswitch.conf"
  printf '%s\n' 'ID=mlcontainerbuild-lab' 'PRETTY_NAME="MlContainerBuild lab base image"' >"$root/etc/os-release"
}

make_dotnet() {
  local root=$1/usr/share/dotnet
  mkdir -p "$1/usr/bin" "$root/host/fxr" "$root/shared/Microsoft.NETCore.App" "$root/shared/Microsoft.AspNetCore.App"
  cp "$dotnet_root/dotnet" "$root/"
  cp -r "$dotnet_root/host/fxr/$host" "$root/host/fxr/"
  cp -r "$dotnet_root/shared/Microsoft.NETCore.App/$runtime" "$root/shared/Microsoft.NETCore.App/"
  cp -r "$dotnet_root/shared/Microsoft.AspNetCore.App/$aspnetcore" "$root/shared/Microsoft.AspNetCore.App/"
  ln -s ../share/dotnet/dotnet "$1/usr/bin/dotnet"
}

digest_of() { echo "sha256:$(sha256sum <"$1" | cut -c1-64)"; }

# descriptor MEDIA_TYPE FILE: moves FILE into the layout's blobs and prints the descriptor that refers to it.
descriptor() {
  local digest size
  digest=$(digest_of "$2")
  size=$(stat -c %s "$2")
  mv "$2" "blobs/sha256/${digest#sha256:}"
  jq -cn --arg type "$1" --arg digest "$digest" --argjson size "$size" '{mediaType: $type, digest: $digest, size: $size}'
}

# layer DIRECTORY: prints {descriptor, diffId} of a layer that holds the directory's content, the same bytes every time.
layer() {
  local id
  tar --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --directory "$1" --file layer.tar .
  id=$(digest_of layer.tar)
  gzip --no-name -1 layer.tar
  jq -cn --arg id "$id" --argjson descriptor "$(descriptor application/vnd.oci.image.layer.v1.tar+gzip layer.tar.gz)" \
    '{descriptor: $descriptor, diffId: $id}'
}

# image ARCHITECTURE USER ENVIRONMENT LAYER…: prints the descriptor of the manifest. ENVIRONMENT is a JSON array, USER may be empty.
image() {
  local architecture=$1 user=$2 environment=$3 layers config
  shift 3
  layers=$(printf '%s\n' "$@" | jq -cs .)
  jq -cn --arg architecture "$architecture" --arg user "$user" --argjson environment "$environment" --argjson layers "$layers" '{
      architecture: $architecture, os: "linux", created: "1970-01-01T00:00:00Z",
      config: ((if $user == "" then {} else {User: $user} end) + {Env: $environment, WorkingDir: "/"}),
      rootfs: {type: "layers", diff_ids: [$layers[].diffId]}
    }' >config.json
  config=$(descriptor application/vnd.oci.image.config.v1+json config.json)
  jq -cn --argjson config "$config" --argjson layers "$layers" '{
      schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json", config: $config, layers: [$layers[].descriptor]
    }' >manifest.json
  descriptor application/vnd.oci.image.manifest.v1+json manifest.json
}

# tag NAME DESCRIPTOR: makes the image known in the layout under NAME.
tag() {
  jq -c --arg name "$1" --argjson descriptor "$2" \
    '.manifests += [$descriptor + {annotations: {"org.opencontainers.image.ref.name": $name}}]' index.json >index.new
  mv index.new index.json
}

make_layout() {
  local os dotnet path system aspnet user cuda amd64 arm64
  mkdir -p blobs/sha256
  echo '{"imageLayoutVersion":"1.0.0"}' >oci-layout
  echo '{"schemaVersion":2,"manifests":[]}' >index.json

  make_operating_system os
  make_dotnet dotnet
  os=$(layer os)
  dotnet=$(layer dotnet)
  rm -r os dotnet

  path=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  system=$(jq -cn --arg path "$path" '[$path, "ASPNETCORE_HTTP_PORTS=8080", "DOTNET_RUNNING_IN_CONTAINER=true", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true"]')
  aspnet=$(jq -c --arg version "$runtime" '. + ["DOTNET_VERSION=" + $version]' <<<"$system")
  user='["APP_UID=1654"]'
  # The names and shapes of NVIDIA's own Dockerfiles for CUDA 12 base images.
  cuda='["NVARCH=x86_64", "NVIDIA_REQUIRE_CUDA=cuda>=12.8 brand=unknown,driver>=535,driver<536", "CUDA_VERSION=12.8.1",
         "NVIDIA_VISIBLE_DEVICES=all", "NVIDIA_DRIVER_CAPABILITIES=compute,utility",
         "LD_LIBRARY_PATH=/usr/local/nvidia/lib:/usr/local/nvidia/lib64"]'

  tag runtime-deps:10.0 "$(image amd64 1654 "$(jq -cn "$system + $user")" "$os")"
  amd64=$(image amd64 1654 "$(jq -cn "$aspnet + $user")" "$os" "$dotnet")
  tag aspnet:10.0 "$amd64"
  tag aspnet:10.0-env "$(image amd64 '' "$(jq -cn "$aspnet + $user")" "$os" "$dotnet")"
  tag aspnet:10.0-root "$(image amd64 '' "$aspnet" "$os" "$dotnet")"
  tag aspnet:10.0-cuda "$(image amd64 '' "$(jq -cn "$aspnet + $cuda")" "$os" "$dotnet")"

  arm64=$(image arm64 1654 "$(jq -cn "$aspnet + $user")" "$os" "$dotnet")
  jq -cn --argjson amd64 "$amd64" --argjson arm64 "$arm64" '{
      schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json",
      manifests: [$amd64 + {platform: {architecture: "amd64", os: "linux"}}, $arm64 + {platform: {architecture: "arm64", os: "linux"}}]
    }' >multi.json
  tag aspnet:10.0-multi "$(descriptor application/vnd.oci.image.index.v1+json multi.json)"
}

push() {
  local name=$1 digest
  digest=$(jq -r --arg name "$name" '.manifests[] | select(.annotations["org.opencontainers.image.ref.name"] == $name).digest' "$layout/index.json")
  timeout 120 skopeo --insecure-policy copy --quiet --all --preserve-digests --dest-tls-verify=false \
    "oci:$layout:$name" "docker://$registry/base/$name" >&2
  echo "IMAGE=$registry/base/$name@$digest"
}

mkdir -p "$cache"
layout=$cache/$(fingerprint)
(
  flock -w 300 9 || die "another run holds $cache"
  if [[ ! -d $layout ]]; then
    rm -rf "${cache:?}"/*/
    mkdir "$layout.new"
    (cd "$layout.new" && make_layout)
    mv "$layout.new" "$layout" # only a finished layout has the name that is looked for
  fi
) 9>"$cache/lock"

for name in "${images[@]}"; do
  push "$name"
done
