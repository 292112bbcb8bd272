/**
 * Builds the packages: ESM, declarations and source maps in packages/<name>/dist, the packages others need first.
 * `npm run build`; pack.ts and the test command call it. Of what is built a checkout runs the console alone.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { buildConsole, isConsoleBuilt } from "../packages/console/build.mjs";

export const ROOT = join(import.meta.dirname, "..");

/** Folders below packages/ that are compiled, in the order of their need for each other. */
const COMPILED = ["embedded-postgres", "hubspot-simulator", "model-simulator", "millrace"] as const;

/** @throws Error when the compiler finds a mistake; its words are on stdout. */
export async function buildPackages(): Promise<void> {
  for (const name of COMPILED) {
    const folder = join(ROOT, "packages", name);
    // A file that is no longer in src must not be packed.
    rmSync(join(folder, "dist"), { recursive: true, force: true });
    const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const { status } = spawnSync(process.execPath, [compiler, "-p", join(folder, "tsconfig.build.json")], {
      stdio: ["ignore", 2, 2],
    });
    if (status !== 0) throw new Error(`packages/${name} does not compile: see the lines above.`);
  }
  if (!isConsoleBuilt()) await buildConsole();
  await bundleHubspotClient();
  await bundleCountries();
  await bundleMcpSdk("server");
  await bundleMcpSdk("client");
  await bundlePasskeys();
}

/** Others' code is run, not read: without blanks, and without escapes for letters, a third smaller. Names stay, for stack traces. */
const SMALL = { minifyWhitespace: true, charset: "utf8" } as const;

/** Where the bundle of an `imports` name goes, below dist: "#hubspot-client" is vendor/hubspot-client.cjs. */
export function bundledFile(name: string): string {
  return `vendor/${name.slice(1)}.cjs`;
}

/**
 * HubSpot's client without its generated classes, which it loads one by one when they are asked for: 23 MB in 8,800 files
 * become one of 460 kB. Licences of what is inside stand at its end.
 */
function bundleHubspotClient(): Promise<void> {
  return bundle("#hubspot-client", "@hubspot/api-client", { legalComments: "eof", plugins: [withoutGeneratedClasses] });
}

/** The list of countries alone: its package brings 18 MB of borders and flags. */
function bundleCountries(): Promise<void> {
  const notice = "/* world-countries 5.1.0, by its contributors, under the Open Database License 1.0. */";
  return bundle("#world-countries", "world-countries", { banner: { js: notice } });
}

/**
 * What the MCP server and the MCP client use of the protocol's SDK, in place of the files that name it: the package brings express,
 * hono and 90 others, 13 MB, of which each needs 0.4. zod stays outside: it is ours, too.
 */
function bundleMcpSdk(side: "server" | "client"): Promise<void> {
  const notice =
    "/* @modelcontextprotocol/sdk 1.32.2 with ajv and ajv-formats, by their contributors, under the MIT License. */";
  return bundleInPlace(`mcp/${side}/sdk`, notice);
}

/** What is used for passkeys: the package brings 25 others, 8 MB. */
function bundlePasskeys(): Promise<void> {
  const notice =
    "/* @simplewebauthn/server 14.0.3, @peculiar/*, @hexagon/base64, @levischuck/tiny-cbor, pvtsutils, pvutils, tsyringe under the MIT License, " +
    "asn1js under BSD-3-Clause, reflect-metadata under Apache-2.0, tslib under 0BSD, by their contributors. */";
  return bundleInPlace("access/webauthn-library", notice);
}

/** The file that names a package, with all that it needs of it. @param name below src, without .ts. */
async function bundleInPlace(name: string, notice: string): Promise<void> {
  const file = join(ROOT, "packages", "millrace", "dist", `${name}.js`);
  // The compiler's map of the file it replaces.
  rmSync(`${file}.map`, { force: true });
  await build({
    entryPoints: [join(ROOT, "packages", "millrace", "src", `${name}.ts`)],
    absWorkingDir: ROOT,
    outfile: file,
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    external: ["zod", "zod/*"],
    ...SMALL,
    banner: { js: notice },
    legalComments: "eof",
    logLevel: "error",
  });
}

async function bundle(name: string, entry: string, options: BuildOptions): Promise<void> {
  await build({
    entryPoints: [entry],
    absWorkingDir: ROOT,
    outfile: join(ROOT, "packages", "millrace", "dist", bundledFile(name)),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node24",
    logLevel: "error",
    ...SMALL,
    ...options,
  });
}

/** Whoever asks for one of them is told where it is. The engine never does: it sends its requests by `apiRequest`. */
const withoutGeneratedClasses: Plugin = {
  name: "without-generated-classes",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/discovery\// }, ({ path }) => ({ path, namespace: "left-out" }));
    onLoad({ filter: /./, namespace: "left-out" }, () => ({
      contents: 'throw new Error("Left out of the engine\'s bundle: install @hubspot/api-client for it.");',
    }));
  },
};

if (import.meta.main) await buildPackages();
