/** Our MCP client before a judge that others made: the protocol's conformance suite, in every scenario that applies to it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { CONFORMANCE } from "../../tools/mcp.ts";

/**
 * The others want what this client does not do: a person who signs in by a browser (auth/…), keys that sign (client-credentials-jwt),
 * and questions of the server to the client (elicitation).
 */
const APPLICABLE = ["initialize", "tools_call", "sse-retry", "auth/client-credentials-basic"];

describe("the protocol's conformance suite", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "millrace-conformance-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const scenario of APPLICABLE) {
    it(`finds the client conformant: ${scenario}`, async () => {
      const command = `${process.execPath} ${join(import.meta.dirname, "conformance-client.ts")}`;
      const words = [CONFORMANCE, "client", "--command", command, "--scenario", scenario];
      const child = spawn(process.execPath, words, { cwd: folder });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          said += text;
        });
      }
      const code = await new Promise((resolve) => child.once("close", resolve));
      assert.equal(code, 0, said.slice(-3_000));
      assert.match(said, /OVERALL: PASSED/);
    });
  }
});
