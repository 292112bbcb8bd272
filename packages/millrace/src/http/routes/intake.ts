/** The doors for programs: events with the API key, and webhooks that prove themselves by a signature. */
import { z } from "zod";
import { OPERATORS } from "../../access/roles.ts";
import { MillraceError } from "../../base/errors.ts";
import type { NewEvent } from "../../events/event.ts";
import { PRESETS, type TranslationRules, translateForeign, typeOf } from "../../webhooks/translation.ts";
import type { WebhookSource } from "../../webhooks/webhook-settings.ts";
import { appendedEvents, problem } from "../answers.ts";
import { parseJson } from "../body.ts";
import { checkPublic, namedByPlace, readEvents } from "../cloud-events.ts";
import { cloudEvent, plainEvent, sourceParam, webhookBody } from "../contract.ts";
import { Problem } from "../problem.ts";
import { type Answer, type Call, route } from "../route.ts";
import { checkedDelivery, singleOf } from "../webhook-signature.ts";

const LIMIT = 1024 * 1024;

export const intakeRoutes = [
  route({
    method: "POST",
    path: "/events",
    access: "operator",
    scope: "send",
    roles: OPERATORS,
    tag: "doors",
    about:
      "Takes events, all or none: CloudEvents 1.0 (binary, structured, batch) or plain {type, data}. At most 1,000. " +
      "With lane=bulk they wait until no live event does, for imports.",
    query: z.strictObject({ lane: z.enum(["live", "bulk"]).default("live") }),
    body: {
      types: ["application/json", "application/cloudevents+json", "application/cloudevents-batch+json"],
      limit: LIMIT,
      schema: z.union([plainEvent, z.array(plainEvent), cloudEvent, z.array(cloudEvent)]),
      read: "raw",
    },
    answers: {
      202: {
        about: "Recorded, durably, in this order; with lane=bulk, how many will be.",
        schema: z.union([appendedEvents, z.object({ taken: z.number().int() })]),
      },
      400: { about: "Refused, naming the event and the field; nothing was recorded.", schema: problem },
      409: { about: "A (source, id) came before with other content; nothing was recorded.", schema: problem },
    },
    handle: takeEvents,
  }),
  route({
    method: "POST",
    path: "/webhooks/:source",
    access: "signature",
    tag: "doors",
    about:
      "Takes one event of a source whose secret is in the config: signed as Standard Webhooks say (also under svix-* and other names), or " +
      "as the source's own service does; webhook-id is its id. What is not translated is kept as external_event.",
    params: sourceParam,
    body: { types: ["application/json"], limit: LIMIT, schema: webhookBody, read: "raw" },
    answers: {
      202: { about: "Recorded, durably.", schema: appendedEvents },
      400: { about: "Refused, naming the field; nothing was recorded.", schema: problem },
      401: { about: "The signature is missing, wrong, or older than 5 minutes.", schema: problem },
      404: { about: "No such source.", schema: problem },
    },
    handle: takeWebhook,
  }),
];

async function takeEvents(call: Call<unknown, { lane: "live" | "bulk" }, unknown>): Promise<Answer> {
  const events = readEvents(call.raw, call.mediaType, call.headers);
  if (call.query.lane === "live") return record(call, events);
  checkPublic(events, call.engine.events);
  try {
    const taken = await call.engine.appendBulk(events);
    call.http.count("bulk", taken);
    return { status: 202, json: { taken } };
  } catch (error) {
    throw namedByPlace(error, events, call.engine.events);
  }
}

async function takeWebhook(call: Call<{ source: string }, unknown, unknown>): Promise<Answer> {
  const { source } = call.params;
  const foreign = call.http.webhookSources.get(source);
  if (foreign !== undefined) return takeForeign(call, foreign);
  const secret = call.http.webhookSecrets.get(source);
  if (secret === undefined) {
    throw new Problem("not_found", {
      saw: `No webhooks of "${source}" are set up.`,
      next: `add its secret under gateway.webhookSecrets.${source} in millrace.config.ts, or gateway.webhooks.${source} for one that speaks words of its own.`,
    });
  }
  const { id } = checkedDelivery(call.raw, call.headers, secret);
  const body = webhookBody.safeParse(parseJson(call.raw));
  if (!body.success) throw notAnEvent(body.error);
  const { type, data, timestamp } = body.data;
  // A sender that keeps being refused shuts its door, and what it says next is lost too.
  if (call.engine.events.find(type) === undefined) return keepForeign(call, { source }, id, body.data);
  const from = `webhook:${source}`;
  return record(call, [{ type, data, id, source: from, actor: from, occurredAt: inMilliseconds(timestamp) }]);
}

async function takeForeign(call: Call<{ source: string }, unknown, unknown>, given: WebhookSource): Promise<Answer> {
  const { preset, types, secret } = given;
  const kind = given.signature ?? preset ?? "standard";
  const { id, isOwnId } = checkedDelivery(call.raw, call.headers, secret, kind);
  const body = parseJson(call.raw);
  const rules = {
    source: call.params.source,
    ...(preset === undefined ? {} : { preset }),
    ...(types === undefined ? {} : { types }),
  };
  return keepForeign(call, rules, id, body, isOwnId);
}

/** Some senders say seconds. */
function inMilliseconds(timestamp: string | number | undefined): string | number | undefined {
  return typeof timestamp === "number" && timestamp < 100_000_000_000 ? timestamp * 1_000 : timestamp;
}

/** Whatever becomes of it, it is answered 202: it is in the log, translated or as it came. */
async function keepForeign(
  call: Call<unknown, unknown, unknown>,
  rules: TranslationRules,
  deliveryId: string,
  body: unknown,
  isOwnId = true,
): Promise<Answer> {
  const headers = singleOf(call.headers);
  const delivery = { body, headers, type: typeOf({ body, headers }, rules.preset) };
  const named = isOwnId || rules.preset === undefined ? undefined : PRESETS[rules.preset].idOf?.(delivery);
  const id = (named ?? deliveryId).slice(0, 200);
  const { events, keptBecause } = translateForeign(delivery, id, rules, call.engine.events);
  if (keptBecause?.includes("could not be translated"))
    call.http.report(new Error(keptBecause), `webhook of ${rules.source}`);
  try {
    const recorded = await call.engine.append(events);
    call.http.count("webhooks", events.length);
    return { status: 202, json: { events: recorded } };
  } catch (error) {
    // Brought by another webhook before, in other words: the payment by its session, then by its charge.
    if (error instanceof MillraceError && error.code === "idempotency_conflict")
      return { status: 202, json: { events: [] } };
    throw error;
  }
}

function notAnEvent(error: z.ZodError): Problem {
  const field = error.issues[0]?.path.join(".") || "body";
  return new Problem("invalid_request", {
    saw: `${field}: ${error.issues[0]?.message}. Nothing was recorded.`,
    next: 'send {"type": …, "data": …}.',
    field,
  });
}

async function record(
  { engine, http, request }: Call<unknown, unknown, unknown>,
  events: readonly NewEvent[],
): Promise<Answer> {
  checkPublic(events, engine.events);
  try {
    const recorded = await engine.append(events);
    http.count(request.url.startsWith("/events") ? "events" : "webhooks", events.length);
    return { status: 202, json: { events: recorded } };
  } catch (error) {
    throw namedByPlace(error, events, engine.events);
  }
}
