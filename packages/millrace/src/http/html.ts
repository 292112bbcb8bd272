/** The frame of the few pages the gateway writes itself. Everything that is not ours goes through `escapeHtml`. */
import { escapeHtml } from "../web/escape-html.ts";

export { escapeHtml };

/** @param body markup, its foreign parts escaped already. */
export function page({ title, body }: { title: string; body: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page.css">
</head>
<body>
${body}
</body>
</html>
`;
}
