/** The workflows that run unless the config says otherwise, each with its settings. */
import type { Duration } from "../base/clock.ts";
import { bandSettings, type ScoreBands } from "../contacts/score-bands.ts";
import { type EngagementSettings, engagementSettings } from "../email/policy/engagement.ts";
import { type Sequences, sequenceSettings } from "../email/sequences.ts";
import { checkedSettings } from "../settings/check.ts";
import { amount, duration, flag, group, listOf, name, setting, text } from "../settings/setting.ts";
import { bandRanges } from "../workflows/condition.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { contactLifecycle } from "./contact-lifecycle.ts";
import { type CrmSaysSettings, crmSaysSettings } from "./crm-says.ts";
import { type CrmBatch, crmBatchSettings, crmSyncFlow } from "./crm-sync.ts";
import { enrichmentChain } from "./enrichment.ts";
import { formCascade } from "./form-cascade.ts";
import { type FormSettings, formSettings } from "./form-policies.ts";
import { hubspotActionsFlow } from "./hubspot-actions.ts";
import { integrations, SIGNIFICANT_PROPERTIES } from "./integrations.ts";
import { type ModelNotesSettings, modelNotes } from "./model-notes.ts";
import { type OutreachDraftsSettings, outreachDrafts } from "./outreach-drafts.ts";
import { outreachResponses } from "./outreach-responses.ts";
import { outreachSequence } from "./outreach-sequence.ts";
import { scoreBands } from "./score-bands.ts";
import { systemHealth } from "./system-health.ts";
import { followUpSettings, type TaskStateSettings, taskStates } from "./task-states.ts";

export interface PackSettings {
  /** Where scores become hot, qualified and nurture. */
  readonly bands?: Partial<ScoreBands>;
  /** A band fires again for a contact only after this. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "30d". */
  readonly rearmAfter?: Duration;
  /** A thank-you older than this is not sent any more. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "60m". */
  readonly thankYouStaleAfter?: Duration;
  /** A hot alert older than this is not raised any more. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "24h". */
  readonly alertStaleAfter?: Duration;
  /** Where the quality of data becomes high and medium. */
  readonly enrichmentQuality?: { readonly highFrom?: number; readonly mediumFrom?: number };
  /** The e-mails of each sequence: template and day. */
  readonly sequences?: Partial<Sequences>;
  /** Points of opens, clicks and replies, how fast they fade, from where a prospect is hot or cold. */
  readonly engagement?: Partial<EngagementSettings>;
  /** Nothing back for so long after an e-mail: another channel is tried. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "72h". */
  readonly notEngagedAfter?: Duration;
  /** Sales are alerted of the same hot prospect again only after this. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "7d". */
  readonly hotProspectRearm?: Duration;
  /** Whether a contact who says yes gets a short e-mail at once. True or false. Default: true. */
  readonly followUpOnYes?: boolean;
  /** Properties a change of which, made in another system, asks for a new scoring and new drafts. A list; each: the name of a property. Default: ["email","company","jobtitle","lifecyclestage","country","consent"]. */
  readonly significantProperties?: readonly string[];
  /** What a form asks for, by its name, and what is spam. */
  readonly forms?: Partial<FormSettings>;
  /** Facts that come in numbers are brought to the CRM together. */
  readonly crmBatch?: Partial<CrmBatch>;
  /** What the CRM's lifecycle stage and lead status mean for prospecting. */
  readonly crmSays?: Partial<CrmSaysSettings>;
  /** What is asked for when a task of a kind is done, by kind. An object, by name. Default: {"manual_data_review":"requalify_lead"}. */
  readonly followUps?: TaskStateSettings["followUps"];
  /** The audience that is alerted of a person's task which is overdue for `engine.escalateAfterMs`. A text of 1 to 1,000 characters. Default: "admin". */
  readonly escalateTo?: string;
  /** So long after a purchase it is looked at what else the customer may need. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "6d". */
  readonly upsellAfter?: Duration;
  /** Events that mean a lead was worth it, for analytics. A list; each: the name of an event type. Default: ["purchase_completed","meeting_booked","positive_response"]. */
  readonly conversions?: readonly string[];
}

const QUALITY = { highFrom: 8, mediumFrom: 5 };
const quality = () => amount({ max: 10, unit: "points" });

