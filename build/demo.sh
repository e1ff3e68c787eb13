#!/usr/bin/env bash
# demo.sh: the whole story on one machine, without a container engine's daemon: an unsafe ML service that the .NET SDK would
# publish and this package does not, a safe one that is published, pulled, run hardened, and asked for a prediction.
#
# Needs Linux x64, the .NET 10 SDK and root. Every claim is checked; the exit code is 0 only if all of them hold.
set -euo pipefail
# shellcheck source=build/lab/lab.sh
source "$(dirname "$0")/lab/lab.sh"
cd "$repository"

demo=$artifacts/demo
steps=0 claims=0

step() { printf '\n== %d. %s  [%d s]\n' $((++steps)) "$*" "$SECONDS"; }

# claim TEXT COMMAND…: the command must succeed.
claim() {
  local text=$1
  shift
  if ! "$@" >"$demo/claim.log" 2>&1; then
    printf '   FAILED: %s\n' "$text"
    sed 's/^/      /' "$demo/claim.log"
    exit 1
  fi
  claims=$((claims + 1))
  printf '   holds: %s\n' "$text"
}

not() { ! "$@"; }

cleanup() {
  local status=$?
  trap - EXIT
  build/lab/container.sh stop "$demo/podman" || status=1
  build/lab/registry.sh stop "$demo/registry" || status=1
  stop_compiler
  ((status == 0)) && printf '\n%d claims hold (%d s); everything that was started is stopped\n' "$claims" "$SECONDS"
  exit "$status"
}

# publish LOG PROJECT ARGUMENT…: as a user types it.
publish() {
  local log=$1 project=$2
  shift 2
  printf '   $ dotnet publish samples/%s -t:PublishContainer %s\n' "$project" "$*"
  timeout 300 dotnet publish "samples/$project" -t:PublishContainer -tl:off -nologo "$@" </dev/null >"$log" 2>&1
}

give_up() {
  tail -30 "$1"
  die "the publish failed"
}

# findings LOG: errors, warnings and messages, once each, with paths as a person reads them.
findings() { grep -E '(error|warning|message) [A-Z]+[0-9]{4}:' "$1" | sed -E "s|$repository/||g; s| \[[^]]*\]$||" | awk '!seen[$0]++' | sed 's/^/   /'; }

# rules_named_in FILE…: the rules that the comments of the unsafe twin say it breaks.
rules_named_in() { grep -ohE 'MLC[0-9]{4}:?' "$@" | tr -d : | sort -u; }

rules_reported_in() { grep -ohE '(error|warning|message) MLC[0-9]{4}:' "$1" | grep -oE 'MLC[0-9]{4}' | sort -u; }

repositories() { curl -fs "http://$REGISTRY/v2/_catalog" | jq -r '.repositories[]'; }
image_config() { skopeo --insecure-policy inspect --tls-verify=false --config "docker://$REGISTRY/$1" | jq -c .config; }

((EUID == 0)) || die "running containers needs root here"
if [[ -d $demo ]]; then # a run that was killed may have left something behind
  build/lab/container.sh stop "$demo/podman"
  build/lab/registry.sh stop "$demo/registry"
  rm -rf "$demo"
fi
mkdir -p "$demo"
share_compiler
trap cleanup EXIT
trap 'exit 1' INT TERM

step "Tools, and the package"
build/lab/prepare.sh
build/lab/feed.sh | sed 's/^/   /'
timeout 300 dotnet pack src/MlContainerBuild --output "$artifacts/packages" --verbosity quiet -nologo -tl:off </dev/null
rm -rf "$artifacts/nuget/mlcontainerbuild" # what was packed before under the same version
printf '   %s\n' artifacts/packages/MlContainerBuild.*.nupkg

step "The model"
timeout 120 dotnet run --project samples/IrisTrainer "$demo/iris.onnx" </dev/null | sed "s|$repository/||; s/^/   /"
claim "training again gives the very model that IrisInference serves" cmp "$demo/iris.onnx" samples/IrisInference/models/iris.onnx

step "A registry on the loopback interface, with base images made of this machine's files"
eval "$(build/lab/registry.sh start "$demo/registry")"
build/lab/base-images.sh "$REGISTRY" >"$demo/images"
sed 's/^IMAGE=/   /' "$demo/images"
base=$(sed -n 's/^IMAGE=\(.*aspnet:10\.0@.*\)/\1/p' "$demo/images")

step "UnsafeInference as the .NET SDK alone publishes it: without a word"
publish "$demo/ungated.log" UnsafeInference -p:MlContainerEnabled=false -p:ContainerRegistry="$REGISTRY" -p:ContainerRepository=ungated \
  -p:ContainerArchiveOutputPath= -p:ContainerBaseImage="$REGISTRY/base/aspnet:10.0-cuda" || give_up "$demo/ungated.log"
ungated=$(image_config ungated:latest)
claim "the image runs as root" test "$(jq -r .User <<<"$ungated")" = root
claim "the image carries a token in its environment" jq -e 'any(.Env[]; startswith("HF_TOKEN=hf_"))' <<<"$ungated"

step "UnsafeInference with MlContainerBuild: refused"
requests=$(wc -l <"$REGISTRY_LOG")
status=0
publish "$demo/unsafe.log" UnsafeInference -p:ContainerRegistry="$REGISTRY" || status=$?
findings "$demo/unsafe.log"
claim "the publish failed" test "$status" -ne 0
rules_named_in samples/UnsafeInference/{UnsafeInference.csproj,Program.cs,mlcontainer.yaml} >"$demo/expected"
rules_reported_in "$demo/unsafe.log" >"$demo/reported"
claim "the rules reported are the $(wc -l <"$demo/expected") that its comments name, no more and no fewer" diff "$demo/expected" "$demo/reported"
for secret in _HubToken _PackageToken; do
  value=$(timeout 60 dotnet msbuild samples/UnsafeInference -getProperty:$secret)
  claim "the value of $secret is not in the output" not grep -qF -- "$value" "$demo/unsafe.log"
