/** The app's webhook settings and subscriptions, guarded by the developer key as at HubSpot. */
import { z } from "zod";
import { isoOf } from "../account/account.ts";
import { invalid, notFound } from "../http/api-error.ts";
import type { Family } from "../http/families.ts";
import { type Answer, type Call, created, nothing, ok, parsed, type Route } from "../http/route.ts";
import type { DeliverySettings } from "../webhooks/delivery.ts";
import { newSubscription, type Subscription, subscriptionSchema } from "../webhooks/subscriptions.ts";

const MAX_SUBSCRIPTIONS = 1_000;

/** What webhooks are told and where to; shared with the page's control. */
export type WebhookState = { subscriptions: Subscription[]; lastId: number; createdAt: number; updatedAt: number };

const settingsSchema = z.object({
  targetUrl: z.url({ protocol: /^https?$/ }),
  throttling: z.object({ maxConcurrentRequests: z.number().int().min(1).max(1_000) }).nullish(),
});
const activeSchema = z.object({ active: z.boolean() });
const batchSchema = z.object({ inputs: z.array(z.object({ id: z.coerce.number(), active: z.boolean() })).max(1_000) });

export function addSubscription(state: WebhookState, now: number, given: z.infer<typeof subscriptionSchema>) {
  if (state.subscriptions.length >= MAX_SUBSCRIPTIONS) {
    throw invalid(`An app can have at most ${MAX_SUBSCRIPTIONS} subscriptions`);
  }
  const subscription = newSubscription(state.lastId + 1, now, given);
  state.lastId += 1;
  state.subscriptions.push(subscription);
  return subscription;
}

function shown({ id, createdAt, updatedAt, ...rest }: Subscription) {
  return { id: String(id), ...rest, createdAt: isoOf(createdAt), updatedAt: isoOf(updatedAt) };
}

export function webhookRoutes({ webhooks }: Family, state: WebhookState, delivery: DeliverySettings): Route[] {
  const settings = `${webhooks}/:appId/settings`;
  const subscriptions = `${webhooks}/:appId/subscriptions`;

  const checkApp = ({ account, params }: Call): void => {
    if (params.appId !== String(account.appId)) throw notFound("Unknown app");
  };
  const shownSettings = () => ({
    targetUrl: delivery.targetUrl ?? "",
    throttling: { period: "SECONDLY", maxConcurrentRequests: delivery.maxConcurrentRequests },
    createdAt: isoOf(state.createdAt),
    updatedAt: isoOf(state.updatedAt),
  });
  const needed = ({ params }: Call): Subscription => {
    const found = state.subscriptions.find(({ id }) => String(id) === params.id);
    if (found === undefined) throw notFound();
    return found;
  };
  const activate = (found: Subscription, active: boolean, now: number): void => {
    Object.assign(found, { active, updatedAt: now });
  };

  const handlers: Omit<Route, "access">[] = [
    {
      method: "GET",
      path: settings,
      handle: (call): Answer => {
        checkApp(call);
        if (delivery.targetUrl === undefined) throw notFound("No settings were found for this app");
        return ok(shownSettings());
      },
    },
    {
      method: "PUT",
      path: settings,
      handle: (call): Answer => {
        checkApp(call);
        const { targetUrl, throttling } = parsed(settingsSchema, call.body);
        delivery.targetUrl = targetUrl;
        delivery.maxConcurrentRequests = throttling?.maxConcurrentRequests ?? delivery.maxConcurrentRequests;
        state.updatedAt = call.account.now();
        return ok(shownSettings());
      },
    },
    {
      method: "DELETE",
      path: settings,
      handle: (call): Answer => {
        checkApp(call);
        delivery.targetUrl = undefined;
        return nothing();
      },
    },
    { method: "GET", path: subscriptions, handle: () => ok({ results: state.subscriptions.map(shown) }) },
    {
      method: "POST",
      path: subscriptions,
      handle: (call): Answer => {
        checkApp(call);
        return created(shown(addSubscription(state, call.account.now(), parsed(subscriptionSchema, call.body))));
      },
    },
    { method: "GET", path: `${subscriptions}/:id`, handle: (call) => ok(shown(needed(call))) },
    {
      method: "PATCH",
      path: `${subscriptions}/:id`,
      handle: (call): Answer => {
        const found = needed(call);
        activate(found, parsed(activeSchema, call.body).active, call.account.now());
        return ok(shown(found));
      },
    },
    {
      method: "DELETE",
      path: `${subscriptions}/:id`,
      handle: (call): Answer => {
        state.subscriptions.splice(state.subscriptions.indexOf(needed(call)), 1);
        return nothing();
      },
    },
    {
      method: "POST",
      path: `${subscriptions}/batch/update`,
      handle: (call): Answer => {
        const { inputs } = parsed(batchSchema, call.body);
        const now = call.account.now();
        const changed = inputs.flatMap(({ id, active }) => {
          const found = state.subscriptions.find((known) => known.id === id);
          if (found !== undefined) activate(found, active, now);
          return found ?? [];
        });
        const at = isoOf(now);
        return ok({ status: "COMPLETE", results: changed.map(shown), startedAt: at, completedAt: at });
      },
    },
  ];
  return handlers.map((route) => ({ ...route, access: "developer-key" }));
}
