/** How the console is built. Run by tools/build-console.mjs; `npx vite --config packages/console/vite.config.ts` serves it while you work on it. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The engine that answers while the page is served by Vite. */
const ENGINE = process.env.MILLRACE_URL ?? "http://127.0.0.1:4300";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
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
