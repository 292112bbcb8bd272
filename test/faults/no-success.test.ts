/** Answers that look like success and are none, to each client of ours: nothing is taken for done that was not said to be. */
import assert from "node:assert/strict";
import { createServer, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, createServer as createTcp, type Socket } from "node:net";
import { after, describe, it } from "node:test";
import { Client } from "@hubspot/api-client";
import { checkedProfile } from "../../packages/millrace/src/agents/data-enricher/profiles.ts";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import { accountCheck } from "../../packages/millrace/src/crm/hubspot/client/account.ts";
import { readBatch, writeBatch } from "../../packages/millrace/src/crm/hubspot/client/batch.ts";
import { type HubspotApi, hubspotApi } from "../../packages/millrace/src/crm/hubspot/client/client.ts";
import { checkedHubspot } from "../../packages/millrace/src/crm/hubspot/client/hubspot-settings.ts";
import { type RecordHistory, readHistory } from "../../packages/millrace/src/crm/hubspot/inbound/property-history.ts";
import {
  listContacts,
  readContacts,
  searchChanged,
} from "../../packages/millrace/src/crm/hubspot/inbound/read-contacts.ts";
import { associate } from "../../packages/millrace/src/crm/hubspot/outbound/activities.ts";
import { parseSender } from "../../packages/millrace/src/email/transport/sender.ts";
import { SmtpDelivery } from "../../packages/millrace/src/email/transport/smtp-delivery.ts";
import { formSubmitted, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";

const json =
  (value: unknown, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  };
async function wholeHistory(api: HubspotApi, id: string) {
  const all: RecordHistory[] = [];
  for await (const one of readHistory(api, [id], () => ["company"])) all.push(one);
  return all;
}
const lease = { holdsFor: () => true };

/** What HubSpot, or a proxy before it, answers to a batch of two. */
const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "200 without a body": (response) => response.writeHead(200).end(),
  "204": (response) => response.writeHead(204).end(),
  "a page in HTML": (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in</html>"),
  "JSON cut off": (response) =>
    response.writeHead(200, { "content-type": "application/json" }).end('{"results":[{"id"'),
  "a body shorter than announced": (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "900" }).write('{"results":[');
    setImmediate(() => response.destroy());
  },
  "200 and an error": json({ status: "error", message: "quota" }),
  null: json(null),
  "a list": json([]),
  "an empty object": json({}),
  "no results": json({ status: "COMPLETE", results: [] }),
  pending: json({ status: "PENDING", results: [{ id: "101" }, { id: "102" }] }),
  "results without ids": json({ status: "COMPLETE", results: [{ properties: {} }, null] }),
  "errors that name nothing": json(
    { status: "COMPLETE", results: [], numErrors: 2, errors: [{ category: "X", context: {} }] },
    207,
  ),
};

