/** The workflows that run unless the config says otherwise, each with its settings. */

import type { Duration } from "../clock.ts";
import { checkedBands, defaultBands, type ScoreBands } from "../contacts/score-bands.ts";
import { defaultEngagement, type EngagementSettings } from "../outreach/engagement.ts";
import { checkedSequences, type Sequences } from "../outreach/sequences.ts";
import { bandRanges } from "../workflows/condition.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { contactLifecycle } from "./contact-lifecycle.ts";
import { type CrmBatch, crmSyncFlow } from "./crm-sync.ts";
import { enrichmentChain } from "./enrichment.ts";
import { formCascade } from "./form-cascade.ts";
import { defaultForms, type FormSettings } from "./form-policies.ts";
import { integrations, SIGNIFICANT_PROPERTIES } from "./integrations.ts";
import { outreachResponses } from "./outreach-responses.ts";
import { outreachSequence } from "./outreach-sequence.ts";
import { systemHealth } from "./system-health.ts";
import { FOLLOW_UPS, type TaskStateSettings, taskStates } from "./task-states.ts";

export interface PackSettings {
  /** Where scores become hot, qualified and nurture. Default above 85, above 70, from 40. */
  readonly bands?: ScoreBands;
  /** A band fires again for a contact only after this. Default 30d. */
  readonly rearmAfter?: Duration;
  /** A thank-you older than this is not sent any more. Default 60m. */
  readonly thankYouStaleAfter?: Duration;
  /** A hot alert older than this is not raised any more. Default 24h. */
  readonly alertStaleAfter?: Duration;
  /** Where the quality of data becomes high and medium, 0 to 10. Default from 8, from 5. */
  readonly enrichmentQuality?: { readonly highFrom: number; readonly mediumFrom: number };
  /** The e-mails of each sequence: template and day. Default: outreach on days 0, 3, 8, 15; nurture on days 0, 14. */
  readonly sequences?: Partial<Sequences>;
  /** Points of opens, clicks and replies, how fast they fade, from where a prospect is hot or cold. Default 5, 15, 30; 7d; 30, 5. */
  readonly engagement?: Partial<EngagementSettings>;
  /** Nothing back for so long after an e-mail: another channel is tried. Default 72h. */
  readonly notEngagedAfter?: Duration;
  /** Sales are told of the same hot prospect again only after this. Default 7d. */
  readonly hotProspectRearm?: Duration;
  /** Whether somebody who says yes gets a short e-mail at once. Default true. */
  readonly followUpOnYes?: boolean;
  /** Properties a change of which, made in another system, asks for a new scoring and new drafts. Default email, company, jobtitle, lifecyclestage, country, consent. */
  readonly significantProperties?: readonly string[];
  /** What a form asks for, by its name, and what is spam: `{ sales, reading, readingForms, mostLinks }`. */
  readonly forms?: Partial<FormSettings>;
  /** Facts that come in numbers are brought to the CRM together: when so many are there, or so long after the first. Default 100, 5m. */
  readonly crmBatch?: Partial<CrmBatch>;
  /** What is asked for when a task of a kind is done, by kind. Default manual_data_review: requalify_lead. */
  readonly followUps?: TaskStateSettings["followUps"];
  /** Events that mean a lead was worth it, for analytics. Default purchase_completed, meeting_booked, positive_response. */
  readonly conversions?: readonly string[];
}

/** @param parts.crm true when a CRM is configured: then the pack also says what is brought there. */
export function defaultPack(settings: PackSettings = {}, parts: { readonly crm?: boolean } = {}): Workflow[] {
  const bands = checkedBands(settings.bands ?? defaultBands);
  const rearmAfter = settings.rearmAfter ?? "30d";
  const forms = { ...defaultForms, ...settings.forms };
  const alertStaleAfter = settings.alertStaleAfter ?? "24h";
  const engagement = { ...defaultEngagement, ...settings.engagement };
  return [
    contactLifecycle({ bands, forms, rearmAfter }),
    formCascade({
      bands,
      forms,
      rearmAfter,
      thankYouStaleAfter: settings.thankYouStaleAfter ?? "60m",
      alertStaleAfter,
    }),
    taskStates({ followUps: settings.followUps ?? FOLLOW_UPS }),
    enrichmentChain(settings.enrichmentQuality ?? { highFrom: 8, mediumFrom: 5 }),
    outreachSequence({
      sequences: checkedSequences(settings.sequences),
      engagement,
      notEngagedAfter: settings.notEngagedAfter ?? "72h",
    }),
    outreachResponses({
      engagement,
      alertStaleAfter,
      hotProspectRearm: settings.hotProspectRearm ?? "7d",
      followUpOnYes: settings.followUpOnYes ?? true,
    }),
    integrations({ significantProperties: settings.significantProperties ?? SIGNIFICANT_PROPERTIES }),
    systemHealth(),
    ...(parts.crm ? [crmSyncFlow({ hot: bandRanges(bands).hot, ...settings.crmBatch })] : []),
  ];
}
