/** What the doors keep out: the open network without TLS, strangers who say they are a proxy, clients that never read. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { startGateway } from "../../packages/millrace/src/http/server.ts";
import { withEnvironment } from "../../packages/millrace/src/load-config/environment.ts";
import { until } from "../factories/until.ts";
import { type TestGateway, testGateway } from "./gateway.fixture.ts";

describe("listening where other machines reach it", () => {
  const open = ["0.0.0.0", "::", "192.0.2.7"];
  for (const host of open)
    it(`${host} is refused without TLS in front, with the next step`, async () => {
      await assert.rejects(testGateway({ host }), (error: Error & { code: string }) => {
        assert.equal(error.code, "invalid_config");
        assert.match(error.message, /gateway\.publicUrl.*gateway\.plainHttp/s);
        return true;
      });
    });
  it("an http publicUrl is no TLS", () =>
    assert.rejects(testGateway({ host: "0.0.0.0", publicUrl: "http://a.example" })));
  for (const options of [{ plainHttp: true }, { publicUrl: "https://leads.acme.example" }])
    it(`is taken with ${JSON.stringify(options)}`, async () => {
      await using tested = await testGateway({ host: "0.0.0.0", ...options });
      assert.ok(tested.gateway.port > 0);
    });
  it("both may be said by the environment", () => {
    const env = { MILLRACE_PLAIN_HTTP: "true", MILLRACE_PUBLIC_URL: "https://a.example" };
    assert.deepEqual(withEnvironment({}, env).config.gateway, { plainHttp: true, publicUrl: "https://a.example" });
  });
});

describe("X-Forwarded-For", () => {
  /** How many of ten forms from ever new addresses, as the sender says, are let in where five a minute are. */
  async function letIn(options: Parameters<typeof testGateway>[0], forwarded: (i: number) => string): Promise<number> {
    await using tested = await testGateway({ formsPerMinute: 5, ...options });
    let count = 0;
    for (let i = 0; i < 10; i++) {
      // The printed address is the public one, which leads nowhere here.
      const response = await fetch(`http://127.0.0.1:${tested.gateway.port}/forms/demo`, {
        method: "POST",
        body: JSON.stringify({ email: `a${i}@b.example` }),
        headers: { "content-type": "application/json", accept: "application/json", "x-forwarded-for": forwarded(i) },
      });
      if (response.status === 202) count++;
    }
    return count;
  }
  const publicUrl = "http://127.0.0.1";
  const fresh = (i: number) => `203.0.113.${i}`;

  it("of who is no proxy is not believed", async () => {
    assert.equal(await letIn({}, fresh), 5);
    assert.equal(await letIn({ publicUrl, trustedProxies: ["10.0.0.7"] }, fresh), 5);
    assert.equal(await letIn({ publicUrl, trustedProxies: [] }, fresh), 5);
  });
  it("of the named proxy is", async () => {
    assert.equal(await letIn({ publicUrl }, fresh), 10, "one on this machine, by default");
    assert.equal(await letIn({ trustedProxies: ["127.0.0.0/8"] }, fresh), 10);
    assert.equal(await letIn({ trustedProxies: 1 }, fresh), 10);
  });
  it("is believed as far as the named hops go: what a client has put before it is nothing", async () => {
    assert.equal(await letIn({ trustedProxies: ["loopback"] }, (i) => `203.0.113.${i}, 198.51.100.9`), 5);
    assert.equal(await letIn({ trustedProxies: 1 }, (i) => `203.0.113.${i}, 198.51.100.9`), 5);
  });
  const one: readonly [string, (i: number) => string][] = [
    ["with the port of its connection", (i) => `203.0.113.9:${40_000 + i}`],
    ["in brackets, with the port", (i) => `[2001:db8:1:2::7]:${40_000 + i}`],
    ["by ever new addresses of the network it was given", (i) => `2001:db8:1:2::${i}`],
    ["by ever new names that are no address", (i) => `unknown-${i}`],
  ];
  for (const [how, forwarded] of one)
    it(`names one sender ${how}: it is one`, async () => assert.equal(await letIn({ publicUrl }, forwarded), 5));
  it("names senders of ten networks: they are ten", async () =>
    assert.equal(await letIn({ publicUrl }, (i) => `2001:db8:1:${i}::7`), 10));
  it("a name that is no address is refused at the start", () =>
    assert.rejects(testGateway({ trustedProxies: ["my-proxy"] }), /gateway\.trustedProxies/));
});

