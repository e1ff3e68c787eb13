#!/usr/bin/env bash
# feed.sh [FEED]: sees to it that the samples' Microsoft.ML.OnnxRuntime restores. Where the machine's own NuGet sources do not
# serve it, FEED (default: artifacts/feed) gets a package of that id and version, made of the sources and the library in the
# npm package com.github.asus4.onnxruntime.
#
# Prints FEED=… and ONNXRUNTIME=feed or ONNXRUNTIME=sources, whichever serves it. Done once; the second run is instant.
set -euo pipefail
# shellcheck source=build/lab/lab.sh
source "$(dirname "$0")/lab.sh"

id=Microsoft.ML.OnnxRuntime
version=1.29.0 # what the samples reference, and what libonnxruntime.so in the npm package says of itself
npm_package=com.github.asus4.onnxruntime@0.4.9
npm_sha512=064cf176e499f4891e0cfe90f25cf64c553689eee1492bd2ed921fccca28131a2ad02373267bae19a509ec8b288c182a3b8a2e0f58d76a1f0e63225b08ddbd16

feed=${1:-$artifacts/feed}
mkdir -p "$feed"
feed=$(cd "$feed" && pwd)
work=$feed/.work
export UseSharedCompilation=false # no compiler server is left behind for one small compilation

# A restore is the only question that every kind of NuGet source answers. What it downloads is what the samples need.
sources_serve_it() {
  mkdir -p "$work/probe"
  cat >"$work/probe/probe.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="$id" Version="[$version]" /></ItemGroup>
</Project>
XML
  timeout 300 dotnet restore "$work/probe" --packages "$artifacts/nuget" \
    -p:ImportDirectoryBuildProps=false -p:ImportDirectoryPackagesProps=false </dev/null >"$work/probe.log" 2>&1
}

make_it() {
  local archive
  command -v npm >/dev/null || install_debian npm
  say "$id $version is not on this machine's NuGet sources: packing it from $npm_package"
  cd "$work"
  timeout 600 npm pack "$npm_package" --loglevel=error --cache "$work/npm" </dev/null >npm.log 2>&1 || die "npm pack $npm_package failed: $(head -3 npm.log)"
  archive=$(find . -maxdepth 1 -name '*.tgz')
  sha512sum --check --quiet <<<"$npm_sha512  $archive" || die "$npm_package is not the archive that this script was written for"

  mkdir -p onnxruntime
  tar --extract --file "$archive" --directory onnxruntime --strip-components=1 \
    package/Runtime package/Plugins/Linux package/LICENSE package/ThirdPartyNotices.txt
  timeout 300 dotnet pack "$repository/build/lab/onnxruntime" -p:OnnxRuntimeDirectory="$work/onnxruntime" -p:Version="$version" \
    --output "$work" -verbosity:quiet -nologo </dev/null >pack.log 2>&1 || die "packing $id failed: $(tail -5 pack.log)"
  mv "$work/$id.$version.nupkg" "$feed/"
}

(
  flock -w 900 9 || die "another run holds $feed"
  if [[ ! -f $feed/$id.$version.nupkg && ! -f $feed/$id.$version.served ]]; then
    rm -rf "$work"
    mkdir "$work"
    if sources_serve_it; then touch "$feed/$id.$version.served"; else make_it; fi
    rm -rf "$work"
  fi
) 9>"$feed/.lock"

echo "FEED=$feed"
if [[ -f $feed/$id.$version.nupkg ]]; then echo "ONNXRUNTIME=feed"; else echo "ONNXRUNTIME=sources"; fi
