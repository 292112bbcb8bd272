/** API keys: each does what it was made for, and nothing else, at every route. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { SCOPES, type Scope } from "../../packages/millrace/src/access/scopes.ts";
import { routes } from "../../packages/millrace/src/http/routes.ts";
import { formSubmitted } from "../factories/engine.ts";
import { LEAD, type TestGateway, testGateway } from "./gateway.fixture.ts";

const guarded = routes.filter((route) => route.access === "operator");

async function keyWith(tested: TestGateway, name: string, more: object = {}): Promise<string> {
  const response = await tested.post("/api/keys", { name, ...more });
  assert.equal(response.status, 200, await response.clone().text());
  return ((await response.json()) as { key: string }).key;
}

function asked(tested: TestGateway, key: string, path: string, body?: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${key}` };
  return body === undefined ? tested.call(path, { headers }) : tested.post(path, body, headers);
}

describe("an API key", () => {
  let tested: TestGateway;
  before(async () => {
    tested = await testGateway();
  });
  after(() => tested[Symbol.asyncDispose]());

  for (const route of guarded.filter(({ scope }) => scope !== undefined)) {
    it(`without the scope ${route.scope} is refused at ${route.method} ${route.path}, and the answer says what is missing`, async () => {
      const others = SCOPES.filter((scope) => scope !== route.scope);
      const name = `all-but-${route.scope}`;
      const key = keys.get(name) ?? (await keyWith(tested, name, { scopes: others }));
      keys.set(name, key);
      const path = route.path.replace(/:\w+/g, "7");
      const response = await asked(tested, key, path, route.method === "GET" ? undefined : {});
      assert.equal(response.status, 403);
      const { code, saw, next } = (await response.json()) as Record<string, string>;
      assert.equal(code, "forbidden");
      assert.match(
        saw ?? "",
        route.scope === "owner" ? /managed by people/ : new RegExp(`lacks the scope "${route.scope}"`),
      );
      assert.match(next ?? "", /millrace/);
    });
  }
  const keys = new Map<string, string>();

  it("names its need at every route for programs, but signing out", () => {
    const open = guarded.filter(({ scope }) => scope === undefined).map(({ path }) => path);
    assert.deepEqual(open, ["/api/sign-out"]);
  });

  it("that is rotated works with its new secret, and with the old one until its time is over", async () => {
    const old = await keyWith(tested, "rotated");
    const rotate = async (body: object) => {
      const response = await tested.post("/api/keys/rotated/rotate", body);
      assert.equal(response.status, 200, await response.clone().text());
      return ((await response.json()) as { key: string }).key;
    };
    const statusOf = async (key: string) => (await asked(tested, key, "/api/contacts")).status;
    const fresh = await rotate({ oldForHours: 1 });
    assert.notEqual(fresh, old);
    assert.deepEqual([await statusOf(fresh), await statusOf(old)], [200, 200]);
    const newest = await rotate({ oldForHours: 0 });
    assert.deepEqual([await statusOf(newest), await statusOf(fresh), await statusOf(old)], [200, 401, 401]);
    const facts = JSON.stringify((await tested.read("/api/events?type=api_key_rotated")).events);
    assert.ok(facts.includes('"oldForHours"') && !facts.includes(newest));
    assert.equal((await tested.post("/api/keys/rotated/rotate", { oldForHours: 721 })).status, 400);
    assert.equal((await tested.post("/api/keys/rotatd/rotate", {})).status, 404);
    await tested.post("/api/keys/rotated/revoke", {});
    assert.equal(await statusOf(newest), 401);
  });

  it("is kept as a hash, shown once, and listed without itself", async () => {
    const key = await keyWith(tested, "shown-once");
    const rows = JSON.stringify(await tested.engine.db.query("select * from api_keys"));
    const events = JSON.stringify(await tested.engine.db.query("select * from events where type like 'api_key%'"));
    assert.ok(!rows.includes(key) && !events.includes(key));
    const { keys } = await tested.read("/api/keys");
    assert.ok(!JSON.stringify(keys).includes(key));
    assert.equal(keys.find((one: { name: string }) => one.name === "shown-once").createdBy, "key:api");
  });

  for (const [name, body, field] of [
    ["a name that is taken", { name: "shown-once" }, "name"],
    ["the name of the engine's own key", { name: "api" }, "name"],
    ["a name with a space", { name: "my key" }, "name"],
    ["a scope there is not", { name: "other", scopes: ["everything"] }, "scopes.0"],
    ["the scope of owners", { name: "other", scopes: ["owner"] }, "scopes.0"],
    ["no scope", { name: "other", scopes: [] }, "scopes"],
  ] as const) {
    it(`is not made for ${name}`, async () => {
      const response = await tested.post("/api/keys", body);
      assert.equal(response.status, 400);
      assert.equal(((await response.json()) as { field: string }).field, field);
    });
  }

  it("is not made for a kind of task there is not", async () => {
    const response = await tested.post("/api/keys", { name: "other", scopes: ["work"], kinds: ["enrich_dat"] });
    assert.equal(response.status, 400);
    assert.match(((await response.json()) as { saw: string }).saw, /Did you mean "enrich_data"/);
  });

  it("that was revoked or has expired opens nothing more", async () => {
    const revoked = await keyWith(tested, "revoked");
    const expired = await keyWith(tested, "expired", { expiresAtMs: Date.now() + 86_400_000 });
    assert.equal((await asked(tested, revoked, "/api/overview")).status, 200);
    assert.equal((await asked(tested, expired, "/api/overview")).status, 200);
    await tested.post("/api/keys/revoked/revoke", {});
    await tested.engine.db.query("update api_keys set expires_at = clock_timestamp() where name = 'expired'");
    for (const key of [revoked, expired]) {
      const response = await asked(tested, key, "/api/overview");
      assert.equal(response.status, 401);
      assert.match(((await response.json()) as { saw: string }).saw, /revoked, or has expired/);
    }
  });

  it("leaves an event when it is made and when it is revoked", async () => {
    const { events } = await tested.read("/api/events?type=api_key_revoked");
    assert.deepEqual(events[0].data, { name: "revoked" });
    assert.equal(events[0].actor, "key:api");
    const made = (await tested.read("/api/events?type=api_key_created&limit=100")).events;
    assert.ok(made.some(({ data }: { data: { name: string } }) => data.name === "revoked"));
  });
});

describe("who is named for what a key does", () => {
  const scopes: readonly Scope[] = ["read", "change"];
  for (const [made, more, person, actor] of [
    ["for no one in particular", {}, undefined, "key:robot"],
    ["for a person", { actsFor: "ada" }, undefined, "person:ada"],
    ["for a person that it names", { actsFor: "ada" }, "ada", "person:ada"],
    ["for a person, and naming another", { actsFor: "ada" }, "bob", undefined],
    ["for no one, and naming a person", {}, "bob", undefined],
  ] as const) {
    it(`${actor ?? "is refused"} by a key made ${made}`, async () => {
      await using tested = await testGateway();
      await tested.engine.append([formSubmitted(LEAD)]);
      await tested.engine.idle();
      const key = await keyWith(tested, "robot", { scopes, ...more });
      const [task] = (await tested.read("/api/tasks?kind=hot_lead_review")).tasks;
      const body = person === undefined ? {} : { person };
      const response = await asked(tested, key, `/api/tasks/${task.id}/claim`, body);
      assert.equal(response.status, actor === undefined ? 403 : 200);
      const [changed] = (await tested.read("/api/events?type=task_status_changed&limit=1")).events;
      if (actor === undefined) assert.match(((await response.json()) as { next: string }).next, /leave person out/);
      else assert.equal(changed.actor, actor);
    });
  }
});
