/**
 * The test command: types, lint, dependency rules, then every test file. Stops at the first step that fails.
 *   npm test                       everything
 *   npm test -- test/scenarios     the test files below a folder, or single files, without the checks
 *   npm test -- FILE --name WORDS  only the tests whose names have these words
 *   npm run check                  types, lint and dependency rules only
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildConsole, isConsoleBuilt } from "../packages/console/build.mjs";
import { setUp } from "../scripts/set-up.mjs";

const root = join(import.meta.dirname, "..");
const { values, positionals: places } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, name: { type: "string" } },
});
const isCheckOnly = values.only === "check";

function step(name: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const start = performance.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  if (status !== 0) {
    console.error(`\n${name} failed.`);
    process.exit(status ?? 1);
  }
  console.error(`${name}: ok (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}

function bin(name: string): string {
  return join(root, "node_modules", ".bin", name);
}

function testFiles(): string[] {
  if (places.length === 0)
    return globSync(["packages/*/src/**/*.test.ts", "packages/*/test/**/*.test.ts", "test/**/*.test.ts"], {
      cwd: root,
    });
  return places.flatMap((place) =>
    place.endsWith(".ts") ? [place] : globSync(`${place}/**/*.test.ts`, { cwd: root }),
  );
}

// The tools check types of their own and pack the packages; `npm start` does without them.
if ((await setUp(join(root, "tools"))) !== 0) process.exit(1);

if (places.length === 0) {
  step("types", bin("tsc"), ["-p", "."]);
  step("types of the console", bin("tsc"), ["-p", "packages/console"]);
  step("lint", bin("biome"), ["check", "--error-on-warnings", "."]);
  // A cruiser that cannot read TypeScript cruises 0 modules and is content: the rules are also tried on a known module.
  step("dependency rules", bin("depcruise"), ["packages"]);
  step("rules reach no database", bin("depcruise"), ["-c", ".dependency-cruiser.rules.mjs", "packages/millrace/src"]);
}
if (!isCheckOnly) {
  // Engines in tests serve the console as it is built; one that does not build is found here.
  if (!isConsoleBuilt()) await buildConsole();
  const files = testFiles();
  if (files.length === 0) {
    console.error(`No test file in ${places.join(", ")}.`);
    process.exit(1);
  }
  const options = [
    "--test",
    "--test-concurrency=2",
    "--test-timeout=300000",
    "--test-global-setup=test/factories/global-setup.ts",
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=./test/slowest-files.ts",
    "--test-reporter-destination=stderr",
    ...(values.name === undefined ? [] : [`--test-name-pattern=${values.name}`]),
  ];
  // Each file is a process of its own, and most read the whole engine: 0.44 s of processor with what the one before compiled, 0.97 without.
  step("tests", process.execPath, [...options, ...files], {
    NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node-compile"),
  });
}
