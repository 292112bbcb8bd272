/**
 * Processes outside that get the log by signed webhook (flow 9): each event as a CloudEvent, signed as Standard Webhooks
 * say, in the order of the log, at least once (webhook-id is the event's position, so a repeated one is recognised).
 * A subscriber that is slow or down keeps no one waiting but itself; after ten attempts over three days an event is set
 * aside as a dead letter and the next one is sent. 410 Gone switches the subscriber off.
 * Any 2xx is the receiver's word that it has the event, 202 too; its body is not read. A redirect is not followed and no success.
 */

import { Webhook } from "standardwebhooks";
import type { Clock } from "../base/clock.ts";
import { MillraceError, messageOf } from "../base/errors.ts";
import { failpoint } from "../base/failpoint.ts";
import { processName } from "../base/process-name.ts";
import type { Database } from "../db/database.ts";
import { IS_HELD, whyHeld } from "../db/outside-hold.ts";
import { PollLoop } from "../db/poll-loop.ts";
import { ANY_EVENT, type WakeUps } from "../db/wake.ts";
import type { Json, Position, RecordedEvent } from "../events/event.ts";
import { newestPosition, readEvents } from "../events/log.ts";
import { addDeadLetter, moveCursor, registerSubscription } from "../events/subscription.ts";
import { address, group, listOf, oneOf, secret, setting, text } from "../settings/setting.ts";
import { retryAfterMs } from "../web/retry-after.ts";

export interface WebhookSubscriber {
  /** Where events are sent. An address like https://acme.com/events. */
  readonly url: string;
  /** Shared with the receiver. A text. */
  readonly secret: string;
  /** Only these types. A list; each: a text of 1 to 1,000 characters. Default: all. */
  readonly types?: readonly string[];
  /** Where a new subscriber begins. One of "start", "now". Default: "now". */
  readonly from?: "start" | "now";
}

