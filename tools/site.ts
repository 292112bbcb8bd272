/**
 * Builds the documentation site: the TypeScript reference by typedoc, then every page of docs/ by VitePress, into .site/.
 * `npm run site`; the test command builds it too. VitePress ends on a dead page; a dead anchor is found here.
 */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, posix } from "node:path";
import { load } from "cheerio";
import { Application } from "typedoc";
import { build } from "vitepress";
import { ROOT } from "./build.ts";

const PACKAGE = join(ROOT, "packages", "millrace");
const DOCS = join(ROOT, "docs");
const SITE = join(ROOT, ".site");

/**
 * @returns what is wrong: types that are named and not exported, anchors that lead nowhere; [] for a site as it should be.
 * @throws Error on a dead link.
 */
export async function buildSite(): Promise<readonly string[]> {
  const found = await writeApiReference(join(DOCS, "reference", "api"));
  await build(DOCS, { outDir: SITE });
  return [...found, ...deadAnchors(SITE)];
}

/** `out` is emptied first: left out, it would be docs/ itself. */
async function writeApiReference(into: string): Promise<readonly string[]> {
  rmSync(into, { recursive: true, force: true });
  const app = await Application.bootstrapWithPlugins({
    entryPoints: [join(PACKAGE, "src", "millrace.ts"), join(PACKAGE, "src", "testing", "index.ts")],
    tsconfig: join(ROOT, "tools", "tsconfig.reference.json"),
    // `npm run check` has looked at the types.
    skipErrorChecking: true,
    plugin: ["typedoc-plugin-markdown"],
    out: into,
    readme: "none",
    name: "TypeScript API",
    disableSources: true,
    githubPages: false,
    entryFileName: "index",
    // Links in the docstrings of other packages' types lead out of ours.
    validation: { invalidLink: false, notExported: true, notDocumented: false },
    logLevel: "Error",
  } as never);
  const project = await app.convert();
  if (project === undefined) return ["typedoc could not read the sources"];
  await app.generateOutputs(project);
  return [];
}

/** Every `#anchor` of every page that no element of the page it leads to has. */
function deadAnchors(site: string): readonly string[] {
  const pages = readdirSync(site, { recursive: true })
    .map((file) => String(file).replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".html"));
  const documents = new Map(pages.map((page) => [page, load(readFileSync(join(site, page), "utf8"))] as const));
  return [...documents].flatMap(([page, $]) =>
    $("main a[href*='#']")
      .toArray()
      .flatMap((link) => {
        const href = $(link).attr("href") ?? "";
        if (/^[a-z]+:/.test(href)) return [];
        const [path = "", anchor = ""] = href.split("#");
        const target = path === "" ? page : targetOf(page, path);
        const there = documents.get(target);
        const isThere = there !== undefined && there(`[id="${decodeURIComponent(anchor)}"]`).length > 0;
        return isThere ? [] : [`${page}: ${href} leads nowhere`];
      }),
  );
}

function targetOf(page: string, path: string): string {
  const absolute = path.startsWith("/") ? path.slice(1) : posix.join(posix.dirname(page), path);
  const file = absolute.replace(/\/$/, "/index");
  return file.endsWith(".html") ? file : `${file === "" ? "index" : file}.html`;
}

if (import.meta.main) {
  const wrong = await buildSite();
  if (wrong.length > 0) {
    console.error(wrong.join("\n"));
    process.exit(1);
  }
}
