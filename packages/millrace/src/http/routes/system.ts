/** The gateway's own: signing in and out, health, metrics, and the description of all doors. */
import { z } from "zod";
import { EVERYONE, OPERATORS } from "../../access/roles.ts";
import { type Readiness, readinessOf } from "../../queries/rows/readiness.ts";
import { done, ready } from "../answers.ts";
import { tokenQuery } from "../contract.ts";
import { page } from "../html.ts";
import { stateSignIn } from "../own-account.ts";
import { referencePage } from "../reference-page.ts";
import { type Answer, type Call, route } from "../route.ts";

export const systemRoutes = [
  route({
    method: "GET",
    path: "/sign-in",
    access: "anyone",
    tag: "system",
    about: "Uses a sign-in link up: a session for 12 hours, and on to the console.",
    isRateLimited: true,
    query: tokenQuery,
    answers: {
      303: { about: "Signed in." },
      401: { about: "The link was used before, is older than 15 minutes, or never was.", type: "text/html" },
    },
    handle: async ({ http, engine, request, query: { token } }) => {
      // Mail programs look at links with HEAD before anyone follows them: that uses nothing up.
      if (request.method === "HEAD") return { status: 303, headers: { location: "/" } };
      const signedIn = await http.access.signIn(token, request.headers["user-agent"]);
      if (signedIn === undefined) return LINK_IS_USED;
      await stateSignIn(engine, signedIn);
      return { status: 303, headers: { location: "/", "set-cookie": signedIn.cookie } };
    },
  }),
  route({
    method: "POST",
    path: "/api/sign-out",
    access: "operator",
    roles: EVERYONE,
    tag: "system",
    about: "Ends the session.",
    answers: { 200: { about: "Signed out.", schema: done } },
    handle: async ({ http, headers }) => ({
      json: { ok: true },
      headers: { "set-cookie": await http.signOut(headers) },
    }),
  }),
  route({
    method: "GET",
    path: "/healthz",
    access: "anyone",
    tag: "system",
    about: "Does the process live?",
    answers: { 200: { about: "It does.", schema: ready } },
    handle: async () => ({ json: { ok: true, reasons: [] } }),
  }),
  route({
    method: "GET",
    path: "/readyz",
    access: "anyone",
    tag: "system",
    about:
      "Can work be taken? Asks the database, and whether its schema is this program's. A silent monitor is named, and keeps nobody out.",
    answers: { 200: { about: "Ready.", schema: ready }, 503: { about: "Not ready, and why.", schema: ready } },
    handle: async (call) => {
      const readiness = await readinessNow(call);
      return { status: readiness.ok ? 200 : 503, json: readiness };
    },
  }),
  route({
    method: "GET",
    path: "/startupz",
    access: "anyone",
    tag: "system",
    about:
      "Has the process come up? No until work could be taken once, and yes from then on, whatever `/readyz` says: a supervisor that starts what it asks here anew does so for a start that fails, and not for a database that is away.",
    answers: { 200: { about: "It has.", schema: ready }, 503: { about: "Not yet, and why.", schema: ready } },
    handle: async (call) => {
      const { startup } = call.http;
      if (startup.isDone) return { json: { ok: true, reasons: [] } };
      const readiness = await readinessNow(call);
      startup.isDone = readiness.ok;
      return { status: readiness.ok ? 200 : 503, json: readiness };
    },
  }),
  route({
    method: "GET",
    path: "/metrics",
    access: "operator",
    scope: "read",
    roles: OPERATORS,
    tag: "system",
    about: "Measurements for Prometheus.",
    answers: { 200: { about: "Text exposition format.", type: "text/plain" } },
    handle: async ({ http }) => http.metrics(),
  }),
  route({
    method: "GET",
    path: "/openapi.json",
    access: "anyone",
    tag: "system",
    about: "This description: every door and every event that may be sent.",
    answers: { 200: { about: "OpenAPI 3.1.", schema: z.looseObject({ openapi: z.string() }) } },
    handle: async ({ http }) => ({ json: await http.openApi() }),
  }),
  route({
    method: "GET",
    path: "/asyncapi.json",
    access: "anyone",
    tag: "system",
    about: "The events: which may be sent, and which the stream and subscribers are given.",
    answers: { 200: { about: "AsyncAPI 3.1.", schema: z.looseObject({ asyncapi: z.string() }) } },
    handle: async ({ http }) => ({ json: await http.asyncApi() }),
  }),
  route({
    method: "GET",
    path: "/reference",
    access: "anyone",
    tag: "system",
    about: "The same as /openapi.json, as a page to read.",
    answers: { 200: { about: "A page.", type: "text/html" } },
    handle: async ({ http }) => ({
      type: "text/html; charset=utf-8",
      text: referencePage(await http.openApi()),
    }),
  }),
];

function readinessNow({ engine, http }: Pick<Call<unknown, unknown, unknown>, "engine" | "http">): Promise<Readiness> {
  const { db, monitorEveryMs, clockWatch, oldestArrivalMs, embedded } = engine;
  const disk = { databaseFolder: embedded?.cluster, diskWatermarkMb: http.diskWatermarkMb };
  return readinessOf({ db, monitorEveryMs, clockWatch, oldestArrivalMs, ...disk });
}

const LINK_IS_USED: Answer = {
  status: 401,
  type: "text/html; charset=utf-8",
  text: page({
    title: "This link does not work any more",
    body: `<main class="card done"><h1>This link does not work any more</h1>
<p class="lead">A sign-in link works once, and for 15 minutes.</p>
<p>Print a new one where the engine runs: <code>millrace sign-in</code></p></main>`,
  }),
};
