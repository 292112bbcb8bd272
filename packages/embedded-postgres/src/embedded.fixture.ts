/**
 * An engine's process for the tests of the embedded database: starts it on the folder given, says so in one
 * line of JSON, and stops it when its standard input says "stop", or leaves it to the exit on "exit".
 */
import { startEmbedded } from "./embedded.ts";

const [, , dataFolder = "", settings = "{}"] = process.argv;
const log: string[] = [];

try {
  const database = await startEmbedded({ dataFolder, settings: JSON.parse(settings), onLog: (line) => log.push(line) });
  const { url, adopted, version } = database;
  console.log(JSON.stringify({ url, adopted, version, log }));
  process.stdin.on("data", async (word) => {
    if (String(word).startsWith("stop")) await database.stop();
    process.exit(0);
  });
} catch (error) {
  console.log(JSON.stringify({ code: (error as { code?: string }).code, message: (error as Error).message, log }));
}
