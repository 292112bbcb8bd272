/**
 * Packs every package as it is published: `npm run pack [FOLDER]` leaves the tarballs in FOLDER (default .packed/).
 * In the repository `exports`, `imports` and `bin` lead to sources, so that a checkout runs by type stripping; a tarball
 * has no sources, and there they lead to what build.ts made of them (docs/decisions/0024).
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { asCommand } from "../scripts/as-command.ts";
import { buildPackages, bundledFile, ROOT } from "./build.ts";

/** What package.json may say of a way into a package. */
type Target = string | null | { readonly [condition: string]: Target };

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
  readonly exports?: Readonly<Record<string, Target>>;
  readonly imports?: Readonly<Record<string, Target>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface Packed {
  readonly name: string;
  /** The tarball's absolute path. */
  readonly file: string;
}

/** These stand beside every package's own files. */
const SHARED = ["LICENSE"] as const;

/** Folders below packages/ in the order in which they are published. */
const PACKAGES = ["embedded-postgres", "hubspot-simulator", "model-simulator", "console", "millrace"] as const;

/**
 * Builds and packs all packages.
 * @param into folder for the tarballs; made when missing.
 * @throws Error when one does not compile or npm refuses to pack it.
 */
export async function packAll(into: string): Promise<readonly Packed[]> {
  await buildPackages();
  mkdirSync(into, { recursive: true });
  return PACKAGES.map((name) => packOne(name, into));
}

function packOne(name: string, into: string): Packed {
  const folder = join(ROOT, "packages", name);
  const stage = mkdtempSync(join(tmpdir(), "millrace-pack-"));
  try {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
    for (const file of manifest.files) copyInto(stage, folder, file);
    for (const file of SHARED) cpSync(join(ROOT, file), join(stage, file));
    writeFileSync(join(stage, "package.json"), `${JSON.stringify(published(manifest), null, 2)}\n`);
    return { name: manifest.name, file: join(into, npmPack(stage, into)) };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** What the package has itself, else what the repository has: the engine's README and CHANGELOG are the repository's. */
function copyInto(stage: string, folder: string, file: string): void {
  const source = [join(folder, file), join(ROOT, file)].find((path) => existsSync(path));
  if (source === undefined) throw new Error(`${folder} has no ${file}, which its package.json lists in "files".`);
  cpSync(source, join(stage, file), { recursive: true });
}

/** The manifest with every way that leads to a source leading to what was built of it. */
export function published(manifest: Manifest): Omit<Manifest, "devDependencies"> {
  const { exports, imports, devDependencies: _, ...rest } = manifest;
  return { ...rest, ...(exports && { exports: built(exports) }), ...(imports && { imports: built(imports) }) };
}

function built(targets: Readonly<Record<string, Target>>): Record<string, Target> {
  return Object.fromEntries(
    Object.entries(targets).map(([name, target]) => [
      name,
      typeof target === "string" ? builtTarget(name, target) : target,
    ]),
  );
}

function builtTarget(name: string, target: string): Target {
  // What leads to a package is bundled: build.ts, `bundledFile`.
  if (name.startsWith("#") && !target.startsWith(".")) return `./dist/${bundledFile(name)}`;
  const source = /^\.\/src\/(.+)\.ts$/.exec(target)?.[1];
  return source === undefined ? target : { types: `./dist/${source}.d.ts`, default: `./dist/${source}.js` };
}

function npmPack(stage: string, into: string): string {
  const { status, stdout, stderr } = spawnSync("npm", ["pack", "--json", "--pack-destination", resolve(into)], {
    cwd: stage,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return filename.replace(/^@/, "").replaceAll("/", "-");
}

const HELP = `Usage: npm run pack [FOLDER]

Builds every package and leaves its tarball in FOLDER, by default .packed.
`;

if (import.meta.main) {
  await asCommand(async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
    if (positionals.length > 1) throw new TypeError(`One folder is enough, not ${positionals.length}.`);
    if (values.help === true) {
      process.stdout.write(HELP);
      return undefined;
    }
    for (const { name, file } of await packAll(resolve(positionals[0] ?? join(ROOT, ".packed"))))
      console.log(`${name}  ${file}`);
    return undefined;
  }, HELP);
}
