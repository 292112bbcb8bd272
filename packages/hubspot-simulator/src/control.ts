/**
 * The simulator's own doors under `/__simulator/`: what its page shows and does, and what tests of any language can switch.
 * Edits through here come from a person (CRM_UI), never from the token. HubSpot has nothing like it.
 */
import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { request as send } from "undici";
import { z } from "zod";
import { type Account, type CrmRecord, isoOf, nextId, type Source, type Table } from "./account/account.ts";
import {
  applyCreate,
  applyUpdate,
  archiveRecord,
  checkCreate,
  checkUpdate,
  neededRecord,
  restoreRecord,
} from "./account/records.ts";
import { searchRecords } from "./account/search.ts";
import { viewOf } from "./account/views.ts";
import { ApiError } from "./http/api-error.ts";
import type { CallEntry, Diary } from "./http/diary.ts";
import { type Faults, faultsSchema } from "./http/faults.ts";
import type { RateLimits } from "./http/rate-limits.ts";
import { neededTable, parsed } from "./http/route.ts";
import { type ActionExecution, takeAnswer } from "./routes/actions.ts";
import { propertiesSchema } from "./routes/bodies.ts";
import { emailEventSchema } from "./routes/email-events.ts";
import { addSubscription, type WebhookState } from "./routes/webhook-settings.ts";
import type { Delivery, DeliveryEntry } from "./webhooks/delivery.ts";
import { workflowHeaders } from "./webhooks/signatures.ts";
import { subscriptionSchema } from "./webhooks/subscriptions.ts";

export type ControlParts = {
  account: () => Account;
  faults: Faults;
  limits: RateLimits;
  calls: Diary<CallEntry>;
  deliveries: Diary<DeliveryEntry>;
  delivery: Delivery;
  webhooks: WebhookState;
  clientSecret: string;
  reset: (seed: boolean) => void;
};

const ROOT = "/__simulator";
const SHOWN = 100;

const editSchema = z.strictObject({ properties: propertiesSchema });
const webhooksSchema = z.strictObject({
  targetUrl: z.url({ protocol: /^https?$/ }).nullish(),
  subscriptions: z
    .array(subscriptionSchema.extend({ active: z.boolean().default(true) }))
    .max(1_000)
    .nullish(),
});
const workflowSchema = z.strictObject({ url: z.url({ protocol: /^https?$/ }), body: z.unknown().optional() });
const actionRunSchema = z.strictObject({
  objectId: z.string(),
  inputFields: z.record(z.string(), z.string()).default({}),
});
const resetSchema = z.strictObject({ seed: z.boolean().default(false) });

const personOf = (account: Account): Source => ({
  changeSource: "CRM_UI",
  sourceId: `userId:${account.userId}`,
  userId: account.userId,
});

/** What an app answered: nothing, or something else than outputs, lets the workflow go on. */
function outputsOf(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) as { outputFields?: Record<string, unknown> }).outputFields ?? {};
  } catch {
    return {};
  }
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** A page of another site must not reach these doors through someone's browser, nor by a name that points here. */
function checkCaller(request: FastifyRequest): void {
  const { host = "", origin } = request.headers;
  const isForeign = origin !== undefined && origin !== `http://${host}`;
  if (!LOOPBACK.test(host) || isForeign)
    throw new ApiError(403, { message: "These doors open from this machine only." });
}

