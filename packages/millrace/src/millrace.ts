/** The library's door: `import { createEngine, workflow, agent } from "millrace"`. */
/** The schemas of your own events are written with this very zod. */
export { z } from "zod";
export { agent, pureAgent } from "./agents/agent.ts";
export type { EnrichmentSettings } from "./agents/data-enricher/enrichment-settings.ts";
export type { Profile, ProfileProvider, ProfileQuery } from "./agents/data-enricher/profiles.ts";
export type { ReplyClassifierSettings, ReplyLanguage } from "./agents/reply-classifier/reply-settings.ts";
export {
  AskAgain,
  type Opinion,
  type OpinionContext,
  type OpinionQuestion,
  type SecondOpinion,
} from "./agents/reply-classifier/second-opinion.ts";
export { type CallOptions, type Toolbox, type ToolboxOptions, type ToolResult, toolbox } from "./agents/tools.ts";
export type { AlertChannel, PhoneChannel } from "./alerts/channel.ts";
export { type Clock, type Duration, ManualClock, systemClock } from "./clock.ts";
export {
  defineConfig,
  type EmbeddingOptions,
  type MillraceConfig,
} from "./config.ts";
export type { Consumer } from "./consumers/consumer.ts";
export type { WebhookSubscriber } from "./consumers/webhook-out.ts";
export type {
  Contact,
  ContactFacts,
  Engagement,
  EngagementMark,
  Purchase,
  ScoreChange,
  SequencePlace,
  ValueSource,
} from "./contacts/contact.ts";
export type { FormRules } from "./contacts/form-fields.ts";
export { type BandName, bandOf, type ScoreBands } from "./contacts/score-bands.ts";
export { createEngine } from "./create-engine.ts";
export type { ApiFamily, HubspotLimits, HubspotSettings } from "./crm/hubspot/hubspot-settings.ts";
export type { Queryable, Tx } from "./db/database.ts";
export type {
  Actions,
  Engine,
  EventSubscription,
  Queries,
  ReplayRequest,
  SubscribeOptions,
} from "./engine.ts";
export type { EngineSettings } from "./engine-settings.ts";
export { type ErrorCode, type ErrorParts, MillraceError } from "./errors.ts";
export type { BatchRule } from "./events/batch-rule.ts";
export type { EventDefinitionMap, EventTypes } from "./events/catalogue.ts";
export {
  type EventDefinition,
  type EventOptions,
  emailAddress,
  event,
  type PropertyValue,
  properties,
  propertyValue,
  text,
} from "./events/define-event.ts";
export type { Appended, ContactReference, EventOf, Json, NewEvent, Position, RecordedEvent } from "./events/event.ts";
export type { ReplyClass } from "./events/mission-events.ts";
export type { CrmSaysSettings } from "./flows/crm-says.ts";
export type { CrmBatch } from "./flows/crm-sync.ts";
export { defaultPack, type PackSettings } from "./flows/default-pack.ts";
export type { FormPolicy, FormSettings } from "./flows/form-policies.ts";
export type { TaskStateSettings } from "./flows/task-states.ts";
export type {
  BasicAuthSettings,
  GatewaySettings,
  InboundMailSettings,
  MailgunSettings,
  PostmarkSettings,
  SendGridSettings,
} from "./gateway-settings.ts";
export type { Logger, LogLevel, LogSettings } from "./log.ts";
export type { AskingAgent, ModelCaps, ModelPrice, ModelSettings } from "./models/model-settings.ts";
export type { MonitorSettings } from "./monitor/monitor-settings.ts";
export type { InputOf, OperationTable, ResultOf } from "./operations/operation.ts";
export type { ActionFunctions, Asked, QueryFunctions } from "./operations/surface.ts";
export type { EngagementSettings } from "./outreach/engagement.ts";
export type {
  InboxOAuth,
  InboxSettings,
  MailCap,
  MailSettings,
  MailTracking,
  MailWindow,
} from "./outreach/mail-settings.ts";
export type { Sequence, Sequences, Touch } from "./outreach/sequences.ts";
export type { BusinessHours } from "./tasks/business-hours.ts";
export type { TaskKindMap, TaskKindOptions } from "./tasks/catalogue.ts";
export type {
  AlertRecord,
  Cancelled,
  Completed,
  EmailRecord,
  Failed,
  HandlerContext,
  Outcome,
  PureHandler,
  QueuedHandler,
  Snoozed,
  TaskHandler,
  TaskInput,
  TaskRequest,
  TrackedLink,
  Waiting,
  WorkContext,
} from "./tasks/handler.ts";
export type { RetryPolicy } from "./tasks/retry.ts";
export type { DoStep, StepOptions } from "./tasks/steps.ts";
export type { Priority } from "./tasks/task.ts";
export type { SignatureKind } from "./webhooks/signatures.ts";
export type { ForeignDelivery, ForeignEvent, ForeignTranslation, PresetName } from "./webhooks/translation.ts";
export type { WebhookSource } from "./webhooks/webhook-settings.ts";
export {
  bandRanges,
  type Condition,
  entered,
  type Facts,
  left,
  not,
  type ScoreRange,
  type WhenOptions,
  when,
} from "./workflows/condition.ts";
export { above, atLeast, atMost, below, between, type NumberOf } from "./workflows/number-conditions.ts";
export type { NumberClaim, NumberSet, Span } from "./workflows/number-set.ts";
export type { PlannedDecision } from "./workflows/plan.ts";
export type { Replayed, ReplayedDecision } from "./workflows/replay.ts";
export {
  type After,
  type AlertStep,
  type AltStep,
  type Audience,
  addToList,
  alert,
  alt,
  type Branch,
  batched,
  branch,
  type CancelStep,
  cancel,
  type EmailStep,
  type EmitStep,
  email,
  emit,
  type OptStep,
  on,
  onCompleted,
  opt,
  otherwise,
  type ParStep,
  par,
  removeFromList,
  type ScheduleStep,
  type Step,
  type StopStep,
  schedule,
  stop,
  type TaskKindName,
  type TaskKinds,
  type TaskStep,
  type Trigger,
  task,
  type UnscheduleStep,
  unschedule,
  type Workflow,
  workflow,
} from "./workflows/workflow.ts";
