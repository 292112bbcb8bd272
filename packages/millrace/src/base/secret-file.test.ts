import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { loadSecret } from "./secret-file.ts";

const KEY = { name: "link-key", prefix: "ml_", what: "a key for links" };

test("a secret is made once, for its owner's eyes only; a file that holds another thing is not taken for one", async () => {
  const folder = await mkdtemp(join(tmpdir(), "millrace-secret-"));
  try {
    const one = await loadSecret(folder, KEY);
    const file = join(folder, "link-key");
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await readFile(file, "utf8")).trim(), one);
    assert.match(one, /^ml_[\w-]{43}$/);
    assert.equal(await loadSecret(folder, KEY), one);
    await writeFile(file, "mr_not-this-one\n");
    await assert.rejects(loadSecret(folder, KEY), { code: "invalid_config" });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("without a data folder a secret is of this process alone", async () => {
  assert.notEqual(await loadSecret(undefined, KEY), await loadSecret(undefined, KEY));
});

test("a secret's file is whole at every moment it is there, and several that make it at once have one", async () => {
  for (let round = 0; round < 50; round++) {
    const folder = await mkdtemp(join(tmpdir(), "millrace-secret-"));
    try {
      let isMade = false;
      const loading = Promise.all([1, 2, 3].map(() => loadSecret(folder, KEY))).finally(() => {
        isMade = true;
      });
      while (!isMade) {
        if (existsSync(join(folder, "link-key")))
          assert.match(readFileSync(join(folder, "link-key"), "utf8"), /^ml_[\w-]{43}\n$/);
        await new Promise(setImmediate);
      }
      assert.equal(new Set(await loading).size, 1);
      assert.deepEqual(readdirSync(folder), ["link-key"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
});