export function registerControl(app: FastifyInstance, parts: ControlParts): void {
  const { account, faults, limits, calls, deliveries, delivery, webhooks } = parts;

  const state = () => {
    const now = account();
    return {
      portalId: now.portalId,
      appId: now.appId,
      at: isoOf(now.now()),
      counts: Object.fromEntries(
        [...now.tables.values()]
          .map((table) => [table.type.plural, table.records.size])
          .filter(([, size]) => size !== 0),
      ),
      faults: faults.settings,
      limits: limits.settings,
      usedToday: limits.usedToday(),
      webhooks: {
        targetUrl: delivery.settings.targetUrl ?? null,
        subscriptions: webhooks.subscriptions,
        isIdle: delivery.isIdle(),
      },
    };
  };

  /** The newest hundred; only a query costs a walk over all of them. */
  const newest = (table: Table, query: string): CrmRecord[] => {
    if (query === "") {
      const found: CrmRecord[] = [];
      for (let place = table.order.length - 1; place >= 0 && found.length < SHOWN; place -= 1) {
        const record = table.records.get(String(table.order[place]));
        if (record !== undefined) found.push(record);
      }
      return found;
    }
    const sorts = [{ propertyName: "hs_object_id", direction: "DESCENDING" }];
    return searchRecords(account(), table, { query, limit: SHOWN, sorts }).records;
  };

  const list = (request: FastifyRequest) => {
    const { type } = request.params as { type: string };
    const { query = "" } = request.query as { query?: string };
    const table = neededTable(account(), type);
    return {
      results: newest(table, String(query).trim().slice(0, 200)).map((record) => ({
        ...viewOf(account(), table, record),
        properties: Object.fromEntries(record.properties),
        history: Object.fromEntries(
          [...record.history].map(([name, entries]) => [
            name,
            entries.slice(0, 5).map(({ value, at, source }) => ({ value, at, changeSource: source.changeSource })),
          ]),
        ),
      })),
    };
  };

  const definitions = (request: FastifyRequest) => {
    const { type } = request.params as { type: string };
    const all = [...neededTable(account(), type).definitions.values()];
    return {
      results: all.filter(({ modificationMetadata }) => !modificationMetadata.readOnlyValue),
    };
  };

  const create = (request: FastifyRequest) => {
    const { type } = request.params as { type: string };
    const table = neededTable(account(), type);
    const { properties } = parsed(editSchema, request.body);
    const write = checkCreate(account(), table, properties, new Set());
    return viewOf(account(), table, applyCreate(account(), table, write, personOf(account())));
  };

  const edit = (request: FastifyRequest) => {
    const { type, id } = request.params as { type: string; id: string };
    const table = neededTable(account(), type);
    const record = neededRecord(table, id);
    const { properties } = parsed(editSchema, request.body);
    applyUpdate(account(), table, checkUpdate(account(), table, record, properties, new Set()), personOf(account()));
    return viewOf(account(), table, record);
  };

  const remove = (request: FastifyRequest) => {
    const { type, id } = request.params as { type: string; id: string };
    const table = neededTable(account(), type);
    archiveRecord(account(), table, neededRecord(table, id), personOf(account()));
    return {};
  };

  const restore = (request: FastifyRequest) => {
    const { type, id } = request.params as { type: string; id: string };
    const table = neededTable(account(), type);
    return viewOf(account(), table, restoreRecord(account(), table, id, personOf(account())));
  };

  /** Something becomes of a marketing e-mail. */
  const happen = (request: FastifyRequest) => {
    const now = account();
    const event = { ...parsed(emailEventSchema, request.body), id: randomUUID(), created: now.now() };
    now.emailEvents.push(event);
    return event;
  };

  /** HubSpot itself counts what became of an e-mail that one of its users sent; no one else can. */
  const count = (request: FastifyRequest) => {
    const { id } = request.params as { id: string };
    const table = neededTable(account(), "emails");
    const record = neededRecord(table, id);
    const { properties } = parsed(editSchema, request.body);
    const source = { changeSource: "EMAIL_INTEGRATION", sourceId: "counts" };
    applyUpdate(account(), table, { record, values: new Map(properties) }, source);
    return viewOf(account(), table, record);
  };

  const setWebhooks = (request: FastifyRequest) => {
    const { targetUrl, subscriptions } = parsed(webhooksSchema, request.body);
    if (targetUrl !== undefined) delivery.settings.targetUrl = targetUrl ?? undefined;
    if (subscriptions) {
      webhooks.subscriptions.length = 0;
      for (const given of subscriptions) addSubscription(webhooks, account().now(), given);
    }
    return state().webhooks;
  };

  /** Plays a workflow that calls an address: a custom action or "send a webhook", with the v2 signature. */
  const callWorkflow = async (request: FastifyRequest) => {
    const { url, body: given } = parsed(workflowSchema, request.body);
    const { status, body } = await callSigned(url, JSON.stringify(given ?? {}));
    return { status, body: body.slice(0, 10_000) };
  };

  const callSigned = async (url: string, body: string) => {
    const headers = workflowHeaders(parts.clientSecret, { method: "POST", url, body, timestamp: account().now() });
    const answer = await send(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
      signal: AbortSignal.timeout(30_000),
    }).catch((error: Error) => {
      throw new ApiError(502, { message: `The address did not answer: ${error.message}` });
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, body: text };
  };

  /** A workflow reaches one of the app's actions with a record: the app is called as HubSpot calls it. */
  const runAction = async (request: FastifyRequest) => {
    const { id } = request.params as { id: string };
    const { objectId, inputFields } = parsed(actionRunSchema, request.body);
    const now = account();
    const definition = now.actions.definitions.get(id);
    if (definition === undefined) throw new ApiError(404, { message: `There is no action ${id}.` });
    const { properties } = neededRecord(neededTable(now, "contacts"), objectId);
    const callbackId = `ap-${now.portalId}-${nextId(now)}-${definition.revisionId}`;
    const wanted = definition.objectRequestOptions?.properties ?? [];
    const body = JSON.stringify({
      callbackId,
      origin: { portalId: now.portalId, actionDefinitionId: Number(id), actionDefinitionVersion: 1 },
      context: { source: "WORKFLOWS", workflowId: 35 },
      object: {
        objectId: Number(objectId),
        objectType: "CONTACT",
        properties: Object.fromEntries(wanted.map((name) => [name, properties.get(name) ?? null])),
      },
      inputFields,
    });
    const execution: ActionExecution = {
      callbackId,
      action: definition.labels.en?.actionName ?? id,
      objectId,
      at: now.now(),
      state: "CALLED",
      status: 0,
      outputFields: {},
    };
    now.actions.executions.set(callbackId, execution);
    const answer = await callSigned(definition.actionUrl, body);
    execution.status = answer.status;
    if (answer.status >= 400) execution.state = "FAILED";
    else takeAnswer(execution, outputsOf(answer.body));
    return execution;
  };

  const doors: ["GET" | "POST" | "PUT" | "PATCH" | "DELETE", string, (request: FastifyRequest) => unknown][] = [
    ["GET", "/state", state],
    ["GET", "/calls", () => ({ results: calls.latest(SHOWN) })],
    ["GET", "/deliveries", () => ({ results: deliveries.latest(SHOWN) })],
    ["GET", "/records/:type", list],
    ["POST", "/records/:type", create],
    ["PATCH", "/records/:type/:id", edit],
    ["DELETE", "/records/:type/:id", remove],
    ["POST", "/records/:type/:id/restore", restore],
    ["GET", "/properties/:type", definitions],
    ["GET", "/faults", () => faults.settings],
    [
      "PUT",
      "/faults",
      (request) => {
        faults.set(parsed(faultsSchema.partial(), request.body));
        return faults.settings;
      },
    ],
    [
      "DELETE",
      "/faults",
      () => {
        faults.reset();
        return faults.settings;
      },
    ],
    ["POST", "/email-events", happen],
    ["POST", "/records/emails/:id/counts", count],
    ["PUT", "/webhooks", setWebhooks],
    ["POST", "/workflow-calls", callWorkflow],
    [
      "GET",
      "/actions",
      () => ({
        definitions: [...account().actions.definitions.values()],
        executions: [...account().actions.executions.values()].slice(-SHOWN).toReversed(),
      }),
    ],
    ["POST", "/actions/:id/run", runAction],
    [
      "POST",
      "/reset",
      (request) => {
        parts.reset(parsed(resetSchema, request.body).seed);
        return state();
      },
    ],
  ];
  for (const [method, url, handle] of doors) {
    app.route({
      method,
      url: `${ROOT}${url}`,
      handler: async (request) => {
        checkCaller(request);
        return handle(request);
      },
    });
  }
}
