/** An engine that `millrace start` runs, for tests of commands beside it. */
import { freshDatabase } from "../factories/database.ts";
import { type Background, background, projectFolder } from "./cli.ts";

export interface Running extends AsyncDisposable {
  readonly engine: Background;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** An engine started on a database of its own. */
export async function running(
  words: readonly string[] = [],
  files: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const database = await freshDatabase();
  const folder = await projectFolder(files);
  const env = { DATABASE_URL: database.url };
  const engine = await background(["start", "--port", "0", ...words], { cwd: folder.path, env });
  return {
    engine,
    folder: folder.path,
    env,
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}
