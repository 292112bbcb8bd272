/** How the console is built. Run by tools/build-console.mjs; `npx vite --config packages/console/vite.config.ts` serves it while you work on it. */
import react from "@vitejs/plugin-react";
import { defineConfig, type HtmlTagDescriptor, type Plugin } from "vite";

/** The engine that answers while the page is served by Vite. */
const ENGINE = process.env.MILLRACE_URL ?? "http://127.0.0.1:4300";

/** Where most people begin: its code comes beside that of all screens, and not after it. */
const FIRST_SCREEN = "/today/today-page.tsx";

function firstScreenPreloaded(): Plugin {
  return {
    name: "first-screen-preloaded",
    transformIndexHtml(_html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const first = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(FIRST_SCREEN));
      const entry = chunks.find(({ isEntry }) => isEntry)?.fileName;
      const files = first === undefined ? [] : [first.fileName, ...first.imports].filter((name) => name !== entry);
      return files.map(
        (name): HtmlTagDescriptor => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${name}` },
          injectTo: "head",
        }),
      );
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), firstScreenPreloaded()],
  build: {
    target: "es2023",
    outDir: "dist",
    assetsDir: "assets",
    // Nothing is put inline: the page's policy lets neither data: addresses nor inline scripts in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": ENGINE, "/openapi.json": ENGINE, "/sign-in": ENGINE, "/forms": ENGINE } },
});