done
claim "the registry was not asked for anything" test "$(wc -l <"$REGISTRY_LOG")" -eq "$requests"
claim "the registry holds no image of it" not grep -qx unsafe-inference <(repositories)
claim "no archive was written" test ! -e samples/UnsafeInference/bin/unsafe-inference.tar

step "IrisInference with MlContainerBuild: published"
sed "s|mcr.microsoft.com|&, $REGISTRY|" samples/IrisInference/mlcontainer.yaml >"$demo/mlcontainer.yaml"
publish "$demo/safe.log" IrisInference -p:ContainerRegistry="$REGISTRY" -p:ContainerBaseImage="$base" -p:MlContainerPolicyFile="$demo/mlcontainer.yaml" ||
  give_up "$demo/safe.log"
grep -vE 'Uploading|Uploaded|uploading|^$' "$demo/safe.log" | sed "s|$repository/||g; s/^ */   /"
digest=$(skopeo --insecure-policy inspect --tls-verify=false --format '{{.Digest}}' "docker://$REGISTRY/iris-inference:1.0.0")
claim "the registry holds the digest that the publish named: $digest" grep -qF "iris-inference@$digest" "$demo/safe.log"

step "Pulled by digest, and run"
status=0
build/lab/container.sh run "$demo/podman" "$REGISTRY/iris-inference@$digest" >"$demo/refused.log" 2>&1 || status=$?
sed 's/^/   /' "$demo/refused.log"
claim "without its secret it does not start" test "$status" -eq 1 -a "$(head -1 "$demo/refused.log")" = "IrisInference does not start: it has no ApiKey, and would answer everyone."
head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$demo/key"
build/lab/container.sh podman "$demo/podman" secret create ApiKey "$demo/key" >/dev/null
# Podman cannot mount a secret into a read-only container without a file system of its own there (podman issue 15541).
secret=(--tmpfs /run/secrets:rw,noexec,nosuid,nodev,size=64k --secret ApiKey,uid=1654,gid=1654,mode=0400)
printf x | cat samples/IrisInference/models/iris.onnx - >"$demo/tampered.onnx"
status=0
build/lab/container.sh run "$demo/podman" "$REGISTRY/iris-inference@$digest" "${secret[@]}" \
  --volume "$demo/tampered.onnx:/app/models/iris.onnx:ro" >"$demo/refused.log" 2>&1 || status=$?
fold -s -w 140 "$demo/refused.log" | sed 's/^/   /'
refuses_model() { ((status == 1)) && grep -q "^IrisInference does not start. .* is not the model that IrisInference.csproj declares" "$demo/refused.log"; }
claim "with a model that somebody has changed it does not start" refuses_model
eval "$(build/lab/container.sh start "$demo/podman" "$REGISTRY/iris-inference@$digest" "${secret[@]}")"
in_container_network() { nsenter --target "$CONTAINER_PID" --net "$@"; }
is_healthy() { in_container_network curl -fs --max-time 2 http://127.0.0.1:8080/health; }
claim "the service is healthy" wait_until 30 is_healthy
process_has() { grep -qP "$1" "/proc/$CONTAINER_PID/status"; } # what the kernel says of the process, not what was asked for
claim "it runs as user 1654, group 1654" process_has '^Uid:(\t1654){4}$'
claim "it has no capability, and none in reach" process_has '^CapBnd:\t0+$'
claim "it cannot gain privileges" process_has '^NoNewPrivs:\t1$'
claim "its system calls are filtered" process_has '^Seccomp:\t2$'
claim "its root file system is read-only" grep -qE '^[0-9]+ [0-9]+ [0-9:]+ / / ro[, ]' "/proc/$CONTAINER_PID/mountinfo"
claim "it has no network but its own loopback" test "$(sed -nE 's/^ *([^ ]+):.*/\1/p' "/proc/$CONTAINER_PID/net/dev")" = lo

step "One prediction over HTTP"
flower='{"sepalLength":6.3,"sepalWidth":3.3,"petalLength":6.0,"petalWidth":2.5}'
printf '   $ curl http://127.0.0.1:8080/predict -d %s\n' "$flower"
predict() { in_container_network curl -sS --max-time 10 -H 'Content-Type: application/json' -d "$flower" "$@" http://127.0.0.1:8080/predict; }
claim "a caller without the key gets 401" test "$(predict -o /dev/null -w '%{http_code}')" = 401
answer=$(predict -f -H "X-Api-Key: $(<"$demo/key")")
printf '   %s\n' "$answer"
claim "ONNX Runtime recognises Iris virginica" jq -e '.species == "virginica" and .probabilities.virginica > 0.9' <<<"$answer"

step "Where the key is, and where it is not"
claim "it is in the file that was mounted" cmp "$demo/key" "/proc/$CONTAINER_PID/root/run/secrets/ApiKey"
podman() { build/lab/container.sh podman "$demo/podman" "$@"; }
# hides_key COMMAND…: it succeeds and says something, and the key is not in it.
hides_key() { "$@" >"$demo/said" 2>&1 && [[ -s $demo/said ]] && ! grep -qaFf "$demo/key" "$demo/said"; }
claim "the image does not know it" hides_key image_config iris-inference:1.0.0
claim "podman inspect does not show it" hides_key podman inspect "$CONTAINER"
claim "no environment variable and no argument carries it" hides_key cat "/proc/$CONTAINER_PID/environ" "/proc/$CONTAINER_PID/cmdline"
claim "the service has not logged it" hides_key podman logs "$CONTAINER"
