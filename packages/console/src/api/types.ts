/** The engine's shapes by their names, from the generated schema. */
import type { components } from "./schema.ts";

type Schemas = components["schemas"];
export type LoggedEvent = Schemas["Event"];
export type Contact = Schemas["ListedContact"];
export type ContactStory = Schemas["ContactStory"];
export type Task = Schemas["Task"];
export type QueuedTask = Schemas["QueuedTask"];
export type TaskRow = Schemas["TaskRow"];
export type Email = Schemas["Email"];
export type EmailSummary = Schemas["EmailSummary"];
export type Alert = Schemas["Alert"];
export type Decision = Schemas["Decision"];
export type DeadLetter = Schemas["DeadLetter"];
export type InboundMail = Schemas["InboundMail"];
export type InboundMessage = Schemas["InboundMessage"];
export type Why = Schemas["Why"];
export type Overview = Schemas["Overview"];
export type Workflow = Schemas["Workflow"];
export type WorkflowStory = Schemas["WorkflowStory"];
export type Agent = Schemas["Agent"];
export type Health = Schemas["Health"];
export type Draft = Schemas["DraftsAnswer"]["drafts"][number];
export type Conversation = Schemas["ConversationsAnswer"]["conversations"][number];
export type ConversationStory = Schemas["ConversationAnswer"];
export type OutboxEmail = Schemas["OutboxAnswer"]["emails"][number];
export type AlertGroup = Schemas["AlertGroupsAnswer"]["groups"][number];
export type DeadLetterGroup = Schemas["DeadLetterGroupsAnswer"]["groups"][number];
export type Explanation = Schemas["ExplainContactAnswer"];

export type FlowCounts = Schemas["WorkflowCountsAnswer"];
export type Today = Schemas["TodayAnswer"];
export type Person = Schemas["PeopleAnswer"]["people"][number];

/** What is needed of a contact beside its id to name it. */
export type Who = NonNullable<Task["who"]>;

// biome-ignore lint/suspicious/noExplicitAny: the data of an event is of its type; what is missing reads as nothing.
export type Data = any;
