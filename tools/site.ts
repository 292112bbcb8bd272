/**
 * Builds the documentation site: the TypeScript reference by typedoc, then every page of docs/ by VitePress, into .site/.
 * `npm run site`. VitePress ends on a dead page; a dead anchor is found here.
 */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, posix } from "node:path";
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
  rmSync(SITE, { recursive: true, force: true });
  await build(DOCS, { outDir: SITE });
  return [...found, ...deadAnchors(SITE)];
}

/** `out` is emptied first: left out, it would be docs/ itself. */
async function writeApiReference(into: string): Promise<readonly string[]> {
  rmSync(into, { recursive: true, force: true });
  const app = await Application.bootstrapWithPlugins({
    entryPoints: [join(PACKAGE, "src", "index.ts"), join(PACKAGE, "src", "testing", "index.ts")],
    tsconfig: join(ROOT, "tools", "tsconfig.reference.json"),
    // `npm run check` has looked at the types.
    skipErrorChecking: true,
    plugin: ["typedoc-plugin-markdown"],
    out: into,
    readme: "none",
    name: "TypeScript API",
    // zod is handed on as `z`: its own reference would be 4 MB of pages, and ten minutes of building.
    excludeExternals: true,
    disableSources: true,
    githubPages: false,
    entryFileName: "index",
    // A page for each way into the package: one for each type would be 1,600.
    outputFileStrategy: "modules",
    // Links in the docstrings of other packages' types lead out of ours.
    validation: { invalidLink: false, notExported: true, notDocumented: false },
    logLevel: "Error",
  } as never);
  const project = await app.convert();
  if (project === undefined) return ["typedoc could not read the sources"];
  await app.generateOutputs(project);
  return [];
}

/** Every `#anchor` of every page that no element of the page it leads to has. Links of the pages typedoc made are its own. */
function deadAnchors(site: string): readonly string[] {
  const pages = readdirSync(site, { recursive: true })
    .map((file) => String(file).replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".html"));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(site, page), "utf8")] as const));
  const ids = new Map([...texts].map(([page, text]) => [page, idsOf(text)] as const));
  return [...texts]
    .filter(([page]) => !page.startsWith("reference/api/"))
    .flatMap(([page, text]) =>
      anchorsOf(text).flatMap((href) => {
        const [path = "", anchor = ""] = href.split("#");
        const target = path === "" ? page : targetOf(page, path);
        return ids.get(target)?.has(decodeURIComponent(anchor)) ? [] : [`${page}: ${href} leads nowhere`];
      }),
    );
}

/** VitePress writes attributes in double quotes; a DOM of every page would take gigabytes. */
function idsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = ""]) => id));
}

/** Links within the page's own text, and none to another host. */
function anchorsOf(html: string): readonly string[] {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "";
  return [...main.matchAll(/<a [^>]*href="([^"]*#[^"]+)"/g)]
    .map(([, href = ""]) => href)
    .filter((href) => !/^[a-z]+:/.test(href));
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
