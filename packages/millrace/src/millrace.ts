/** The library's door: `import { createEngine, workflow, agent } from "millrace"`. */
/** The schemas of your own events are written with this very zod. */
export { z } from "zod";
export { agent, pureAgent } from "./agents/agent.ts";
export type { EnrichmentSettings } from "./agents/data-enricher/enrichment-settings.ts";
export type { Profile, ProfileProvider, ProfileQuery } from "./agents/data-enricher/profiles.ts";
export type { ReplyClassifierSettings } from "./agents/reply-classifier/reply-settings.ts";
export { type Toolbox, toolbox } from "./agents/tools.ts";
export type { AlertChannel } from "./alerts/channel.ts";
export { type Clock, type Duration, ManualClock, systemClock } from "./clock.ts";
export { defineConfig, type EmbeddingOptions, type MillraceConfig } from "./config.ts";
export type { Contact, ContactFacts } from "./contacts/contact.ts";
export { bandOf, type ScoreBands } from "./contacts/score-bands.ts";
export { createEngine } from "./create-engine.ts";
export type { HubspotSettings } from "./crm/hubspot/hubspot-settings.ts";
export type { Engine } from "./engine.ts";
export { type ErrorCode, MillraceError } from "./errors.ts";
export type { EventTypes } from "./events/catalogue.ts";
export { emailAddress, event, properties, propertyValue, text } from "./events/define-event.ts";
export type { Appended, ContactReference, EventOf, Json, NewEvent, RecordedEvent } from "./events/event.ts";
export { defaultPack } from "./flows/default-pack.ts";
export type {
  Cancelled,
  Completed,
  Failed,
  Outcome,
  Snoozed,
  TaskHandler,
  TaskInput,
  TaskRequest,
  Waiting,
} from "./tasks/handler.ts";
export {
  bandRanges,
  type Condition,
  entered,
  type Facts,
  left,
  not,
  type ScoreRange,
  when,
} from "./workflows/condition.ts";
export {
  addToList,
  alert,
  alt,
  branch,
  cancel,
  email,
  emit,
  on,
  opt,
  otherwise,
  par,
  removeFromList,
  schedule,
  stop,
  type TaskKinds,
  task,
  unschedule,
  type Workflow,
  workflow,
} from "./workflows/workflow.ts";
