/** Sends leads through a form's door at an even rate, as visitors would, and remembers what the engine answered. */
import { setTimeout } from "node:timers/promises";
import { messageOf } from "../../base/errors.ts";
import type { Appended } from "../../events/event.ts";
import type { DemoLead } from "./leads.ts";

export interface Sending {
  readonly sent: number;
  /** Positions of the submissions the engine took, by their order. */
  readonly accepted: readonly number[];
  /** What went wrong, the first of each kind. */
  readonly troubles: readonly string[];
  readonly tookMs: number;
}

export interface SendOptions {
  readonly url: string;
  readonly leads: readonly DemoLead[];
  readonly perSecond: number;
  /** Tells this play from others, so that a seed played twice is not taken for a repeated delivery. */
  readonly play: string;
  readonly onProgress: (answered: number) => void;
}

const MAX_TRIES = 5;

/** Never ahead of the rate; behind it when the engine is slower. A full door (429, 503) is asked again when it says so. */
export async function sendLeads(options: SendOptions): Promise<Sending> {
  const startedAt = performance.now();
  const accepted: number[] = [];
  const troubles = new Set<string>();
  let answered = 0;
  const sends = options.leads.map(async (lead, i) => {
    await setTimeout((i * 1_000) / options.perSecond);
    const answer = await sendPatiently(options, lead, `demo-${options.play}-${i}`);
    if (typeof answer === "string") troubles.add(answer);
    else accepted.push(answer.position);
    answered += 1;
    options.onProgress(answered);
  });
  await Promise.all(sends);
  return { sent: options.leads.length, accepted, troubles: [...troubles], tookMs: performance.now() - startedAt };
}

/** @returns what the engine recorded, or why it did not. */
async function sendPatiently(options: SendOptions, lead: DemoLead, key: string): Promise<Appended | string> {
  for (let tries = 1; ; tries++) {
    try {
      const response = await postForm(options.url, lead, key);
      if (response.ok) return (await response.json()) as Appended;
      const isFull = response.status === 429 || response.status === 503;
      if (!isFull || tries === MAX_TRIES) return `${response.status}: ${(await response.text()).slice(0, 200)}`;
      await response.body?.cancel();
      await setTimeout(1_000 * (Number(response.headers.get("retry-after")) || tries));
    } catch (error) {
      if (tries === MAX_TRIES) return messageOf(error);
      await setTimeout(200 * tries);
    }
  }
}

function postForm(url: string, { form, fields, context }: DemoLead, key: string): Promise<Response> {
  return fetch(new URL(`/forms/${encodeURIComponent(form)}`, url), {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify({ fields, context }),
    signal: AbortSignal.timeout(15_000),
  });
}