export const subscriberSettings = group({
  url: setting("Where events are sent.", address(["http", "https"], "https://acme.com/events"), { isSecret: true }),
  secret: setting("Shared with the receiver.", secret({ sample: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" })),
  types: setting("Only these types.", listOf(text({ sample: "form_submitted" })).optional(), { unset: "all" }),
  from: setting("Where a new subscriber begins.", oneOf("start", "now").default("now")),
});

export interface WebhookOutOptions {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly name: string;
  readonly subscriber: WebhookSubscriber;
  readonly sweepMs: number;
  readonly onError: (error: unknown) => void;
}

interface Row {
  readonly attempts: number;
  readonly position: Position;
}

/** Waits before the second and each further attempt, as the Standard Webhooks sample has them; about three days in all. */
const WAITS_S = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const TIMEOUT_MS = 15_000;
const LEASE_MS = 60_000;
const A_TURN = 100;
/** A 429 or 503 may ask for patience, but not for ever. */
const MAX_WAIT_S = 86_400;

export class WebhookOut {
  readonly name: string;
  readonly #options: WebhookOutOptions;
  readonly #looper: PollLoop;
  readonly #webhook: Webhook;
  readonly #holder = processName();
  readonly #abort = new AbortController();
  #forget: (() => void) | undefined;

  /** @throws MillraceError invalid_config for a URL or secret that is none. */
  constructor(options: WebhookOutOptions) {
    this.name = `webhook:${options.name}`;
    this.#options = options;
    this.#webhook = checked(options.name, options.subscriber);
    this.#looper = new PollLoop({ turn: () => this.#turn(), sweepMs: options.sweepMs, onError: options.onError });
  }

  async start(): Promise<void> {
    const { db, wakeUps, name, subscriber } = this.#options;
    await registerSubscription(db, this.name, subscriber.from ?? "now");
    await db.query("insert into webhook_subscribers (name) values ($1) on conflict do nothing", [name]);
    this.#forget = wakeUps.on(ANY_EVENT, () => this.#looper.trigger());
    this.#looper.start();
  }

  async stop(): Promise<void> {
    this.#forget?.();
    this.#abort.abort(new Error("The engine stops."));
    await this.#looper.stop();
  }

  trigger(): void {
    this.#looper.trigger();
  }

  /**
   * Sends one event once more that was set aside, out of its order; the receiver knows it by its webhook-id. Who asks settles
   * the dead letter. @throws MillraceError delivery_failed when it is not taken.
   */
  async sendAgain(position: Position): Promise<void> {
    const { db, name } = this.#options;
    const held = await whyHeld(db);
    const [event] = await readEvents(db, position - 1, 1);
    const answer = held === undefined && event !== undefined ? await this.#send(event) : undefined;
    if (answer?.isTaken) return;
    throw new MillraceError("delivery_failed", {
      saw: `The subscriber "${name}" did not get event ${position}: ${held ?? answer?.error ?? "the log has no such event"}. It is set aside still.`,
      next: "see what it says at its own end, then try again.",
    });
  }

  /** Sends what is due, one event after the other, while this process holds the subscriber. */
  async #turn(): Promise<boolean> {
    const row = await this.#hold();
    if (row === undefined) return false;
    try {
      return await this.#sendFrom(row);
    } finally {
      await this.#options.db.query(
        "update webhook_subscribers set lease_until = null where name = $1 and lease_holder = $2",
        [this.#options.name, this.#holder],
      );
    }
  }

  async #hold(): Promise<Row | undefined> {
    const { db, clock, name } = this.#options;
    const [row] = await db.query<Row>(
      `update webhook_subscribers w set lease_until = clock_timestamp() + $3 * interval '1 ms', lease_holder = $4
       from subscriptions s where w.name = $1 and s.name = 'webhook:' || w.name and w.disabled_at is null
         and (w.next_at is null or w.next_at <= $2) and (w.lease_until is null or w.lease_until < clock_timestamp())
         and s.position < newest_position() and not ${IS_HELD}
       returning w.attempts, s.position`,
      [name, new Date(clock.now()), LEASE_MS, this.#holder],
      "hold_subscriber",
    );
    return row;
  }

  async #sendFrom({ attempts, position }: Row): Promise<boolean> {
    const { db, subscriber } = this.#options;
    const newest = await newestPosition(db);
    const events = await readEvents(db, position, A_TURN, subscriber.types);
    let tried = attempts;
    for (const event of events) {
      failpoint("before-event-delivered");
      const answer = await this.#send(event);
      failpoint("after-event-delivered");
      if (this.#abort.signal.aborted) return false;
      if (!answer.isTaken) {
        await this.#noteFailure(event, tried + 1, answer);
        return false;
      }
      tried = 0;
      if (!(await this.#noteDelivery(event.position, answer.status))) return false;
    }
    if (events.length < A_TURN) await this.#moveTo(Math.max(newest, events.at(-1)?.position ?? 0));
    return events.length === A_TURN;
  }

  async #send(event: RecordedEvent<string, Json>): Promise<Answer> {
    const { subscriber } = this.#options;
    const body = JSON.stringify(cloudEventOf(event));
    const id = String(event.position);
    // The receiver compares with its own clock, so the timestamp is the real one whatever clock the engine turns on.
    const at = new Date();
    try {
      const response = await fetch(subscriber.url, {
        method: "POST",
        redirect: "manual",
        headers: {
          "content-type": "application/cloudevents+json",
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
          "webhook-signature": this.#webhook.sign(id, at, body),
        },
        body,
        signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.body?.cancel();
      const retryAfterS = (retryAfterMs(response.headers.get("retry-after")) ?? 0) / 1_000;
      return {
        isTaken: response.ok,
        status: response.status,
        error: response.ok ? undefined : `answered ${response.status}`,
        waitS: Math.min(Math.max(retryAfterS, 0), MAX_WAIT_S),
      };
    } catch (error) {
      return { isTaken: false, status: undefined, error: messageOf(error), waitS: 0 };
    }
  }

  /** What is left of this turn is of no interest to the subscriber. */
  #moveTo(position: Position): Promise<void> {
    return this.#options.db.transaction(async (tx) => {
      const held = await tx.query(
        "select from webhook_subscribers where name = $1 and lease_holder = $2 for update",
        [this.#options.name, this.#holder],
        "still_holds_subscriber",
      );
      if (held.length > 0) await moveCursor(tx, this.name, position);
    });
  }

  /** @returns whether this process holds the subscriber still: one that stood still too long finds another sending. */
  #noteDelivery(position: Position, status: number | undefined): Promise<boolean> {
    const { db, clock, name } = this.#options;
    return db.transaction(async (tx) => {
      const held = await tx.query(
        `update webhook_subscribers set attempts = 0, next_at = null, delivered = delivered + 1, last_at = $2,
           last_status = $3, last_error = null, lease_until = clock_timestamp() + $4 * interval '1 ms'
         where name = $1 and lease_holder = $5 returning 1`,
        [name, new Date(clock.now()), status ?? null, LEASE_MS, this.#holder],
        "note_delivery",
      );
      if (held.length > 0) await moveCursor(tx, this.name, position);
      return held.length > 0;
    });
  }

  async #noteFailure(event: RecordedEvent<string, Json>, attempts: number, answer: Answer): Promise<void> {
    const { db, clock, name } = this.#options;
    const waitS = WAITS_S[attempts - 1];
    const isGone = answer.status === 410;
    const isGivenUp = waitS === undefined && !isGone;
    await db.transaction(async (tx) => {
      const held = await tx.query(
        `update webhook_subscribers set attempts = $2, next_at = $3, last_at = $4, last_status = $5, last_error = $6,
           disabled_at = $7 where name = $1 and lease_holder = $8 returning 1`,
        [
          name,
          isGivenUp ? 0 : attempts,
          waitS === undefined ? null : new Date(clock.now() + Math.max(waitS, answer.waitS) * 1_000),
          new Date(clock.now()),
          answer.status ?? null,
          answer.error?.slice(0, 500) ?? null,
          isGone ? new Date(clock.now()) : null,
          this.#holder,
        ],
        "note_failure",
      );
      if (held.length === 0 || !isGivenUp) return;
      const { position } = event;
      await addDeadLetter(tx, { subscription: this.name, event: position, error: answer.error ?? "", attempts });
      await moveCursor(tx, this.name, position);
    });
  }
}

interface Answer {
  readonly isTaken: boolean;
  readonly status: number | undefined;
  readonly error: string | undefined;
  readonly waitS: number;
}

/** An event of the log as a CloudEvent 1.0. */
export function cloudEventOf(event: RecordedEvent<string, Json>) {
  return {
    specversion: "1.0",
    id: String(event.position),
    source: "/millrace",
    type: event.type,
    time: new Date(event.occurredAt).toISOString(),
    datacontenttype: "application/json",
    ...(event.contact === null ? {} : { subject: event.contact }),
    // Extensions are text: CloudEvents' integers end at 2^31.
    root: String(event.root),
    ...(event.cause === null ? {} : { cause: String(event.cause) }),
    actor: event.actor,
    data: event.data,
  };
}

function checked(name: string, { url, secret }: WebhookSubscriber): Webhook {
  const parsed = URL.parse(url);
  try {
    // A name and password in the address cannot be sent, and would stand in the error of every attempt.
    const isSendable = parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username + parsed.password === "";
    if (isSendable) return new Webhook(secret);
  } catch {
    // Told below, without the secret.
  }
  throw new MillraceError("invalid_config", {
    saw: `The subscriber "${name}" has no http(s) address without a name and password in it, or no valid secret.`,
    expected: "a url, and a secret like whsec_ followed by base64",
    next: `correct subscribers.${name} in millrace.config.ts.`,
    field: `subscribers.${name}`,
  });
}
