#!/usr/bin/env bash
# npm 11.19.1: `npx COMMAND` and `npm start` end on SIGTERM, and the program they started does not learn of it: it runs on as
# an orphan, with its ports and locks. A service manager that stops an engine started by either leaves it running, and the next
# start finds the data folder locked. What runs under one must be the command itself: node_modules/.bin/COMMAND.
# Seen: npm and npx are gone after SIGTERM, the program's handler was not called and its pid is alive; started directly it ends.
set -euo pipefail
work=$(mktemp -d)
trap 'kill "$(cat "$work/pid" 2> /dev/null)" 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"

mkdir tool program
(cd tool && npm init --yes > /dev/null && npm install --silent --no-audit --no-fund npm@11.19.1)
npm() { node "$work/tool/node_modules/npm/bin/npm-cli.js" "$@"; }
cat > program/package.json << 'JSON'
{ "name": "made-up-program", "version": "1.0.0", "bin": { "made-up-program": "run.js" } }
JSON
cat > program/run.js << 'JS'
#!/usr/bin/env node
const { writeFileSync } = require("node:fs");
process.on("SIGTERM", () => { writeFileSync(process.env.GOT, "SIGTERM"); process.exit(0); });
writeFileSync(process.env.PID, String(process.pid));
setInterval(() => {}, 1000);
JS
echo '{ "private": true, "scripts": { "start": "made-up-program" }, "dependencies": { "made-up-program": "file:./program" } }' > package.json
npm install --silent --no-audit --no-fund
export GOT="$work/got" PID="$work/pid"

# Starts it, sends SIGTERM to what was started, waits; prints "told" or "not told", and "ended" or "runs on".
try() {
  rm -f "$GOT" "$PID"
  "$@" > /dev/null 2>&1 &
  local starter=$!
  for _ in $(seq 300); do [ -s "$PID" ] && break; sleep 0.1; done
  sleep 0.5
  kill -TERM "$starter"
  wait "$starter" 2> /dev/null || true
  for _ in $(seq 30); do [ -e "$GOT" ] && break; sleep 0.1; done
  local told="not told" left="ended"
  [ ! -e "$GOT" ] || told="told"
  ! kill -0 "$(cat "$PID")" 2> /dev/null || left="runs on"
  kill "$(cat "$PID")" 2> /dev/null || true
  echo "$told, $left"
}

npm --version
cli="$work/tool/node_modules/npm/bin"
by_npx=$(try node "$cli/npx-cli.js" --no-install made-up-program)
by_npm=$(try node "$cli/npm-cli.js" start)
directly=$(try node_modules/.bin/made-up-program)
echo "npx made-up-program:  $by_npx"
echo "npm start:            $by_npm"
echo "the command directly: $directly"
[ "$by_npx" = "not told, runs on" ] && [ "$by_npm" = "not told, runs on" ] && [ "$directly" = "told, ended" ]
