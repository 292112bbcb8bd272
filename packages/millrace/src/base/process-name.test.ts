import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, it } from "node:test";
import { isCertainlyGone, processName } from "./process-name.ts";

const MODULE = new URL("./process-name.ts", import.meta.url).href;

/** The name of a process that waits until it is killed. */
async function another() {
  const program = `import { processName } from ${JSON.stringify(MODULE)}; console.log(processName()); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, name: line.toString().trim() };
}

const hasProc = process.platform === "linux";

describe("a process by its name", { skip: !hasProc && "only Linux tells for certain" }, () => {
  it("is gone when it was killed, and not before, nor while it stands still", async () => {
    const { child, name } = await another();
    assert.equal(isCertainlyGone(name), false);
    child.kill("SIGSTOP");
    assert.equal(isCertainlyGone(name), false);
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.equal(isCertainlyGone(name), true);
  });

  it("is gone when its number is that of a process which began at another time", () => {
    const own = processName();
    assert.equal(isCertainlyGone(own), false);
    const [host, pid, place, start = "", tag] = own.split(":");
    assert.equal(isCertainlyGone([host, pid, place, `${start}0`, tag].join(":")), true);
  });

  it("of another machine, another container or another form is never said to be gone", () => {
    const [host, , place, start, tag] = processName().split(":");
    const free = 4_194_304 + 1;
    assert.equal(isCertainlyGone([host, free, place, start, tag].join(":")), true);
    assert.equal(isCertainlyGone([host, free, "00000000", start, tag].join(":")), false);
    for (const name of ["w4711", `${host}:${free}:5e0d9c11`, `${host}:${free}:-:-:5e0d9c11`, "agent:py:1", ""])
      assert.equal(isCertainlyGone(name), false, name);
  });
});
