/** Lines of the log: short on a terminal, JSON elsewhere, none below the level. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { createLogger, type LogSettings } from "./logger.ts";

class Lines {
  readonly lines: string[] = [];
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    this.isTTY = isTTY;
  }

  write(text: string): void {
    this.lines.push(text);
  }
}

async function written(settings: LogSettings, isTTY = false): Promise<readonly string[]> {
  const lines = new Lines(isTTY);
  const logger = await createLogger(settings, lines);
  logger.debug({}, "a request");
  logger.warn({ route: "/x" }, "slow");
  logger.error({ err: new Error("connection lost"), where: "runner" }, "runner");
  return lines.lines;
}

it("elsewhere than on a terminal, each line is JSON with time, level, message and error", async () => {
  const [warned, failed] = (await written({})).map((line) => JSON.parse(line));
  assert.deepEqual([warned.level, warned.msg, warned.route, warned.name], ["warn", "slow", "/x", "millrace"]);
  assert.deepEqual([failed.level, failed.err.message, failed.where], ["error", "connection lost", "runner"]);
  assert.ok(Date.parse(warned.time) > 0 && failed.err.stack.includes("logger.test.ts"));
});

it("on a terminal, lines are short", async () => {
  assert.deepEqual(await written({ format: "text" }), ["warn  slow\n", "error  runner: connection lost\n"]);
  assert.match((await written({}, true))[1] ?? "", /error.* {2}runner: connection lost/);
});

it("level debug shows more, silent nothing", async () => {
  assert.equal((await written({ level: "debug" })).length, 3);
  assert.equal((await written({ level: "debug", format: "text" })).length, 3);
  assert.deepEqual(await written({ level: "silent" }), []);
  assert.deepEqual(await written({ level: "silent", format: "text" }), []);
});
