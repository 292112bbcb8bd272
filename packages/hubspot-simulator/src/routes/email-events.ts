/** What became of marketing e-mails: the old events API, newest first, and the door by which a test lets something happen. */
import { z } from "zod";
import { type Call, limitOf, ok, type Route } from "../http/route.ts";

export const emailEventSchema = z.looseObject({
  type: z.enum(["SENT", "DELIVERED", "OPEN", "CLICK", "BOUNCE", "SPAMREPORT", "STATUSCHANGE", "DROPPED", "DEFERRED"]),
  recipient: z.string(),
});

export type EmailEvent = z.output<typeof emailEventSchema> & { readonly id: string; readonly created: number };

function list({ account, query }: Call) {
  const type = query.get("eventType");
  const recipient = query.get("recipient")?.toLowerCase();
  const from = Number(query.get("startTimestamp") ?? 0);
  const to = Number(query.get("endTimestamp") ?? Number.MAX_SAFE_INTEGER);
  const found = account.emailEvents
    .filter((event) => event.created >= from && event.created <= to)
    .filter((event) => (type === null || event.type === type) && (!recipient || event.recipient === recipient))
    .toReversed();
  const offset = Number(query.get("offset") ?? 0) || 0;
  const end = offset + limitOf(query, 10, 1_000);
  const hasMore = end < found.length;
  return ok({ hasMore, offset: hasMore ? String(end) : "", events: found.slice(offset, end) });
}

export function emailEventRoutes(): Route[] {
  return [{ method: "GET", path: "/email/public/v1/events", handle: list, scopes: ["content"] }];
}
