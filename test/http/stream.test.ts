import assert from "node:assert/strict";
import { test } from "node:test";
import { signIn, type TestGateway, testGateway } from "./gateway.fixture.ts";

test("a stream tells the log past a position, then what happens next, in order and once", async () => {
  await using tested = await testGateway();
  await tested.post("/forms/demo", { email: "a@example.com" });
  await tested.engine.idle();
  await using stream = await listen(tested, "?after=0");
  const before = await tested.countEvents();
  await stream.until((ids) => ids.length === before);
  await tested.post("/forms/demo", { email: "b@example.com" });
  await tested.engine.idle();
  const all = await tested.countEvents();
  await stream.until((ids) => ids.length === all);
  assert.deepEqual(
    stream.ids,
    [...new Set(stream.ids)].toSorted((a, b) => a - b),
  );
});

test("a client that was cut off goes on where it was", async () => {
  await using tested = await testGateway();
  for (let i = 0; i < 5; i++) await tested.post("/forms/newsletter", { email: `a${i}@example.com` });
  await tested.engine.idle();
  await using stream = await listen(tested, "", { "last-event-id": "3" });
  const all = await tested.countEvents();
  await stream.until((ids) => ids.length === all - 3);
  assert.equal(stream.ids[0], 4);
});

test("without a position it begins now", async () => {
  await using tested = await testGateway();
  await tested.post("/forms/demo", { email: "a@example.com" });
  await tested.engine.idle();
  const newest = await tested.countEvents();
  await using stream = await listen(tested, "");
  await tested.post("/forms/demo", { email: "b@example.com" });
  await stream.until((ids) => ids.length > 0);
  assert.equal(stream.ids[0], newest + 1);
});

test("a silent stream says that it is still there", async () => {
  await using tested = await testGateway({ heartbeatMs: 20 });
  await using stream = await listen(tested, "");
  await stream.until((_ids, text) => text.includes(": still here"));
});

test("a thousand events more than a page come all, though nobody wakes the stream again", async () => {
  await using tested = await testGateway({}, { pack: false });
  const events = Array.from({ length: 900 }, (_, i) => ({
    type: "contact_created",
    data: { email: `a${i}@example.com` },
  }));
  await tested.post("/events", events);
  await using stream = await listen(tested, "?after=0");
  await stream.until((ids) => ids.length >= 900);
});

test("who asks for a stream's head gets it, and nothing is left open", { timeout: 20_000 }, async () => {
  await using tested = await testGateway();
  const answer = await tested.call("/api/stream", { method: "HEAD" });
  assert.deepEqual([answer.status, answer.headers.get("content-type")], [200, "text/event-stream"]);
});

test("a stream ends with its session, and with the gateway", async () => {
  await using tested = await testGateway({ heartbeatMs: 20 });
  const cookie = await signIn(tested.gateway, "ada");
  await tested.engine.db.query("update sessions set expires_at = clock_timestamp() + interval '300 ms'");
  await using ofSession = await listen(tested, "", { authorization: "", cookie });
  await ofSession.ended;
  await using ofKey = await listen(tested, "");
  await tested.gateway.close();
  await ofKey.ended;
});

test("a stream ends when its person signs out, here at once, by another process at the next heartbeat", async () => {
  await using tested = await testGateway({ heartbeatMs: 3_600_000 });
  const cookie = await signIn(tested.gateway, "ada");
  await using mine = await listen(tested, "", { authorization: "", cookie });
  await using others = await listen(tested, "");
  const answer = await tested.call("/api/sign-out", {
    method: "POST",
    headers: { authorization: "", cookie, "sec-fetch-site": "same-origin" },
  });
  assert.equal(answer.status, 200);
  await mine.ended;
  await tested.post("/forms/demo", { email: "a@example.com" });
  await others.until((ids) => ids.length > 0);

  await using beating = await testGateway({ heartbeatMs: 20 });
  const there = await signIn(beating.gateway, "ada");
  await using stream = await listen(beating, "", { authorization: "", cookie: there });
  await beating.engine.db.query("delete from sessions");
  await stream.ended;
});

async function listen(tested: TestGateway, query: string, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const response = await tested.call(`/api/stream${query}`, { headers, signal: stop.signal });
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  const ids: number[] = [];
  let text = "";
  let tell = () => {};
  const ended = (async () => {
    const decoder = new TextDecoder();
    try {
      for await (const part of response.body ?? []) {
        text += decoder.decode(part, { stream: true });
        const whole = text.slice(0, text.lastIndexOf("\n\n") + 2);
        ids.splice(
          0,
          ids.length,
          ...[...whole.matchAll(/^id: (\d+)\ndata: \{"position"/gm)].map(([, id]) => Number(id)),
        );
        tell();
      }
    } catch {
      // Cut off by the test itself, or by the gateway: either way it has ended.
    }
  })();
  return {
    ids,
    ended,
    async until(isEnough: (ids: readonly number[], text: string) => boolean) {
      const deadline = AbortSignal.timeout(5_000);
      while (!isEnough(ids, text)) {
        deadline.throwIfAborted();
        await Promise.race([
          new Promise<void>((resolve) => (tell = resolve)),
          new Promise((resolve) => setTimeout(resolve, 100)),
        ]);
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}
