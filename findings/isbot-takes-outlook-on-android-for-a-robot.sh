#!/usr/bin/env bash
# isbot 5.2.3: a mail program that calls itself by a name and a version alone is a robot, so that Outlook on Android, eM Client, Mailspring
# and K-9 Mail are robots, while Outlook on iOS, Outlook for Windows and Thunderbird are none. Who leaves out of an e-mail's opens what
# isbot says loses those of everyone who reads on an Android phone at work.
# Seen: true for each of the first four, false for each of the other three.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund isbot@5.2.3
cat > look.cjs << 'JS'
const { isbot } = require("isbot");
const agents = [
  "Outlook-Android/4.2347.3",
  "eM Client/9.2",
  "Mailspring/1.13",
  "K-9 Mail for Android",
  "Outlook-iOS/709.2226530.prod.iphone",
  "Microsoft Office/16.0 (Microsoft Outlook 16.0.12026; Pro)",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0",
];
for (const agent of agents) console.log(isbot(agent), agent);
JS
seen=$(node look.cjs)
printf '%s\n' "$seen"
[ "$(printf '%s\n' "$seen" | cut -d' ' -f1 | paste -sd' ' -)" = "true true true true false false false" ] ||
  { echo "It behaves otherwise now." >&2; exit 1; }
