/** The shapes in which work is done from outside: what is claimed, renewed and finished. All times are milliseconds. */
import { z } from "zod";
import { jsonValue as json, text } from "../events/define-event.ts";
import { PRIORITIES } from "../tasks/task.ts";

const MOST = 100;
const CENTURY_MS = 3_155_760_000_000;

const id = z.number().int().positive();
const fence = z.number().int().nonnegative().describe("The fencing token of the claim.");
const ms = z.number().nonnegative().max(CENTURY_MS);
const leaseMs = z
  .number()
  .int()
  .min(1_000)
  .max(3_600_000)
  .default(60_000)
  .describe("Silence after which the task is given to another worker. Renew it three times as often.");

export const claimBody = z.strictObject({
  kinds: z
    .array(text(200).min(1))
    .min(1)
    .max(MOST)
    .optional()
    .describe("Which kinds of tasks. Left out: those of the key."),
  worker: text(100)
    .regex(/^[\w.:@-]+$/, "is not of a to z, A to Z, digits and .:@_-")
    .default("1")
    .describe("Which of the agent's processes asks; people see it."),
  limit: z.number().int().min(1).max(MOST).default(1).describe("How many tasks at most."),
  waitMs: z
    .number()
    .int()
    .min(0)
    .max(30_000)
    .default(0)
    .describe("When nothing is due: how long the answer waits for something."),
  leaseMs,
});

export const claimedAnswer = z.object({
  tasks: z.array(
    z.object({
      id,
      kind: z.string(),
      payload: json,
      contact: z
        .object({ id: z.guid(), properties: z.record(z.string(), json), facts: z.record(z.string(), json) })
        .nullable()
        .describe("As it is now; null: the task is about none."),
      attempt: z.number().int().describe("1 for the first."),
      fence,
      root: z.number().int().describe("Position of the outside event behind it."),
      createdAt: z.number(),
      timeoutMs: z.number().describe("An attempt that runs longer is taken away, lease or not."),
    }),
  ),
  leaseMs: z.number(),
  isStopped: z.boolean().describe("The agent is stopped, by a person or by its failures: nothing is given to it."),
});

const held = z.strictObject({ id, fence });

export const renewBody = z.strictObject({ tasks: z.array(held).min(1).max(MOST), leaseMs });

export const renewedAnswer = z.object({
  held: z.array(id).describe("Still this agent's."),
  lost: z.array(id).describe("Given to another, or ended: stop working on them."),
});

const reason = text(2_048).min(1);

const outcome = z.discriminatedUnion("outcome", [
  z.strictObject({
    outcome: z.literal("completed"),
    result: json.optional().describe("Kept with the task and shown to people."),
    events: z
      .array(z.strictObject({ type: text(200).min(1), data: json }))
      .max(MOST)
      .optional()
      .describe("Facts about the task's contact: types that may be sent, or that the task's kind `emits`."),
    tasks: z
      .array(
        z.strictObject({
          kind: text(200).min(1),
          payload: json.optional(),
          priority: z.enum(PRIORITIES).optional(),
          dueInMs: ms.optional(),
          delayMs: ms.optional(),
          staleAfterMs: ms.optional(),
          mergeKey: text(600).min(1).optional(),
        }),
      )
      .max(MOST)
      .optional()
      .describe("Follow-up tasks: kinds that the task's kind `asks`."),
  }),
  z.strictObject({
    outcome: z.literal("failed"),
    error: reason,
    retry: z
      .enum(["later", "wait", "never"])
      .default("later")
      .describe("later: an attempt, with growing pauses. wait: uses up no attempt. never: it cannot help."),
    afterMs: ms.optional().describe("With wait: how long. Default 30,000."),
  }),
  z.strictObject({ outcome: z.literal("waiting"), reason }).describe("Only a person can decide what is next."),
  z.strictObject({ outcome: z.literal("snoozed"), forMs: ms, reason: reason.optional() }),
  z.strictObject({ outcome: z.literal("cancelled"), reason }),
]);

const tools = z
  .array(
    z.strictObject({
      tool: text(200).min(1),
      ms: z.number().int().nonnegative().describe("How long the call took."),
      error: text(2_048).min(1).optional().describe("What went wrong; left out: nothing."),
    }),
  )
  .max(1_000)
  .default([])
  .describe("The tools that were called, in order: each becomes mcp_tool_called, and mcp_tool_failed with an error.");

export const finishBody = z.strictObject({
  results: z
    .array(
      z.strictObject({
        id,
        fence,
        attempt: z.number().int().positive().describe("As the claim said."),
        outcome,
        tools,
      }),
    )
    .min(1)
    .max(MOST)
    .refine((results) => new Set(results.map((one) => one.id)).size === results.length, {
      message: "name one task twice",
    }),
});
export type FinishBody = z.output<typeof finishBody>;

export const finishedAnswer = z.object({
  results: z.array(
    z.object({
      id,
      state: z
        .enum(["written", "discarded", "unknown"])
        .describe("discarded: it came too late, another has the task, and it changed nothing. unknown: no such task."),
    }),
  ),
});
