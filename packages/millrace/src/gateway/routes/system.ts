/** The gateway's own: signing in and out, health, metrics, and the description of all doors. */
import { z } from "zod";
import { readinessOf } from "../../queries/rows/readiness.ts";
import { done, ready } from "../answers.ts";
import { tokenQuery } from "../contract.ts";
import { page } from "../html.ts";
import { referencePage } from "../reference-page.ts";
import { type Answer, route } from "../route.ts";

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
    handle: async ({ door, query: { token } }) => {
      const cookie = await door.access.signIn(token);
      return cookie === undefined ? LINK_IS_USED : { status: 303, headers: { location: "/", "set-cookie": cookie } };
    },
  }),
  route({
    method: "POST",
    path: "/api/sign-out",
    access: "operator",
    tag: "system",
    about: "Ends the session.",
    answers: { 200: { about: "Signed out.", schema: done } },
    handle: async ({ door, headers }) => ({
      json: { ok: true },
      headers: { "set-cookie": await door.access.signOut(headers) },
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
    handle: async ({ engine }) => {
      const readiness = await readinessOf(engine);
      return { status: readiness.ok ? 200 : 503, json: readiness };
    },
  }),
  route({
    method: "GET",
    path: "/metrics",
    access: "operator",
    scope: "read",
    tag: "system",
    about: "Measurements for Prometheus.",
    answers: { 200: { about: "Text exposition format.", type: "text/plain" } },
    handle: async ({ door }) => door.metrics(),
  }),
  route({
    method: "GET",
    path: "/openapi.json",
    access: "anyone",
    tag: "system",
    about: "This description: every door and every event that may be sent.",
    answers: { 200: { about: "OpenAPI 3.1.", schema: z.looseObject({ openapi: z.string() }) } },
    handle: async ({ door }) => ({ json: await door.openApi() }),
  }),
  route({
    method: "GET",
    path: "/asyncapi.json",
    access: "anyone",
    tag: "system",
    about: "The events: which may be sent, and which the stream and subscribers are given.",
    answers: { 200: { about: "AsyncAPI 3.1.", schema: z.looseObject({ asyncapi: z.string() }) } },
    handle: async ({ door }) => ({ json: await door.asyncApi() }),
  }),
  route({
    method: "GET",
    path: "/reference",
    access: "anyone",
    tag: "system",
    about: "The same as /openapi.json, as a page to read.",
    answers: { 200: { about: "A page.", type: "text/html" } },
    handle: async ({ door }) => ({
      type: "text/html; charset=utf-8",
      text: referencePage(await door.openApi()),
    }),
  }),
];

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
