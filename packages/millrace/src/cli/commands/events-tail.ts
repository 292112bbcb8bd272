/** `millrace events tail`: the newest events, oldest first; with --follow, on from there. --json gives one event a line when following. */
import { setTimeout } from "node:timers/promises";
import type { EventRow } from "../../queries/rows/events.ts";
import { cliActor } from "../actor.ts";
import type { Call } from "../command.ts";
import { openProject } from "../project.ts";
import type { Terminal } from "../terminal.ts";
import { counted, moment, short } from "../text.ts";
import { type Ask, withOperations } from "../with-operations.ts";

interface Options {
  readonly follow?: boolean;
  readonly type?: string;
  readonly contact?: string;
  readonly limit: number;
  readonly since?: number;
}

const LOOK_MS = 250;

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, options } = call;
  const { type, contact, limit, since } = options;
  const by = cliActor({});
  await withOperations(await openProject(call, false), { needs: "database", by }, async (ask) => {
    // Before the list, so that nothing falls between the two; what is in both is shown once.
    const newest = (await ask("events", { limit: 1 })).events[0]?.position ?? 0;
    const found = await ask("events", { type, contact, limit, since });
    const events = found.events.toReversed();
    if (options.follow !== true) return show(terminal, events);
    for (const event of events) showOne(terminal, event);
    await follow(terminal, ask, Math.max(newest, events.at(-1)?.position ?? 0), { type, contact });
  });
}

async function follow(
  terminal: Terminal,
  ask: Ask,
  from: number,
  filter: { type?: string; contact?: string },
): Promise<never> {
  for (let after = from; ; ) {
    const { events } = await ask("events", { after, ...filter, limit: 500 });
    for (const event of events) showOne(terminal, event);
    after = events.at(-1)?.position ?? after;
    if (events.length === 0) await setTimeout(LOOK_MS);
  }
}

function show(terminal: Terminal, events: readonly EventRow[]): void {
  if (terminal.isJson) {
    terminal.document({ events });
    return;
  }
  for (const event of events) showOne(terminal, event);
  const next = events.length === 0 ? "Next: send some with `millrace demo`." : "Next: millrace events why <position>";
  terminal.say(`${counted(events.length, "event")}. ${next}`);
}

function showOne(terminal: Terminal, event: EventRow): void {
  if (terminal.isJson) terminal.document(event);
  else terminal.data(lineOf(event, terminal));
}

function lineOf({ position, type, occurredAt, actor, data }: EventRow, terminal: Terminal): string {
  const what = `${String(position).padStart(6)}  ${moment(occurredAt)}  ${terminal.styled("bold", type.padEnd(22))}`;
  return `${what}  ${short(actor, 28).padEnd(28)}  ${terminal.styled("dim", short(data, 90))}`;
}
