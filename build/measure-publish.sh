#!/usr/bin/env bash
# measure-publish.sh [ROUNDS]: what the gate adds to 'dotnet publish -t:PublishContainer', whole process against whole process.
#
# Publishes the same empty web service with and without the package, in turns, to a registry on the loopback interface, each
# time to a new tag and with nothing to compile. Prints the median of both, the median of the differences of the pairs, and how
# many requests the gate has added to one publish. Measures nothing sensible while the machine does something else.
set -euo pipefail
# shellcheck source=build/lab/lab.sh
source "$(dirname "$0")/lab/lab.sh"
cd "$repository"

rounds=${1:-10}
work=$(mktemp -d)

cleanup() {
  local status=$?
  trap - EXIT
  "$repository/build/lab/registry.sh" stop "$work/registry" || true
  rm -rf "$work"
  stop_compiler
  exit "$status"
}
share_compiler
trap cleanup EXIT
trap 'exit 1' INT TERM

build/lab/prepare.sh
timeout 300 dotnet pack src/MlContainerBuild --configuration Release --output "$work/packages" --verbosity quiet -nologo -tl:off </dev/null
version=$(basename "$work"/packages/MlContainerBuild.*.nupkg .nupkg)
eval "$(build/lab/registry.sh start "$work/registry")"
base=$(build/lab/base-images.sh "$REGISTRY" | sed -n 's/^IMAGE=\(.*aspnet:10\.0@.*\)/\1/p')

# project NAME ITEM: an empty web service in a folder of its own, which inherits nothing.
project() {
  mkdir -p "$work/$1"
  echo '<Project />' | tee "$work/Directory.Build.props" >"$work/Directory.Build.targets"
  cat >"$work/$1/$1.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
    <SelfContained>false</SelfContained>
    <UseAppHost>false</UseAppHost>
    <ContainerBaseImage>$base</ContainerBaseImage>
    <ContainerRegistry>$REGISTRY</ContainerRegistry>
    <ContainerRepository>measured/$1</ContainerRepository>
    <ContainerUser>1654:1654</ContainerUser>
    <RestorePackagesPath>$work/nuget</RestorePackagesPath>
    <RestoreAdditionalProjectSources>$work/packages</RestoreAdditionalProjectSources>
  </PropertyGroup>
  <ItemGroup>$2</ItemGroup>
</Project>
XML
  echo 'WebApplication.CreateBuilder(args).Build().Run();' >"$work/$1/Program.cs"
  sed -i '1i using Microsoft.AspNetCore.Builder;' "$work/$1/Program.cs"
}

publish() {
  timeout 120 dotnet publish "$work/$1" -t:PublishContainer --no-restore -p:ContainerImageTag="$2" -tl:off -nologo -v:q </dev/null >"$work/$1.log" 2>&1 ||
    { cat "$work/$1.log" >&2; die "the publish of $1 failed"; }
}

# milliseconds COMMAND…
milliseconds() {
  local start=$EPOCHREALTIME
  "$@"
  awk "BEGIN { printf \"%.0f\n\", ($EPOCHREALTIME - $start) * 1000 }"
}

requests() { wc -l <"$REGISTRY_LOG"; }
median() { sort -n | awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int((NR + 2) / 2)]) / 2 }'; }

project bare ''
project gated "<PackageReference Include=\"MlContainerBuild\" Version=\"${version#MlContainerBuild.}\" PrivateAssets=\"all\" />"
for name in bare gated; do
  timeout 120 dotnet restore "$work/$name" --verbosity quiet -tl:off </dev/null
  publish "$name" warm # compiles, fills the gate's cache, and leaves the layers in the registry
done

for ((round = 1; round <= rounds; round++)); do
  before=$(requests) bare=$(milliseconds publish bare "r$round") between=$(requests)
  gated=$(milliseconds publish gated "r$round") after=$(requests)
  echo "$bare $gated $((gated - bare)) $(((after - between) - (between - before)))"
done >"$work/rounds"

column() { awk "{ print \$$1 }" "$work/rounds"; }
printf 'bare publish, median of %d: %s ms\n' "$rounds" "$(column 1 | median)"
printf 'gated publish, median of %d: %s ms\n' "$rounds" "$(column 2 | median)"
printf 'difference of the pairs, median: %s ms\n' "$(column 3 | median)"
printf 'requests the gate adds to a publish: %s\n' "$(column 4 | median)"
