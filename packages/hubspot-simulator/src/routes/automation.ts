/** Workflows to read, timeline entries, behavioural events: the places an engine reports to. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { isoOf, nextId } from "../account/account.ts";
import { invalid, notFound } from "../http/api-error.ts";
import type { Family } from "../http/families.ts";
import { type Answer, type Call, created, nothing, ok, pageOf, parsed, type Route } from "../http/route.ts";

const timelineSchema = z.looseObject({
  eventTemplateId: z.string(),
  email: z.string().nullish(),
  objectId: z.string().nullish(),
  tokens: z.record(z.string(), z.unknown()),
});
const templateSchema = z.looseObject({ name: z.string(), objectType: z.string() });
const eventSchema = z.looseObject({ eventName: z.string() });

function listFlows(call: Call): Answer {
  const flows = [...call.account.flows.values()].map(({ actions: _, ...short }) => short);
  return ok(pageOf(call, flows, 20, 100));
}

function readFlow({ account, params }: Call): Answer {
  const flow = account.flows.get(params.id ?? "");
  if (flow === undefined) throw notFound();
  return ok(flow);
}

function createTemplate({ account, body }: Call): Answer {
  const at = isoOf(account.now());
  const given = parsed(templateSchema, body);
  const id = nextId(account);
  const template = { tokens: [], ...given, id, createdAt: at, updatedAt: at };
  account.timeline.templates.set(id, template);
  return created(template);
}

function createTimelineEvent({ account, body }: Call): Answer {
  const given = parsed(timelineSchema, body);
  if (!account.timeline.templates.has(given.eventTemplateId)) {
    throw invalid(`Event template ${given.eventTemplateId} does not exist`);
  }
  const id = typeof given.id === "string" ? given.id : randomUUID();
  const at = isoOf(account.now());
  const event = { objectType: "contacts", timestamp: at, ...given, id, createdAt: at };
  account.timeline.events.set(`${given.eventTemplateId}/${id}`, event);
  return created(event);
}

function sendEvent({ account, body }: Call): Answer {
  account.customEvents.push({ kind: "event", at: account.now(), ...parsed(eventSchema, body) });
  return nothing();
}

export function automationRoutes(family: Family): Route[] {
  const { flows, timeline } = family;
  return [
    { method: "GET", path: flows, handle: listFlows },
    { method: "GET", path: `${flows}/:id`, handle: readFlow },
    {
      method: "POST",
      path: `${timeline}/:appId/event-templates`,
      handle: createTemplate,
      access: "developer-key",
    },
    { method: "POST", path: `${timeline}/events`, handle: createTimelineEvent },
  ];
}

export function eventRoutes(): Route[] {
  return [{ method: "POST", path: "/events/v3/send", handle: sendEvent }];
}