/** What is held, without what only waits to be collected. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** 20 kB an event. */
const NOTES = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`note_${i}`, "x".repeat(2_000)]));

describe("clients that never read", () => {
  it("a hundred streams cost less than a megabyte each, and keep nobody else waiting", {
    timeout: 120_000,
  }, async () => {
    await using tested = await testGateway({}, { pack: false, engine: { maxConnections: 4 } });
    const properties = NOTES;
    for (let i = 0; i < 12; i++) {
      const events = Array.from({ length: 40 }, (_, n) => ({
        type: "contact_updated_external",
        data: { email: `a${n}@b${i}.example`, system: "crm", properties },
      }));
      assert.ok((await tested.post("/events", events)).ok);
    }
    await tested.engine.idle();
    const before = heldBytes();
    const sockets = await Promise.all(Array.from({ length: 100 }, () => unread(tested)));
    try {
      await until(() => sockets.every((socket) => socket.readableLength > 0 || socket.bytesRead > 0));
      for (let i = 0; i < 10; i++)
        assert.equal((await tested.post("/forms/demo", { email: `new${i}@c.example` })).status, 202);
      assert.ok((await tested.call("/api/contacts")).ok);
      const grown = (heldBytes() - before) / 1_048_576;
      assert.ok(grown < 100, `${grown.toFixed(0)} MB for 100 streams, both ends of them`);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  });

  it("are cut off when their session ends, though they do not read", async () => {
    await using tested = await testGateway({ heartbeatMs: 50 }, { pack: false });
    const properties = NOTES;
    const events = Array.from({ length: 40 }, (_, n) => ({
      type: "contact_updated_external",
      data: { email: `a${n}@b.example`, system: "crm", properties },
    }));
    assert.ok((await tested.post("/events", events)).ok);
    const created = (await (await tested.post("/api/keys", { name: "reader", scopes: ["read"] })).json()) as {
      key: string;
    };
    const socket = await unread(tested, created.key);
    let isCut = false;
    socket.on("close", () => {
      isCut = true;
    });
    await until(() => socket.bytesRead > 0);
    await tested.post("/api/keys/reader/revoke", {});
    // What was sent before is read now; behind it the answer ends, or the line is cut.
    let tail = "";
    socket.on("data", (chunk) => {
      tail = (tail + chunk.toString("latin1")).slice(-16);
    });
    socket.resume();
    await until(() => isCut || tail.endsWith("0\r\n\r\n"));
  });
});

/** A stream from the beginning of the log whose client takes one piece and no more. */
async function unread({ url, gateway }: TestGateway, key: string = gateway.apiKey): Promise<Socket> {
  const { port, host } = new URL(url);
  const socket = connect({ port: Number(port), host: "127.0.0.1" });
  socket.on("error", () => {});
  socket.once("data", () => socket.pause());
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.write(`GET /api/stream?after=0 HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${key}\r\n\r\n`);
  return socket;
}

describe("a disk that is nearly full", () => {
  it("makes /readyz say no, by how much and which setting", { timeout: 60_000 }, async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), "millrace-disk-"));
    const engine = await openEngine({ dataFolder }, { onError: () => {} });
    try {
      for (const [diskWatermarkMb, status] of [
        [0, 200],
        [100_000_000, 503],
      ] as const) {
        const gateway = await startGateway(engine, { port: 0, dataFolder, diskWatermarkMb, onError: () => {} });
        const answer = await fetch(`${gateway.url}/readyz`);
        assert.equal(answer.status, status);
        if (status === 503)
          assert.match(
            ((await answer.json()) as { reasons: string[] }).reasons.join(),
            /MB left, less than 100000000 \(gateway\.diskWatermarkMb\)/,
          );
        await gateway.close();
      }
    } finally {
      await engine.stop();
      await rm(dataFolder, { recursive: true, force: true });
    }
  });
});
