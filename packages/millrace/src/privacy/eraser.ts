/** The agent of `erase_contact`: erases the contact of its task. Workflows ask for it; the default pack does when HubSpot erased someone. */
import type { Position } from "../events/event.ts";
import type { Outcome, QueuedHandler, TaskInput } from "../tasks/handler.ts";
import { type ErasureParts, eraseContact } from "./erase-contact.ts";

export function eraser(parts: ErasureParts): QueuedHandler {
  return {
    name: "eraser",
    kinds: ["erase_contact"],
    isPure: false,
    concurrency: 1,
    run: (tasks, { now }) => Promise.all(tasks.map((task) => erase(parts, task, now))),
  };
}

async function erase(parts: ErasureParts, { id, contact, payload }: TaskInput, now: number): Promise<Outcome> {
  if (contact === undefined) return { outcome: "failed", error: "The task names no contact.", retry: "never" };
  const [origin] = await parts.db.query<{ cause: Position; root: Position; depth: number }>(
    "select causes[1] as cause, root, depth from tasks where id = $1",
    [id],
  );
  if (origin === undefined) return { outcome: "cancelled", reason: "The task was called off." };
  const because = (payload as { because?: unknown } | null)?.because === "crm" ? "crm" : "asked";
  const wish = { contact: contact.id, actor: "agent:eraser", because, now, by: { task: id, ...origin } } as const;
  const { rows } = await eraseContact(parts, wish);
  return { outcome: "completed", result: { rows } };
}
