/** What browser a session is in, as people call it: "Chrome on macOS". */

/** Those built on another's engine name it too, so they are asked for before it. */
const BROWSERS: readonly (readonly [sign: RegExp, name: string])[] = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\b(OPR|OPT|Opera)\//, "Opera"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(HeadlessChrome|Chrome|CriOS|Chromium)\//, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
  [/^curl\//, "curl"],
];

/** Phones name the system they come from ("like Mac OS X", "Linux; Android"), so they are asked for before it. */
const SYSTEMS: readonly (readonly [sign: RegExp, name: string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b|\bX11\b/, "Linux"],
];

/**
 * "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) … Chrome/141.0.0.0 Safari/537.36" → "Chrome on macOS".
 * @param said what the browser said of itself (the user agent); it may say anything.
 */
export function browserWords(said: string | null): string {
  const text = said ?? "";
  const browser = nameIn(BROWSERS, text);
  const system = nameIn(SYSTEMS, text);
  if (browser === undefined && system === undefined) return "an unknown browser";
  const name = browser ?? "A browser";
  return system === undefined ? name : `${name} on ${system}`;
}

function nameIn(known: readonly (readonly [sign: RegExp, name: string])[], text: string): string | undefined {
  return known.find(([sign]) => sign.test(text))?.[1];
}