export const packSettings = group({
  bands: setting("Where scores become hot, qualified and nurture.", bandSettings.prefault({})),
  rearmAfter: setting("A band fires again for a contact only after this.", duration().default("30d")),
  thankYouStaleAfter: setting("A thank-you older than this is not sent any more.", duration().default("60m")),
  alertStaleAfter: setting("A hot alert older than this is not raised any more.", duration().default("24h")),
  enrichmentQuality: setting(
    "Where the quality of data becomes high and medium.",
    group({
      highFrom: setting("High from here.", quality().default(QUALITY.highFrom)),
      mediumFrom: setting("Medium from here.", quality().default(QUALITY.mediumFrom)),
    })
      .refine(({ highFrom, mediumFrom }) => mediumFrom < highFrom, "mediumFrom below highFrom")
      .prefault({}),
  ),
  sequences: setting("The e-mails of each sequence: template and day.", sequenceSettings.prefault({})),
  engagement: setting(
    "Points of opens, clicks and replies, how fast they fade, from where a prospect is hot or cold.",
    engagementSettings.prefault({}),
  ),
  notEngagedAfter: setting(
    "Nothing back for so long after an e-mail: another channel is tried.",
    duration().default("72h"),
  ),
  hotProspectRearm: setting(
    "Sales are alerted of the same hot prospect again only after this.",
    duration().default("7d"),
  ),
  followUpOnYes: setting("Whether a contact who says yes gets a short e-mail at once.", flag().default(true)),
  significantProperties: setting(
    "Properties a change of which, made in another system, asks for a new scoring and new drafts.",
    listOf(name("the name of a property", "email")).default(SIGNIFICANT_PROPERTIES),
  ),
  forms: setting("What a form asks for, by its name, and what is spam.", formSettings.prefault({})),
  crmBatch: setting("Facts that come in numbers are brought to the CRM together.", crmBatchSettings.prefault({})),
  crmSays: setting(
    "What the CRM's lifecycle stage and lead status mean for prospecting.",
    crmSaysSettings.prefault({}),
  ),
  followUps: setting("What is asked for when a task of a kind is done, by kind.", followUpSettings),
  escalateTo: setting(
    "The audience that is alerted of a person's task which is overdue for `engine.escalateAfterMs`.",
    text({ sample: "admin" }).default("admin"),
  ),
  upsellAfter: setting(
    "So long after a purchase it is looked at what else the customer may need.",
    duration().default("6d"),
  ),
  conversions: setting(
    "Events that mean a lead was worth it, for analytics.",
    listOf(name("the name of an event type", "purchase_completed")).default([
      "purchase_completed",
      "meeting_booked",
      "positive_response",
    ]),
  ),
});

/** What the pack also does, because the config has it. */
export interface PackParts {
  /** A CRM is configured: what is brought there. */
  readonly crm?: boolean;
  /** A model writes e-mails: how they wait for a person. */
  readonly drafts?: OutreachDraftsSettings;
  /** A model says things in words, for people. */
  readonly notes?: ModelNotesSettings;
}

export function defaultPack(given: PackSettings = {}, parts: PackParts = {}): Workflow[] {
  const settings = checkedSettings(packSettings, given, { source: "Settings of the pack", prefix: "pack" });
  const { bands, rearmAfter, forms, alertStaleAfter, engagement } = settings;
  return [
    scoreBands(bands),
    contactLifecycle({ bands, forms, rearmAfter }),
    formCascade({ bands, forms, rearmAfter, thankYouStaleAfter: settings.thankYouStaleAfter, alertStaleAfter }),
    taskStates({ followUps: settings.followUps, escalateTo: settings.escalateTo }),
    enrichmentChain(settings.enrichmentQuality),
    outreachSequence({ sequences: settings.sequences, engagement, notEngagedAfter: settings.notEngagedAfter }),
    outreachResponses({
      engagement,
      alertStaleAfter,
      hotProspectRearm: settings.hotProspectRearm,
      followUpOnYes: settings.followUpOnYes,
    }),
    integrations({
      significantProperties: settings.significantProperties,
      crmSays: settings.crmSays,
      upsellAfter: settings.upsellAfter,
    }),
    ...(parts.drafts === undefined ? [] : [outreachDrafts(parts.drafts)]),
    ...(parts.notes === undefined ? [] : [modelNotes(parts.notes)]),
    systemHealth(),
    ...(parts.crm
      ? [crmSyncFlow({ hot: bandRanges(bands).hot, forms, ...settings.crmBatch }), hubspotActionsFlow()]
      : []),
  ];
}
