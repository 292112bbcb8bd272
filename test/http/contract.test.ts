/** What holds for every route, made from the table of routes. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Route } from "../../packages/millrace/src/http/route.ts";
import { routes } from "../../packages/millrace/src/http/routes.ts";
import { LEAD, type TestGateway, testGateway } from "./gateway.fixture.ts";

let tested: TestGateway;

suite("every route", () => {
  before(async () => {
    tested = await testGateway({ heartbeatMs: 50 });
    await tested.post("/forms/demo", LEAD);
    await tested.engine.mail.take(Buffer.from(`From: ada@bigcorp-systems.com\r\nSubject: Hello\r\n\r\nCall me.\r\n`));
    await tested.engine.idle();
  });
  after(() => tested[Symbol.asyncDispose]());

  const nameOf = ({ method, path }: Route) => `${method} ${path}`;

  test("every route is in the OpenAPI document, with its parameters, body and answers", async () => {
    const document = await tested.read("/openapi.json");
    assert.equal(document.openapi, "3.1.0");
    for (const route of routes) {
      const operation = document.paths[route.path.replace(/:(\w+)/g, "{$1}")]?.[route.method.toLowerCase()];
      assert.ok(operation, `${nameOf(route)} is described`);
      assert.equal(operation.requestBody !== undefined, route.body !== undefined, `${nameOf(route)}: body`);
      for (const status of Object.keys(route.answers))
        assert.ok(operation.responses[status], `${nameOf(route)}: ${status}`);
    }
  });

  test("no two operations have the same id, and every reference leads somewhere", async () => {
    const document = await tested.read("/openapi.json");
    const operations = Object.values(document.paths).flatMap((path) =>
      Object.values(path as Record<string, { operationId: string }>),
    );
    assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, routes.length);
    for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      assert.ok(document.components.schemas[name ?? ""], name);
    }
  });

  test("every event a stranger may send is described with an example that is valid, and no internal one is", async () => {
    const { components } = await tested.read("/openapi.json");
    for (const name of tested.engine.events.names()) {
      const definition = tested.engine.events.get(name);
      assert.equal(components.schemas[`event.${name}`] !== undefined, !definition.isInternal, name);
      if (definition.example !== undefined) assert.ok(definition.schema.safeParse(definition.example).success, name);
    }
  });

  const operatorRoutes = routes.filter((route) => route.access === "operator");

  for (const route of operatorRoutes) {
    test(`${nameOf(route)} answers 401 to a stranger, before it reads the body`, async () => {
      const response = await tested.call(pathOf(route), { method: route.method, headers: { authorization: "" } });
      assert.equal(response.status, 401);
      const problem = (await response.json()) as { code: string; next: string };
      assert.equal(problem.code, "not_signed_in");
      assert.match(problem.next, /sign-in/);
    });
  }

  test("a wrong key is refused like none", async () => {
    for (const authorization of ["Bearer mr_wrong", "Bearer ", "Basic YTpi", `Bearer ${tested.gateway.apiKey}x`]) {
      assert.equal((await tested.call("/api/overview", { headers: { authorization } })).status, 401, authorization);
    }
  });

  for (const path of new Set(routes.map((route) => route.path))) {
    test(`${path} refuses other methods and says which it takes`, async () => {
      const response = await tested.call(pathOf({ path }), { method: "DELETE" });
      assert.equal(response.status, 405);
      assert.match(response.headers.get("allow") ?? "", /GET|POST/);
    });
  }

  const readable = operatorRoutes.filter((route) => route.method === "GET" && route.operation !== undefined);

  for (const route of readable) {
    test(`GET ${route.path} answers as its schema says`, async () => {
      const body = await tested.read(await realPathOf(route));
      const code = await route.operation?.words.load();
      assert.ok(code);
      const result = code.answer.safeParse(body);
      assert.ok(result.success, JSON.stringify(result.error?.issues.slice(0, 3)));
      assert.deepEqual(
        Object.keys(result.data as object).sort(),
        Object.keys(body).sort(),
        "nothing beside what is described",
      );
    });
  }

  for (const route of operatorRoutes.filter((one) => one.path.includes(":"))) {
    test(`${nameOf(route)} answers 404 or 400 for what is not there, with a next step`, async () => {
      const body =
        route.method === "POST"
          ? { method: "POST", body: '{"reason":"x","untilMs":1}', headers: { "content-type": "application/json" } }
          : {};
      for (const id of ["999999999", "x%00", "../../etc", "00000000-0000-0000-0000-000000000000"]) {
        const response = await tested.call(route.path.replace(/:\w+/, encodeURIComponent(id)), { ...body });
        assert.ok(response.status === 404 || response.status === 400, `${id}: ${response.status}`);
        assert.ok(((await response.json()) as { next: string }).next.length > 5);
      }
    });
  }
});

function pathOf({ path }: { path: string }): string {
  return path.replace(":form", "demo").replace(/:\w+/g, "1");
}

/** The address of something that is there. Ids have gaps, so each is looked up. */
async function realPathOf({ path }: Route): Promise<string> {
  if (path === "/api/mail/inbox/:id")
    return path.replace(":id", String((await tested.read("/api/mail/inbox")).inbox[0].id));
  const [, resource = ""] = /^\/api\/([a-z]+)\/:/.exec(path) ?? [];
  if (resource === "") return path;
  if (path === "/api/workflows/:name/try")
    return `${path.replace(":name", "form_cascade")}?contact=${(await tested.read("/api/contacts")).contacts[0].id}`;
  if (resource === "workflows") return path.replace(":name", "form_cascade");
  if (resource === "agents") return path.replace(":agent", "mailer");
  const [first] = (await tested.read(`/api/${resource}${resource === "tasks" ? "?human=true" : ""}`))[resource];
  return path.replace(/:\w+/, String(first.id ?? first.position ?? first.contact));
}
