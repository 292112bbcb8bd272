/**
 * Every event of the nine flows, each with the schema of its data. Read by catalogue.ts.
 * Internal ones are facts only the engine can know; the public doors refuse them.
 */
import { contactEvents } from "./mission/contact-events.ts";
import { enrichmentEvents } from "./mission/enrichment-events.ts";
import { formEvents } from "./mission/form-events.ts";
import { healthEvents } from "./mission/health-events.ts";
import { integrationEvents } from "./mission/integration-events.ts";
import { replyEvents } from "./mission/reply-events.ts";
import { taskEvents } from "./mission/task-events.ts";

export { MCP_OUTCOMES, type McpOutcome, MODEL_OUTCOMES, type ModelOutcome } from "./mission/agent-outcomes.ts";
export { DRAFT_VERDICTS, type DraftVerdict } from "./mission/form-events.ts";
export { ERASURE_REASONS, type ErasureReason } from "./mission/integration-events.ts";
export {
  REPLY_CLASSES,
  type ReplyClass,
  TAKEN_BACK,
  WORDLESS_REPLIES,
  type WordlessReply,
} from "./mission/reply-classes.ts";

export const missionEvents = {
  ...contactEvents,
  ...formEvents,
  ...taskEvents,
  ...enrichmentEvents,
  ...replyEvents,
  ...healthEvents,
  ...integrationEvents,
} as const;
