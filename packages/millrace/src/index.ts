/** The library's door: `import { createEngine, workflow, agent } from "millrace"`. */
/** The schemas of your own events are written with this very zod. */
export { z } from "zod";
export { agent, pureAgent } from "./agents/agent.ts";
export type { EnrichmentSettings } from "./agents/data-enricher/enrichment-settings.ts";
export type { Profile, ProfileProvider, ProfileQuery } from "./agents/data-enricher/profiles.ts";
export type { DraftSettings } from "./agents/draft-writer/draft-settings.ts";
export type { ReplyClassifierSettings, ReplyLanguage } from "./agents/reply-classifier/reply-settings.ts";
export {
  AskAgain,
  type Opinion,
  type OpinionContext,
  type OpinionQuestion,
  type SecondOpinion,
} from "./agents/reply-classifier/second-opinion.ts";
export {
  type CallOptions,
  type EndedCall,
  type Toolbox,
  type ToolboxOptions,
  type ToolResult,
  toolbox,
} from "./agents/tools.ts";
export type { AlertChannel, PhoneChannel } from "./alerts/channel.ts";
export { type Clock, type Duration, ManualClock, systemClock } from "./base/clock.ts";
export { type ErrorCode, type ErrorParts, MillraceError } from "./base/errors.ts";
export {
  defineConfig,
  type EmbeddingOptions,
  type MillraceConfig,
} from "./config/config.ts";
export type { EngineSettings } from "./config/engine-settings.ts";
export type {
  BasicAuthSettings,
  GatewaySettings,
  InboundMailSettings,
  MailgunSettings,
  PostmarkSettings,
  SendGridSettings,
} from "./config/http-settings.ts";
export type { Consumer } from "./consumers/consumer.ts";
export type { WebhookSubscriber } from "./consumers/webhook-out.ts";
export type {
  Contact,
  ContactFacts,
  Engagement,
  EngagementMark,
  Purchase,
  ReplacedValue,
  ScoreChange,
  SequencePlace,
  ValueSource,
} from "./contacts/contact.ts";
export type { FormRules } from "./contacts/form-fields.ts";
export { type BandName, bandOf, type ScoreBands } from "./contacts/score-bands.ts";
export type { ApiFamily, HubspotLimits, HubspotSettings } from "./crm/hubspot/client/hubspot-settings.ts";
export type { Queryable, Tx } from "./db/database.ts";
export type { PlannedDecision } from "./decider/plan.ts";
export type { Replayed, ReplayedDecision } from "./decider/replay.ts";
export type {
  InboxOAuth,
  InboxSettings,
  MailCap,
  MailSettings,
  MailTracking,
  MailWindow,
} from "./email/mail-settings.ts";
export type { EngagementSettings } from "./email/policy/engagement.ts";
export type { Review, Sequence, Sequences, Touch } from "./email/sequences.ts";
export { createEngine } from "./engine/create-engine.ts";
export type {
  Actions,
  Engine,
  EventSubscription,
  Queries,
  ReplayRequest,
  SubscribeOptions,
} from "./engine/engine.ts";
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
export type { McpOutcome, ReplyClass } from "./events/mission-events.ts";
export type { CrmSaysSettings } from "./flows/crm-says.ts";
export type { CrmBatch } from "./flows/crm-sync.ts";
export { defaultPack, type PackParts, type PackSettings } from "./flows/default-pack.ts";
export type { FormPolicy, FormSettings } from "./flows/form-policies.ts";
export type { ModelNotesSettings } from "./flows/model-notes.ts";
export type { OutreachDraftsSettings } from "./flows/outreach-drafts.ts";
export type { TaskStateSettings } from "./flows/task-states.ts";
export type { Logger, LogLevel, LogSettings } from "./logging/logger.ts";
export type { McpOAuth, McpServerSettings, McpSettings } from "./mcp/client/mcp-settings.ts";
export type { AskingAgent, ModelCaps, ModelPrice, ModelSettings } from "./models/model-settings.ts";
export type { MonitorSettings } from "./monitor/monitor-settings.ts";
export type { InputOf, OperationTable, ResultOf } from "./operations/operation.ts";
export type { ActionFunctions, Asked, QueryFunctions } from "./operations/surface.ts";
export type { RetentionSettings } from "./privacy/retention-settings.ts";
export type { BusinessHours } from "./tasks/business-hours.ts";
export type { TaskKindMap, TaskKindOptions } from "./tasks/catalogue.ts";
export type {
  AlertRecord,
  CalledTool,
  CallTool,
  CallToolOptions,
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
export type { CallDetail } from "./tasks/tool-facts.ts";
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
