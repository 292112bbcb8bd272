/** The door to HubSpot, against the simulator over HTTP: pace, patience, and failures that say what may be done. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SimulatorOptions } from "../../packages/hubspot-simulator/src/options.ts";
import { type Simulator, startSimulator } from "../../packages/hubspot-simulator/src/server.ts";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import { type HubspotApi, hubspotApi } from "../../packages/millrace/src/crm/hubspot/client/client.ts";
import {
  checkedHubspot,
  type HubspotSettings,
} from "../../packages/millrace/src/crm/hubspot/client/hubspot-settings.ts";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { migrate } from "../../packages/millrace/src/db/migrate.ts";
import { freshDatabase } from "../factories/database.ts";

async function withSimulator(
  work: (parts: { api: HubspotApi; simulator: Simulator; db: Database; another: () => HubspotApi }) => Promise<void>,
  settings: HubspotSettings = {},
  options: SimulatorOptions = {},
): Promise<void> {
  const database = await freshDatabase();
  const db = new Database({ url: database.url });
  const simulator = await startSimulator({ seed: true, ...options });
  const apis: HubspotApi[] = [];
  const another = () => {
    const checked = checkedHubspot({ accessToken: simulator.token, baseUrl: simulator.url, ...settings });
    const api = hubspotApi(checked, db, systemClock);
    apis.push(api);
    return api;
  };
  try {
    await migrate(db);
    await work({ api: another(), simulator, db, another });
  } finally {
    for (const api of apis) await api.close();
    await simulator.close();
    await db.close();
    await database.drop();
  }
}

const details = (api: HubspotApi) =>
  api.request({ method: "GET", path: api.paths.accountDetails(), urgency: "normal", kind: "other" });

describe("a call to HubSpot", () => {
  it("gives back what HubSpot said", () =>
    withSimulator(async ({ api }) => {
      const answer = await details(api);
      assert.ok(answer.ok);
      assert.equal((answer.body as { portalId: number }).portalId, 4711);
    }));

  for (const apiFamily of ["numbered", "2026-09"] as const) {
    it(`reaches both properties and records in the ${apiFamily} family`, () =>
      withSimulator(
        async ({ api }) => {
          for (const path of [api.paths.properties("contacts"), api.paths.objects("tasks"), api.paths.owners()]) {
            const answer = await api.request({ method: "GET", path, urgency: "normal", kind: "other" });
            assert.ok(answer.ok, path);
          }
        },
        { apiFamily },
      ));
  }

  for (const [name, fault] of [
    ["429", { tooManyRequests: 1 }],
    ["429 with Retry-After", { tooManyRequests: 1, retryAfterSeconds: 1 }],
    ["502", { serverError: 1 }],
    ["a cut line", { cutAfter: 1 }],
    ["half an answer", { wrongJson: 1 }],
  ] as const) {
    it(`is tried again after ${name}`, () =>
      withSimulator(async ({ api, simulator }) => {
        simulator.faults.set({ ...fault, strikesLeft: 1 });
        assert.ok((await details(api)).ok);
        assert.equal(simulator.calls.latest().length, 2);
      }));
  }

  it("that is not safe to repeat is not repeated after a cut line, and the caller learns that it may have been carried out", () =>
    withSimulator(async ({ api, simulator }) => {
      simulator.faults.set({ cutAfter: 1, strikesLeft: 1 });
      const body = { properties: { email: "once@acme.example" } };
      const answer = await api.request({
        method: "POST",
        path: api.paths.objects("contacts"),
        body,
        urgency: "normal",
        kind: "other",
      });
      assert.ok(!answer.ok && answer.failure.kind === "unavailable" && answer.failure.status === 0);
      assert.equal(simulator.calls.latest().length, 1);
    }));

  it("is not tried again when the day is used up", () =>
    withSimulator(async ({ api, simulator }) => {
      simulator.faults.set({ tooManyRequests: 1, tooManyRequestsPolicy: "DAILY" });
      const answer = await details(api);
      assert.ok(!answer.ok && answer.failure.policy === "DAILY");
      assert.equal(simulator.calls.latest().length, 1);
    }));

  it("with a wrong token says so, and never says the token", () =>
    withSimulator(
      async ({ api }) => {
        const answer = await details(api);
        assert.ok(!answer.ok && answer.failure.kind === "unauthorised");
        assert.doesNotMatch(JSON.stringify(answer), /pat-wrong/);
      },
      { accessToken: "pat-wrong" },
    ));

  it("is not sent while its endpoint rests after five failures", () =>
    withSimulator(async ({ api, simulator }) => {
      simulator.faults.set({ serverError: 1 });
      for (let i = 0; i < 3; i++) await details(api);
      assert.equal(simulator.calls.latest().length, 5);
      const answer = await details(api);
      assert.ok(!answer.ok && answer.failure.kind === "open" && (answer.failure.retryAfterMs ?? 0) > 0);
    }));
});

describe("two processes with one token", () => {
  it("together stay below the limit: HubSpot refuses none of their calls", () =>
    withSimulator(
      async ({ api, simulator, another }) => {
        const other = another();
        const calls = Array.from({ length: 30 }, (_, i) => details(i % 2 === 0 ? api : other));
        assert.ok((await Promise.all(calls)).every((answer) => answer.ok));
        const times = simulator.calls
          .latest()
          .map((call) => call.at)
          .sort((a, b) => a - b);
        assert.equal(times.length, 30);
        const pauseMs = 10_000 / (100 * 0.9);
        assert.ok((times.at(-1) ?? 0) - (times[0] ?? 0) > 29 * pauseMs - 250);
      },
      { limits: { perTenSeconds: 100 } },
      { limits: { perTenSeconds: 100 } },
    ));

  it("leave the last tenth of the day to urgent calls", () =>
    withSimulator(
      async ({ api }) => {
        const call = { method: "GET", path: api.paths.accountDetails(), kind: "other" } as const;
        for (let i = 0; i < 9; i++) assert.ok((await api.request({ ...call, urgency: "bulk" })).ok);
        const answer = await api.request({ ...call, urgency: "bulk" });
        assert.ok(!answer.ok && answer.failure.policy === "DAILY");
        assert.ok((await api.request({ ...call, urgency: "urgent" })).ok);
      },
      { limits: { perDay: 10 } },
    ));

  it("serve the urgent call first among those that wait", () =>
    withSimulator(
      async ({ api }) => {
        const order: string[] = [];
        const call = { method: "GET", path: api.paths.accountDetails(), kind: "other" } as const;
        const waiting = ["bulk", "bulk", "bulk", "urgent"].map((urgency, i) =>
          api.request({ ...call, urgency: urgency as "bulk" | "urgent" }).then(() => order.push(`${urgency} ${i}`)),
        );
        await Promise.all(waiting);
        assert.ok(order.indexOf("urgent 3") <= 1, order.join(", "));
      },
      { limits: { perTenSeconds: 20 } },
    ));
});