describe("HubSpot", async () => {
  let answer: (response: ServerResponse) => void = json({});
  const server = createServer((request, response) => request.resume().on("end", () => answer(response)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const limits = { perTenSeconds: 20_000, perDay: 1_000_000, searchPerSecond: 1_000 };
  /** A door of its own for each case: circuits remember. */
  const door = () => hubspotApi(checkedHubspot({ accessToken: "t", baseUrl, limits }), undefined, systemClock);
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const inputs = ["101", "102"].map((id) => ({ key: `k${id}`, id, properties: { company: "Acme" } }));

  for (const [what, says] of Object.entries(answers)) {
    it(`that answers with ${what} has written nothing`, async () => {
      const api = door();
      answer = says;
      for (const way of [inputs, inputs.map((input) => ({ ...input, idProperty: "email" }))]) {
        const results = await writeBatch({ api, lease, urgency: "normal" }, "contacts", "update", way);
        for (const { key } of way) assert.equal(results.get(key)?.ok, false, key);
      }
      await api.close();
    });

    it(`that answers with ${what} has joined nothing`, async () => {
      const api = door();
      answer = says;
      const isPending = what === "results without ids";
      const failure = await associate({ api, urgency: "normal" }, "notes", "contacts", [{ from: "1", to: "2" }]);
      // A pair that was joined has no id of its own.
      assert.equal(failure === undefined, isPending);
      await api.close();
    });

    it(`that answers with ${what} was not asked which records it has${what === "no results" ? ", or has none" : ""}`, async () => {
      const api = door();
      answer = says;
      const found = await readBatch({ api, urgency: "normal" }, "contacts", ["101", "102"], { properties: [] });
      const isKnown = what === "no results";
      assert.equal("kind" in found, !isKnown);
      if (isKnown) assert.deepEqual(found, []);
      await api.close();
    });

    it(`that answers with ${what} has ${what === "no results" ? "nothing new" : "not said what is there"}`, async () => {
      const api = door();
      answer = says;
      const since = { type: "contacts", since: 0, properties: [], after: undefined, urgency: "normal" } as const;
      const history = wholeHistory(api, "101");
      const asked = await Promise.all([
        searchChanged(api, since),
        listContacts(api, [], undefined),
        readContacts(api, ["101"], []),
        history.catch(() => ({ kind: "thrown" })),
      ]);
      for (const said of asked) assert.equal("kind" in said, what !== "no results");
      await api.close();
    });
  }

  it("that could read a part of what was asked for has not said that the rest is gone", async () => {
    const api = door();
    const errors = [{ category: "INTERNAL_ERROR", message: "later", context: { ids: ["102"] } }];
    for (const more of [{ numErrors: 1, errors }, { numErrors: 1 }]) {
      answer = json({ status: "COMPLETE", results: [{ id: "101", properties: {} }], ...more }, 207);
      assert.ok("kind" in (await readContacts(api, ["101", "102"], [])));
      assert.ok(
        "kind" in (await readBatch({ api, urgency: "normal" }, "contacts", ["101", "102"], { properties: [] })),
      );
    }
    await api.close();
  });

  it("whose page leads to itself is not followed for ever", async () => {
    const api = door();
    answer = json({ results: [{ id: "101", properties: {} }], paging: { next: { after: "101" } } });
    const first = await listContacts(api, [], undefined);
    assert.ok("records" in first && first.after === "101");
    assert.ok("kind" in (await listContacts(api, [], "101")));
    await api.close();
  });

  it("behind a proxy that has no such page has not said that contacts are gone; HubSpot itself may", async () => {
    answer = (response) => response.writeHead(404, { "content-type": "text/html" }).end("<html>Not here</html>");
    const api = door();
    assert.ok("kind" in (await readContacts(api, ["101"], [])));
    await api.close();
    answer = json({ status: "error", message: "resource not found", category: "OBJECT_NOT_FOUND" }, 404);
    const again = door();
    assert.deepEqual(await readContacts(again, ["101"], []), []);
    await again.close();
  });

  for (const [what, says] of [
    ["an empty object", json({})],
    ["an account of another type", json({ portalId: { id: 4711 } })],
    ["no account", json({ portalId: null })],
  ] as const) {
    it(`that answers with ${what} has not said that it is another account: nothing is forgotten`, async () => {
      await using test = await testEngine({ pack: false, monitor: false });
      const { db } = test.engine;
      const externalIds = { hubspot: "101" };
      await test.engine.append([{ type: "contact_created", data: { email: "ada@acme.example", externalIds } }]);
      await test.engine.idle();
      await db.query("update crm_installation set account = '4711'");
      const api = door();
      answer = says;
      assert.ok((await accountCheck(db, api)())?.kind !== undefined);
      assert.deepEqual(await db.query("select account from crm_installation"), [{ account: "4711" }]);
      assert.deepEqual(await db.query("select value from contact_identities where kind = 'hubspot'"), [
        { value: "101" },
      ]);
      await api.close();
    });
  }
});

describe("a client of HubSpot's that other code in the process made", async () => {
  const server = createServer((request, response) =>
    request.resume().on("end", () => json({ status: "COMPLETE", results: [] })(response)),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const limits = { perTenSeconds: 20_000, perDay: 1_000_000, searchPerSecond: 1_000 };
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it("slows nothing of ours by its limiter, and keeps it", { timeout: 20_000 }, async () => {
    const api = hubspotApi(checkedHubspot({ accessToken: "t", baseUrl, limits }), undefined, systemClock);
    await readBatch({ api, urgency: "normal" }, "contacts", ["1"], { properties: [] });
    // One request in half a minute: four of ours behind each other would not be done in time, and those left over end by themselves.
    new Client({ accessToken: "other", limiterOptions: { minTime: 30_000, maxConcurrent: 1 } });
    for (const id of ["1", "2", "3", "4"]) {
      assert.deepEqual(await readBatch({ api, urgency: "normal" }, "contacts", [id], { properties: [] }), []);
    }
    const decorators = createRequire(import.meta.url)("@hubspot/api-client/lib/src/services/ApiDecoratorService.js");
    assert.equal(decorators.default.getInstance().decorators.length, 1);
    decorators.default.getInstance().setDecorators([]);
    await api.close();
  });
});

/**
 * A receiver says by its status whether it has the event: any 2xx is its word that it has, whatever stands in the body, which
 * no one has agreed on and which is not read; all else is none, a redirect too. So Standard Webhooks have it.
 */
describe("a receiver of webhooks", () => {
  const said: readonly [string, (response: ServerResponse) => void, "taken" | "not taken"][] = [
    ["200 without a body", (response) => response.writeHead(200).end(), "taken"],
    ["202, that it will see to it", json({ status: "PENDING" }, 202), "taken"],
    ["204", (response) => response.writeHead(204).end(), "taken"],
    ["200 and a page in HTML", (response) => response.writeHead(200).end("<html>Sign in</html>"), "taken"],
    ["200 and an error in the body", json({ error: "quota" }), "taken"],
    [
      "200 and less than it announced",
      (response) => {
        response.writeHead(200, { "content-length": "900" }).write("{");
        setImmediate(() => response.destroy());
      },
      "taken",
    ],
    ["302 to a page", (response) => response.writeHead(302, { location: "/sign-in" }).end("<html>"), "not taken"],
    ["304", (response) => response.writeHead(304).end(), "not taken"],
    ["400", json({ status: "ok" }, 400), "not taken"],
    ["500 and that all is well", json({ status: "ok" }, 500), "not taken"],
    ["nothing and hangs up", (response) => response.destroy(), "not taken"],
  ];
  for (const [what, answer, verdict] of said) {
    it(`that answers ${what} has ${verdict} the event`, async () => {
      let calls = 0;
      const server = createServer((request, response) => {
        calls += 1;
        request.resume().on("end", () => answer(response));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
      const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
      const subscribers = { theirs: { url, secret, types: ["form_submitted"] } };
      {
        await using test = await testEngine({ pack: false, monitor: false, subscribers });
        await test.engine.append([formSubmitted()]);
        const told = () =>
          test.engine.db.query<{ delivered: number; attempts: number }>(
            "select delivered::int, attempts::int from webhook_subscribers where delivered > 0 or attempts > 0",
          );
        await until(async () => (await told()).length > 0);
        assert.deepEqual(await told(), [
          verdict === "taken" ? { delivered: 1, attempts: 0 } : { delivered: 0, attempts: 1 },
        ]);
        assert.equal(calls, 1);
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }
});

describe("a receiver of webhooks that asks for patience", () => {
  for (const [how, given] of [
    ["in seconds", () => "3600"],
    ["until a time", () => new Date(Date.now() + 3_600_000).toUTCString()],
  ] as const) {
    it(`${how} is left alone for so long`, async () => {
      const server = createServer((request, response) =>
        request.resume().on("end", () => response.writeHead(503, { "retry-after": given() }).end()),
      );
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
      const subscribers = { theirs: { url, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" } };
      {
        await using test = await testEngine({ pack: false, monitor: false, subscribers });
        await test.engine.append([formSubmitted()]);
        const waits = () =>
          test.engine.db.query<{ at: number }>(
            "select next_at as at from webhook_subscribers where next_at is not null",
          );
        await until(async () => (await waits()).length > 0);
        const [wait] = await waits();
        assert.ok((wait?.at ?? 0) - test.clock.now() > 3_500_000);
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }
});

describe("a provider of profiles", () => {
  const none: readonly [string, unknown][] = [
    ["a page in HTML", "<html>Sign in</html>"],
    ["an empty text", ""],
    ["an empty object", {}],
    ["a list", [{ jobtitle: "CTO" }]],
    ["pending", { status: "PENDING" }],
    ["an error in a 200", { error: { message: "quota" } }],
    ["a number", 200],
  ];
  for (const [what, given] of none)
    it(`that gives ${what} has failed`, () =>
      assert.throws(() => checkedProfile(given, "directory"), /directory answered/));
  it("that gives nothing knows of no such person", () => {
    assert.equal(checkedProfile(undefined, "directory"), undefined);
    assert.equal(checkedProfile(null, "directory"), undefined);
  });
  it("that gives a part of a profile has found that part", () =>
    assert.deepEqual(checkedProfile({ jobtitle: "CTO" }, "directory"), { jobtitle: "CTO" }));
});

describe("a mail server", () => {
  /** What is said behind the final dot, and what may be known then. */
  const dots: readonly [string, string | undefined, readonly string[]][] = [
    ["250 OK", "250 2.0.0 Ok\r\n", ["sent"]],
    ["250 without another word", "250\r\n", ["sent"]],
    ["nothing and hangs up", undefined, ["unknown"]],
    ["a page in HTML", "HTTP/1.1 200 OK\r\n\r\n<html>\r\n", ["unknown", "not_sent"]],
    ["go ahead once more", "354 go on\r\n", ["unknown", "not_sent"]],
    ["451", "451 later\r\n", ["not_sent"]],
    ["550", "550 no\r\n", ["not_sent"]],
  ];
  for (const [what, reply, states] of dots) {
    it(`that says ${what} behind the final dot: ${states.join(" or ")}`, { timeout: 20_000 }, async () => {
      await using server = await scripted({ dot: reply });
      assert.ok(states.includes(await deliver(server.port)), what);
    });
  }
  for (const greeting of ["HTTP/1.1 200 OK\r\n\r\n", "554 no\r\n", "\r\n"]) {
    it(`that greets with ${JSON.stringify(greeting)} was given nothing`, { timeout: 20_000 }, async () => {
      await using server = await scripted({ greeting });
      assert.equal(await deliver(server.port), "not_sent");
    });
  }
  for (const [verb, state] of [
    ["EHLO", "not_sent"],
    ["the final dot", "unknown"],
  ] as const) {
    it(`that comes to no end of its reply to ${verb} is waited for no longer: ${state}`, {
      timeout: 20_000,
    }, async () => {
      await using server = await scripted({ endless: verb });
      assert.equal(await deliver(server.port, 150), state);
    });
  }
  it("that takes no recipient with a 2xx is no success", { timeout: 20_000 }, async () => {
    await using server = await scripted({ rcpt: "354 what\r\n" });
    assert.notEqual(await deliver(server.port), "sent");
  });
});

async function deliver(port: number, timeoutMs = 1_000): Promise<string> {
  const delivery = new SmtpDelivery(`smtp://127.0.0.1:${port}`, parseSender("Sales <sales@acme.example>"), timeoutMs);
  const message = { to: "ada@b.example", subject: "Hello", text: "Hello", messageId: "<1@acme.example>", headers: {} };
  const { state } = await delivery.send(message, new AbortController().signal);
  delivery.close();
  return state;
}

interface Script {
  readonly greeting?: string;
  readonly rcpt?: string;
  /** What it replies to with a line more, and one more. */
  readonly endless?: "EHLO" | "the final dot";
  /** undefined: hangs up. */
  readonly dot?: string | undefined;
}

/** Line by line, well within the limit of a phase. */
function talk(socket: Socket): void {
  const talking = setInterval(() => socket.write("250-and more\r\n"), 30);
  socket.on("close", () => clearInterval(talking));
}

/** A mail server that says what it is told to. */
async function scripted(script: Script) {
  const { greeting = "220 hi\r\n", rcpt = "250 ok\r\n" } = script;
  const last = "dot" in script ? script.dot : "250 ok\r\n";
  const sockets = new Set<Socket>();
  const server = createTcp((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let isData = false;
    socket.write(greeting);
    socket.on("data", (chunk) => {
      const text = chunk.toString();
      if (isData) {
        if (!/\r\n\.\r\n$/.test(text)) return;
        isData = false;
        if (script.endless === "the final dot") talk(socket);
        else if (last === undefined) socket.destroy();
        else socket.write(last);
        return;
      }
      const verb = text.slice(0, 4).toUpperCase();
      isData = verb === "DATA";
      if (verb === script.endless) return talk(socket);
      socket.write(isData ? "354 go\r\n" : verb === "RCPT" ? rcpt : "250 ok\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
