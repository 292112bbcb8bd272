#!/usr/bin/env bash
# undici 8.12.4 (and Node's own fetch, which is undici): `Response.formData()` looks for the bare boundary text where a part ends, not for
# the delimiter CRLF + "--" + boundary (RFC 2046, 5.1.1). A field that merely holds the boundary text somewhere makes the whole form
# unreadable: "Failed to parse body as FormData". Browsers draw long random boundaries, so nothing is seen; a till, a PHP script or a mail
# service with a fixed short boundary, or one that posts a message whose own boundary begins with the outer one, loses the form.
# Seen: the same well-formed form, read when the value does not hold the boundary's text and refused when it does.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund undici@8.12.4
cat > look.mjs << 'JS'
import { Response } from "undici";

for (const message of ["Order it.", "Order form7 again.", "boundary=form7-inner"]) {
  const body = `--form7\r\nContent-Disposition: form-data; name="message"\r\n\r\n${message}\r\n--form7--\r\n`;
  const headers = { "content-type": "multipart/form-data; boundary=form7" };
  const read = await new Response(body, { headers }).formData().then(
    (form) => `message is ${form.get("message")}`,
    (error) => `refused, ${error.name}`,
  );
  console.log(`${message} -> ${read}`);
}
JS
seen=$(node look.mjs)
printf '%s\n' "$seen"
wanted=$(printf '%s\n' "Order it. -> message is Order it." "Order form7 again. -> refused, TypeError" "boundary=form7-inner -> refused, TypeError")
[ "$seen" = "$wanted" ] || { echo "It behaves otherwise now." >&2; exit 1; }
