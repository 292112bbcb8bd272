/** The agents every engine has, and the channels to the world they hold. Called by engine-parts.ts. */
import { dataEnricher } from "./agents/data-enricher/data-enricher.ts";
import { visitingEnricher } from "./agents/data-enricher/visiting-enricher.ts";
import { leadQualifier } from "./agents/lead-qualifier/lead-qualifier.ts";
import { outreachAgent } from "./agents/outreach-agent/outreach-agent.ts";
import { recoveryAgent } from "./agents/recovery-agent/recovery-agent.ts";
import { modelOpinion } from "./agents/reply-classifier/model-opinion.ts";
import { replyClassifier } from "./agents/reply-classifier/reply-classifier.ts";
import { replyRules } from "./agents/reply-classifier/reply-settings.ts";
import { secondReader } from "./agents/reply-classifier/second-reader.ts";
import { alerter } from "./alerts/alerter.ts";
import { courier } from "./alerts/courier.ts";
import { durationMs } from "./clock.ts";
import type { ConfigInForce } from "./config-schema.ts";
import type { Contact } from "./contacts/contact.ts";
import { crmParts } from "./crm/crm.ts";
import { ofKnownAccount } from "./crm/hubspot/account.ts";
import { type Incoming, incoming } from "./crm/hubspot/in/incoming.ts";
import type { TaskMirror } from "./crm/hubspot/task-mirror.ts";
import type { EngineBase } from "./engine-base.ts";
import type { ErasureParts } from "./erasure/erase-contact.ts";
import { eraser } from "./erasure/eraser.ts";
import { modelsOf } from "./models/models.ts";
import type { MailChannel } from "./outreach/mail-channel.ts";
import { defaultSequences } from "./outreach/sequences.ts";
import type { Templates, TemplateValues } from "./outreach/templates.ts";
import type { TaskHandler } from "./tasks/handler.ts";
import { hasUndecidedEvents } from "./work-due.ts";

export interface BuiltIn {
  readonly handlers: readonly TaskHandler[];
  /** Shows tasks in HubSpot, and hears from it; undefined without one in the config. */
  readonly taskMirror: TaskMirror | undefined;
  readonly hubspot: Incoming | undefined;
  /** Ends what the agents hold open. */
  readonly close: () => Promise<void>;
}

/**
 * @param agents all handlers of the engine, asked for when the recovery agent needs them.
 * @throws MillraceError invalid_config.
 */
export function builtInAgents(
  base: EngineBase,
  { templates, mail, erasure }: { templates: Templates; mail: MailChannel; erasure: ErasureParts },
  agents: () => readonly TaskHandler[],
): BuiltIn {
  const { inForce, db, wakeUps, circuits, work, monitorRules: rules } = base;
  const pack = inForce.pack === false ? undefined : inForce.pack;
  const replies = repliesOf(base);
  const alerts = courier(inForce.alerts, inForce.mail);
  const enricher = enricherOf(base);
  const crm = crmOf(base);
  return {
    handlers: [
      leadQualifier({ bands: pack?.bands }),
      enricher.handler,
      outreachAgent({ templates, sequences: pack?.sequences ?? defaultSequences }),
      replyClassifier(replies),
      secondReader(replyRules(replies), replies.secondOpinion),
      alerter({
        channelsOf: alerts.channelsOf,
        textOf: (name, contact, values) => alertText(templates, name, contact, values),
      }),
      alerts.handler,
      mail.mailer,
      eraser(erasure),
      recoveryAgent({ db, wakeUps, circuits, work, rules, agents }),
      ...(crm?.handlers ?? []),
    ],
    taskMirror: crm?.taskMirror,
    hubspot: crm?.hubspot,
    close: async () => {
      await alerts.close();
      await enricher.close?.();
      await crm?.close();
    },
  };
}

/** With a model for it, unsure replies are read by it a second time; an opinion of the user's own comes first. */
function repliesOf({ inForce, db, clock }: EngineBase): ConfigInForce["replies"] {
  const { replies, models: rules } = inForce;
  if (rules === undefined) return replies;
  const models = modelsOf({ db, clock, rules });
  if (replies.secondOpinion !== undefined || !models.isFor("reply_classifier")) return replies;
  return { ...replies, secondOpinion: modelOpinion(models) };
}

/** Nothing is asked outside of the machine unless the config says so. */
function enricherOf({ inForce, clock }: EngineBase): { handler: TaskHandler; close?: () => Promise<void> } {
  const { enrichment } = inForce;
  if (enrichment.websites || enrichment.profiles !== undefined) return visitingEnricher(enrichment, clock);
  const { freshFor, chain } = enrichment;
  return { handler: dataEnricher({ freshForMs: durationMs(freshFor), chain }) };
}

/** Nothing of it runs unless a CRM is configured. */
function crmOf(base: EngineBase): BuiltIn | undefined {
  const { inForce, db, wakeUps, clock, events, tasks, suppressions, onError } = base;
  const { sweepMs, batchSize } = base.settings;
  if (!inForce.hubspot) return undefined;
  const { api, settings, checkAccount, handlers, mirror } = crmParts(inForce.hubspot, {
    db,
    wakeUps,
    clock,
    kinds: tasks.all(),
    onError: (error) => onError(error, "task mirror"),
  });
  const hubspot = incoming({
    db,
    wakeUps,
    catalogue: events,
    clock,
    api: ofKnownAccount(api, checkAccount),
    settings,
    suppressions,
    sweepMs,
    isBusy: () => hasUndecidedEvents(db, batchSize),
    onError,
  });
  return { handlers, taskMirror: mirror, hubspot, close: () => api.close() };
}

function alertText(templates: Templates, name: string, contact: Contact | undefined, values: TemplateValues) {
  if (!templates.has(name)) return undefined;
  const { subject, text } = templates.render(name, contact, values);
  return { title: subject, text };
}
