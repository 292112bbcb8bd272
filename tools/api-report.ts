/**
 * The public API as a file under review: packages/millrace/api/*.api.md, one for each way into the package.
 * `npm run api` writes them; the pack test fails when they are not what is exported.
 */
import { join } from "node:path";
import { Extractor, ExtractorConfig, type ExtractorResult } from "@microsoft/api-extractor";
import { buildPackages, ROOT } from "./build.ts";

const PACKAGE = join(ROOT, "packages", "millrace");

/** Report name → its declarations below dist. */
const ENTRIES: Readonly<Record<string, string>> = { millrace: "index.d.ts", testing: "testing/index.d.ts" };

/**
 * Compares the reports with what is built in packages/millrace/dist.
 * @param mayWrite true: a report that differs is written anew.
 * @returns names of the reports that differ or could not be made, with the extractor's words.
 */
export function compareReports(mayWrite: boolean): readonly string[] {
  return Object.entries(ENTRIES).flatMap(([name, entry]) => {
    const said: string[] = [];
    const result = extract(name, entry, mayWrite, said);
    if (result.errorCount > 0) return [`${name}: ${said.join("; ")}`];
    return result.apiReportChanged && !mayWrite ? [`${name}.api.md is not what is exported`] : [];
  });
}

function extract(name: string, entry: string, mayWrite: boolean, said: string[]): ExtractorResult {
  const file = join(PACKAGE, "dist", entry);
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(PACKAGE, "package.json"),
    configObject: {
      projectFolder: PACKAGE,
      mainEntryPointFilePath: file,
      compiler: {
        // Without these libraries it stops at AsyncDisposable, and names no file.
        overrideTsconfig: {
          compilerOptions: {
            module: "nodenext",
            target: "es2024",
            lib: ["es2024", "esnext.disposable", "esnext.collection"],
            types: ["node"],
            strict: true,
            skipLibCheck: true,
            allowImportingTsExtensions: true,
            noEmit: true,
          },
          files: [file],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: join(PACKAGE, "api"),
        reportTempFolder: join(PACKAGE, "dist", ".api"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: "error" as never } },
        extractorMessageReporting: {
          default: { logLevel: "none" as never },
          // A type that is used by what is exported, and is not exported itself, cannot be named by a user.
          "ae-forgotten-export": { logLevel: "warning" as never, addToApiReportFile: true },
        },
        tsdocMessageReporting: { default: { logLevel: "none" as never } },
      },
    },
  });
  return Extractor.invoke(config, {
    localBuild: mayWrite,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === "error") said.push(message.text);
    },
  });
}

if (import.meta.main) {
  await buildPackages();
  const wrong = compareReports(true);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
}
