/**
 * Runners fetch a package and run it. Without an exact version they run whatever its owner, or who has taken the name over, has
 * published last: such a server is refused before it is started.
 */
import { basename } from "node:path";

/** Words of a command line before the package: `npx`, `npm exec`, `pnpm dlx`, `bun x`, `uv tool run`. */
const RUNNERS: readonly (readonly string[])[] = [
  ["npx"],
  ["bunx"],
  ["pnpx"],
  ["uvx"],
  ["pipx", "run"],
  ["npm", "exec"],
  ["npm", "x"],
  ["pnpm", "dlx"],
  ["pnpm", "exec"],
  ["yarn", "dlx"],
  ["bun", "x"],
  ["uv", "tool", "run"],
];
/** Options whose value is the package. */
const NAMES_PACKAGE = /^(?:-p|--package|--from)$/;
const NAMES_PACKAGE_AT_ONCE = /^(?:--package|--from)=(.+)$/;
/** Options that take a value which is none. */
const TAKES_VALUE = /^(?:--registry|--cache|--python|--index-url|--with|-c|--call)$/;
const EXACT = /^(?:@[^/@]+\/)?[^/@=]+(?:@|==)v?\d+\.\d+(?:\.\d+)?[\w.+-]*$/;

/** @returns the package that is fetched without an exact version; undefined when there is none. */
export function unpinnedPackage(command: string, args: readonly string[]): string | undefined {
  const words = [basename(command).replace(/\.(?:cmd|exe|ps1)$/i, ""), ...args];
  const runner = RUNNERS.find((start) => start.every((word, i) => words[i] === word));
  if (runner === undefined) return undefined;
  const named = packagesIn(words.slice(runner.length));
  if (named.length === 0) return "no package";
  return named.find((name) => !isExact(name));
}

/** A folder or a file of one's own is no package. */
function isExact(name: string): boolean {
  return EXACT.test(name) || /^(?:\.{0,2}\/|file:)/.test(name);
}

function packagesIn(words: readonly string[]): readonly string[] {
  const named: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    const atOnce = NAMES_PACKAGE_AT_ONCE.exec(word)?.[1];
    if (atOnce !== undefined) named.push(atOnce);
    else if (NAMES_PACKAGE.test(word)) named.push(words[++i] ?? "");
    else if (TAKES_VALUE.test(word)) i++;
    // The first word that is no option is the package, or the program of one that was named before.
    else if (!word.startsWith("-")) return named.length > 0 ? named : [word];
  }
  return named;
}
