/** Waiting for what a test needs instead of for a time. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 10;
const TIMEOUT_MS = 60_000;

/** Resolves when it is so. @throws AssertionError when it has not come to that within a minute. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const begun = performance.now();
  while (!(await isSo())) {
    if (performance.now() - begun > TIMEOUT_MS) assert.fail(`It did not come to that within ${TIMEOUT_MS / 1_000} s.`);
    await sleep(LOOK_EVERY_MS);
  }
}
