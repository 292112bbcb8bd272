/** Roles: what each person may do at every route there is, made from the table of routes; and people, sessions and passwords. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ROLES, type Role } from "../../packages/millrace/src/access/roles.ts";
import { routes } from "../../packages/millrace/src/http/routes.ts";
import { until } from "../factories/until.ts";
import { type TestGateway, testGateway } from "./gateway.fixture.ts";

const guarded = routes.filter((route) => route.access === "operator");
const PASSWORD = "correct horse battery staple";

/** Signs in by the link of an invitation. @returns the Cookie header. */
async function cookieOf(tested: TestGateway, path: string): Promise<string> {
  const response = await fetch(`${tested.url}${path}`, { redirect: "manual" });
  assert.equal(response.status, 303);
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

async function addPerson(tested: TestGateway, name: string, roles: readonly Role[]): Promise<string> {
  const response = await tested.post("/api/people", { name, roles });
  assert.equal(response.status, 200, await response.clone().text());
  return cookieOf(tested, ((await response.json()) as { path: string }).path);
}

function ask(tested: TestGateway, cookie: string, method: string, path: string, body: unknown = {}): Promise<Response> {
  const headers = { cookie, "sec-fetch-site": "same-origin", "content-type": "application/json" };
  return fetch(`${tested.url}${path}`, {
    method,
    headers,
    redirect: "manual",
    signal: AbortSignal.timeout(60_000),
    ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
  });
}

describe("every route", () => {
  let tested: TestGateway;
  const cookies = new Map<Role, string>();
  let readOnly = "";
  before(async () => {
    tested = await testGateway();
    for (const role of ROLES) cookies.set(role, await addPerson(tested, `a-${role}`, [role]));
    const made = await tested.post("/api/keys", { name: "reader", scopes: ["read"] });
    readOnly = ((await made.json()) as { key: string }).key;
  });
  after(() => tested[Symbol.asyncDispose]());

  /** Nothing behind it is asked for: the paths name what is not there, and the bodies are refused. */
  const pathOf = (path: string) => path.replace(/:\w+/g, "0");
  const BODY = { "not a field of any operation": true };

  for (const route of guarded) {
    const address = `${route.method} ${route.path}`;
    for (const role of ROLES) {
      const mayAsk = (route.roles ?? []).includes(role);
      it(`${mayAsk ? "lets" : "keeps out"} ${role}: ${address}`, async () => {
        if (
          mayAsk &&
          (route.path === "/api/stream" || route.path === "/api/sign-out" || route.path.startsWith("/api/me/"))
        )
          return;
        const response = await ask(tested, cookies.get(role) ?? "", route.method, pathOf(route.path), BODY);
        await response.body?.cancel();
        if (mayAsk) assert.ok(![401, 403].includes(response.status), `${response.status}`);
        else assert.equal(response.status, 403);
      });
    }

    it(`keeps out who is not signed in: ${address}`, async () => {
      const response = await fetch(`${tested.url}${pathOf(route.path)}`, {
        method: route.method,
        headers: { "content-type": "application/json" },
        ...(route.method === "GET" ? {} : { body: "{}" }),
      });
      assert.equal(response.status, 401);
    });

    if (route.scope !== undefined && route.scope !== "read")
      it(`keeps out a key that may only read: ${address}`, async () => {
        const headers = { authorization: `Bearer ${readOnly}`, "content-type": "application/json" };
        const body = route.method === "GET" ? {} : { body: "{}" };
        const response = await tested.call(pathOf(route.path), { method: route.method, headers, ...body });
        assert.equal(response.status, 403);
      });
  }

  it("says which people may ask, beside every operation", () => {
    for (const route of guarded.filter(({ operation }) => operation !== undefined)) {
      assert.ok((route.roles ?? []).includes("admin"), route.path);
      assert.deepEqual(route.roles, route.operation?.words.roles);
    }
  });

  it("is told to a person in words: what they are, who may, and what to do", async () => {
    const response = await ask(tested, cookies.get("sales") ?? "", "POST", "/api/mail/pause");
    const { code, saw, expected, next } = (await response.json()) as Record<string, string>;
    assert.equal(code, "forbidden");
    assert.match(saw ?? "", /a-sales is signed in as sales/);
    assert.match(expected ?? "", /admin, operations/);
    assert.match(next ?? "", /millrace people roles a-sales/);
    assert.equal((await tested.read("/api/mail")).isPaused, false);
  });

  it("/api/me says who one is and what one may ask, and that is what the routes do", async () => {
    for (const role of ROLES) {
      const response = await ask(tested, cookies.get(role) ?? "", "GET", "/api/me");
      const me = (await response.json()) as { person: string; roles: string[]; may: string[] };
      assert.deepEqual([me.person, me.roles], [`a-${role}`, [role]]);
      const allowed = guarded.flatMap(({ operation, roles }) =>
        operation !== undefined && roles?.includes(role) ? [operation.name] : [],
      );
      assert.deepEqual(me.may.sort(), allowed.sort());
    }
  });
});

describe("people", () => {
  it("who is removed is out at once: the session, an open stream, the link and the password", async () => {
    await using tested = await testGateway();
    await addPerson(tested, "ada", ["admin"]);
    const grace = await addPerson(tested, "grace", ["sales"]);
    assert.equal((await ask(tested, grace, "POST", "/api/me/password", { password: PASSWORD })).status, 200);
    const invited = (await (await tested.post("/api/people/grace/invite", {})).json()) as { path: string };
    const stream = await fetch(`${tested.url}/api/stream`, { headers: { cookie: grace } });
    assert.equal(stream.status, 200);
    const ended = readAll(stream);
    assert.equal((await tested.post("/api/people/grace/remove", {})).status, 200);
    assert.ok(!(await ended).includes("person_removed"), "the stream ends before what put them out is sent");
    assert.equal((await ask(tested, grace, "GET", "/api/overview")).status, 401);
    assert.equal((await fetch(`${tested.url}${invited.path}`, { redirect: "manual" })).status, 401);
    assert.equal((await signInWith(tested, "grace", PASSWORD)).status, 401);
    const again = await tested.post("/api/people", { name: "grace", roles: ["analyst"] });
    assert.equal(again.status, 200, "and may be let in anew");
  });

  it("another role holds at once, and the only admin stays admin", async () => {
    await using tested = await testGateway();
    const ada = await addPerson(tested, "ada", ["admin"]);
    const grace = await addPerson(tested, "grace", ["analyst"]);
    assert.equal((await ask(tested, grace, "POST", "/api/mail/pause")).status, 403);
    assert.equal((await ask(tested, ada, "POST", "/api/people/grace/roles", { roles: ["operations"] })).status, 200);
    assert.equal((await ask(tested, grace, "POST", "/api/mail/pause")).status, 200);
    for (const [path, body] of [
      ["/api/people/ada/roles", { roles: ["sales"] }],
      ["/api/people/ada/remove", {}],
    ] as const) {
      const response = await ask(tested, ada, "POST", path, body);
      assert.equal(response.status, 400);
      assert.match(((await response.json()) as { saw: string }).saw, /only admin/);
    }
    const [changed] = (await tested.read("/api/events?type=person_changed")).events;
    assert.equal(changed.actor, "person:ada");
    assert.deepEqual(changed.data, { person: "grace", from: ["analyst"], to: ["operations"] });
  });

  it("sessions are listed and ended one by one or all together, with their streams", async () => {
    await using tested = await testGateway();
    const ada = await addPerson(tested, "ada", ["admin"]);
    const { path } = (await (await tested.post("/api/people/ada/invite", {})).json()) as { path: string };
    const second = await cookieOf(tested, path);
    const stream = await fetch(`${tested.url}/api/stream`, { headers: { cookie: second } });
    const ended = readAll(stream);
    const { sessions } = await tested.read("/api/sessions?person=ada");
    assert.equal(sessions.length, 2);
    assert.equal((await tested.post("/api/sessions/end", { id: sessions[0].id })).status, 200);
    await ended;
    assert.equal((await ask(tested, second, "GET", "/api/me")).status, 401);
    assert.equal((await ask(tested, ada, "GET", "/api/me")).status, 200);
    assert.equal((await ask(tested, ada, "POST", "/api/me/sign-out-everywhere")).status, 200);
    assert.equal((await ask(tested, ada, "GET", "/api/me")).status, 401);
    for (const body of [{}, { id: 1, name: "ada" }])
      assert.equal((await tested.post("/api/sessions/end", body)).status, 400);
  });

  it("a name that is none, a role there is not, or somebody who is there is refused by the field", async () => {
    await using tested = await testGateway();
    await addPerson(tested, "ada", ["admin"]);
    for (const [body, field] of [
      [{ name: "a b", roles: ["sales"] }, "name"],
      [{ name: "<b>", roles: ["sales"] }, "name"],
      [{ name: "bob", roles: ["boss"] }, "roles.0"],
      [{ name: "bob", roles: [] }, "roles"],
      [{ name: "ada", roles: ["sales"] }, "name"],
    ] as const) {
      const response = await tested.post("/api/people", body);
      assert.equal(response.status, 400);
      assert.equal(((await response.json()) as { field: string }).field, field);
    }
    const response = await tested.post("/api/people/adda/remove", {});
    assert.equal(response.status, 404);
    assert.match(((await response.json()) as { saw: string }).saw, /Did you mean "ada"/);
  });
});

describe("a password", () => {
  it("signs in, is kept as a hash alone, and setting it ends the other sessions", async () => {
    await using tested = await testGateway();
    const first = await addPerson(tested, "ada", ["admin"]);
    const { path } = (await (await tested.post("/api/people/ada/invite", {})).json()) as { path: string };
    const second = await cookieOf(tested, path);
    assert.equal((await ask(tested, second, "POST", "/api/me/password", { password: PASSWORD })).status, 200);
    assert.equal((await ask(tested, first, "GET", "/api/me")).status, 401);
    assert.equal((await ask(tested, second, "GET", "/api/me")).status, 200);
    const rows = JSON.stringify(await tested.engine.db.query("select * from people"));
    assert.ok(!rows.includes(PASSWORD) && /scrypt\$65536\$/.test(rows));
    const signed = await signInWith(tested, "ada", PASSWORD);
    assert.equal(signed.status, 200);
    const cookie = (signed.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    assert.equal((await ask(tested, cookie, "GET", "/api/me")).status, 200);
    assert.ok(
      (await tested.read("/api/events?type=signed_in")).events.some(
        ({ data }: { data: { via: string } }) => data.via === "password",
      ),
    );
    // Signed in by it, one needs it to set another.
    const other = { password: "another password of mine" };
    assert.equal((await ask(tested, cookie, "POST", "/api/me/password", other)).status, 401);
    assert.equal((await ask(tested, cookie, "POST", "/api/me/password", { ...other, current: PASSWORD })).status, 200);
    assert.equal((await signInWith(tested, "ada", PASSWORD)).status, 401);
  });

  it("that is wrong, of nobody, or not set is answered alike; after five none is looked at, not even the right one", async () => {
    await using tested = await testGateway();
    const ada = await addPerson(tested, "ada", ["admin"]);
    await ask(tested, ada, "POST", "/api/me/password", { password: PASSWORD });
    await addPerson(tested, "grace", ["sales"]);
    const told = async (person: string) =>
      (await signInWith(tested, person, "wrong password")).json() as Promise<{ saw: string }>;
    const [wrong, unset, nobody] = [await told("ada"), await told("grace"), await told("nobody")];
    assert.deepEqual([unset.saw, nobody.saw], [wrong.saw, wrong.saw]);
    for (let i = 0; i < 4; i++) await told("ada");
    const locked = await signInWith(tested, "ada", PASSWORD);
    assert.equal(locked.status, 429);
    assert.ok(Number(locked.headers.get("retry-after")) > 0);
    await tested.engine.db.query("update people set locked_until = clock_timestamp()");
    assert.equal((await signInWith(tested, "ada", PASSWORD)).status, 200);
  });

  it("that is short is refused, and a program has none", async () => {
    await using tested = await testGateway();
    const ada = await addPerson(tested, "ada", ["admin"]);
    const short = await ask(tested, ada, "POST", "/api/me/password", { password: "short" });
    assert.equal(short.status, 400);
    assert.match(((await short.json()) as { saw: string }).saw, /fewer than 12/);
    assert.equal((await tested.post("/api/me/password", { password: PASSWORD })).status, 403);
  });
});

function signInWith(tested: TestGateway, person: string, password: string): Promise<Response> {
  return fetch(`${tested.url}/api/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ person, password }),
  });
}

/** All that a stream sends until it ends. */
async function readAll(response: Response): Promise<string> {
  let text = "";
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
    return true;
  })().catch(() => true);
  let hasEnded = false;
  void reading.then(() => {
    hasEnded = true;
  });
  await until(() => hasEnded);
  return text;
}
