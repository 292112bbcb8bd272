/**
 * Builds the console into dist/ when its sources are newer than what is there: what scripts/run.mjs, the test command and
 * tools/build.ts call (docs/decisions/0070). Plain JavaScript, because a checkout begins with it on any Node; Vite itself
 * is loaded only when there is something to build.
 *
 *   node packages/console/build.mjs
 */
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { extname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const FOLDER = import.meta.dirname;
const BUILT = join(FOLDER, "dist");
/** What was built, in the folder that was built. */
const STAMP = ".built";
/** What a build is made of. Its tools are those of package.json, by exact version. */
const SOURCES = ["index.html", "package.json", "vite.config.ts", "build.mjs", "public", "src"];
/** Text is sent compressed; fonts and pictures are so already. */
const TEXT = new Set([".css", ".html", ".js", ".svg"]);

/** Whether dist/ was made of the sources as they are. By content: times say nothing after a clone or a copy. */
export function isConsoleBuilt() {
  const stamp = join(BUILT, STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesHash();
}

/** Builds it anew. The folder is replaced in one step, so that who starts meanwhile does not find half of it. */
export async function buildConsole() {
  const hash = sourcesHash();
  const { build } = await import("vite");
  const fresh = mkdtempSync(join(FOLDER, "dist-"));
  const before = process.env.NODE_ENV;
  try {
    await build({
      configFile: join(FOLDER, "vite.config.ts"),
      mode: "production",
      logLevel: "error",
      build: { outDir: fresh, emptyOutDir: true },
    });
    for (const file of filesIn(fresh)) compress(file);
    writeFileSync(join(fresh, STAMP), hash);
    // A temporary folder is its maker's alone; the engine may run as another user.
    chmodSync(fresh, 0o755);
    rmSync(BUILT, { recursive: true, force: true });
    renameSync(fresh, BUILT);
  } finally {
    // Vite leaves "production" behind, by which an npm that is started from here would leave packages out.
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Beside each text its compressed forms: at a person's first visit nothing is left to compress. */
function compress(file) {
  if (!TEXT.has(extname(file))) return;
  const content = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
}

function sourcesHash() {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of filesIn(join(FOLDER, source))) {
      if (/\.test\.tsx?$/.test(file)) continue;
      hash.update(relative(FOLDER, file).replaceAll("\\", "/")).update("\0").update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}

/** The files below a folder, or the file itself, in one order on every machine. */
function filesIn(place) {
  if (statSync(place).isFile()) return [place];
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesIn(join(place, name)));
}

if (import.meta.main && !isConsoleBuilt()) await buildConsole();
