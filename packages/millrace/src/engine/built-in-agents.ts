/** The agents every engine has, and the channels to the world they hold. Called by engine-components.ts. */
import { toolCaller } from "../agents/call-tool.ts";
import { browserOf } from "../agents/data-enricher/browser-tools.ts";
import { dataEnricher } from "../agents/data-enricher/data-enricher.ts";
import type { Analyst } from "../agents/data-enricher/model-analysis.ts";
import { visitingEnricher } from "../agents/data-enricher/visiting-enricher.ts";
import { wasApproved } from "../agents/draft-writer/draft-labels.ts";
import { recordedPage } from "../agents/draft-writer/draft-pages.ts";
import { draftWriter } from "../agents/draft-writer/draft-writer.ts";
import type { ReadHomePage } from "../agents/draft-writer/home-page.ts";
import { leadQualifier } from "../agents/lead-qualifier/lead-qualifier.ts";
import { scoreExplainer } from "../agents/lead-qualifier/score-explainer.ts";
import { outreachAgent } from "../agents/outreach-agent/outreach-agent.ts";
import { recoveryAgent } from "../agents/recovery-agent/recovery-agent.ts";
import { modelOpinion } from "../agents/reply-classifier/model-opinion.ts";
import { replyClassifier } from "../agents/reply-classifier/reply-classifier.ts";
import { replyRules } from "../agents/reply-classifier/reply-settings.ts";
import { secondReader } from "../agents/reply-classifier/second-reader.ts";
import { summariser } from "../agents/summariser/summariser.ts";
import { alertDelivery } from "../alerts/alert-delivery.ts";
import { alerter } from "../alerts/alerter.ts";
import { findMute } from "../alerts/mutes.ts";
import { durationMs } from "../base/clock.ts";
import { MillraceError } from "../base/errors.ts";
import { packageVersion } from "../base/package.ts";
import type { ConfigInForce } from "../config/config-schema.ts";
import type { Contact } from "../contacts/contact.ts";
import { crmParts } from "../crm/crm.ts";
import { ofKnownAccount } from "../crm/hubspot/client/account.ts";
import { type Incoming, incoming } from "../crm/hubspot/inbound/incoming.ts";
import type { TaskMirror } from "../crm/hubspot/outbound/task-mirror.ts";
import type { Templates, TemplateValues } from "../email/compose/templates.ts";
import type { MailChannel } from "../email/mail-channel.ts";
import { defaultSequences } from "../email/sequences.ts";
import { type McpServers, mcpServers } from "../mcp/client/mcp-servers.ts";
import type { AskingAgent } from "../models/model-settings.ts";
import { type Models, modelsOf } from "../models/models.ts";
import type { ErasureParts } from "../privacy/erase-contact.ts";
import { eraser } from "../privacy/eraser.ts";
import type { CallTools } from "../tasks/dispatcher.ts";
import type { TaskHandler } from "../tasks/handler.ts";
import type { EngineBase } from "./engine-base.ts";
import { hasUndecidedEvents } from "./pending-work.ts";

export interface BuiltIn {
  readonly handlers: readonly TaskHandler[];
  /** Shows tasks in HubSpot, and hears from it; undefined without one in the config. */
  readonly taskMirror: TaskMirror | undefined;
  readonly hubspot: Incoming | undefined;
  /** Tools of MCP servers, for users' own agents. */
  readonly callTools: CallTools;
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
  const models = inForce.models && modelsOf({ db, clock: base.clock, rules: inForce.models });
  const mcp = mcpOf(base);
  const replies = repliesOf(base, models);
  const sequences = pack?.sequences ?? defaultSequences;
  const modelFor = (agent: AskingAgent) => (models?.isFor(agent) ? models : undefined);
  const lettersBy = modelFor("outreach_agent");
  const alerts = alertDelivery(inForce.alerts, inForce.mail, async (audience, name) => {
    const mute = await findMute(db, audience, name, base.clock.now());
    return mute && `Muted by ${mute.mutedBy}${mute.reason === null ? "." : `: ${mute.reason}`}`;
  });
  const enricher = enricherOf(base, models, mcp);
  const crm = crmOf(base);
  return {
    handlers: [
      leadQualifier({ bands: pack?.bands }),
      scoreExplainer(modelFor("lead_qualifier")),
      summariser(db, modelFor("summariser")),
      enricher.handler,
      outreachAgent({ templates, sequences, hasWriter: lettersBy !== undefined }),
      draftWriter({
        templates,
        sequences,
        rules: inForce.drafts,
        clock: base.clock,
        models: lettersBy,
        readHomePage: homePageOf(base),
        recordedPage: (task, contact) => recordedPage(db, task, contact),
        wasApproved: (by) => wasApproved(db, by),
      }),
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
    callTools: toolCaller(mcp, base.clock),
    close: async () => {
      await alerts.close();
      await enricher.close?.();
      await crm?.close();
      await mcp.close();
    },
  };
}

/** Nothing is started before an agent uses a tool of it. What their browsers load goes through the filtering proxy. */
function mcpOf({ inForce, db, clock }: EngineBase): McpServers {
  const startProxy = async () => {
    const [{ addressGuard }, { startFilteringProxy }, { robots }] = await Promise.all([
      import("../web/address-guard.ts"),
      import("../web/filtering-proxy.ts"),
      import("../web/robots.ts"),
    ]);
    const guard = addressGuard({ allowedHosts: inForce.enrichment.allowedHosts });
    return startFilteringProxy({ guard, maxBytes: MAX_PAGE_BYTES, forbids: robots(guard, clock).forbids });
  };
  return mcpServers({ db, clock, rules: inForce.mcp, startProxy, version: packageVersion });
}

/** Of one page with all its parts, as for our own browser (web/browser.ts). */
const MAX_PAGE_BYTES = 30 * 1024 * 1024;

/** With a model for it, unsure replies are read by it a second time; an opinion of the user's own comes first. */
function repliesOf({ inForce: { replies } }: EngineBase, models: Models | undefined): ConfigInForce["replies"] {
  if (replies.secondOpinion !== undefined || !models?.isFor("reply_classifier")) return replies;
  return { ...replies, secondOpinion: modelOpinion(models) };
}

/** A website is read for an e-mail where the enricher may visit it too. */
function homePageOf({ inForce: { enrichment, drafts }, clock }: EngineBase): ReadHomePage | undefined {
  if (!enrichment.websites || !drafts.readPage) return undefined;
  let opened: Promise<ReadHomePage> | undefined;
  return async (contact, tools) => {
    opened ??= import("../agents/draft-writer/home-page.ts").then(({ homePages }) => homePages(enrichment, clock));
    return (await opened)(contact, tools);
  };
}

/** Nothing is asked outside of the machine unless the config says so. */
function enricherOf(
  { inForce, clock }: EngineBase,
  models: Models | undefined,
  servers: McpServers,
): { handler: TaskHandler; close?: () => Promise<void> } {
  const { enrichment: settings } = inForce;
  const browser = browserOf(servers.allowedFor("data_enricher"));
  if (browser !== undefined && !servers.isFiltered(browser)) throw unfiltered(browser);
  if (models?.isFor("data_enricher") && servers.allowedFor("data_enricher").length > 0) {
    let opened: Promise<Analyst> | undefined;
    const open = () => {
      opened ??= import("../agents/data-enricher/model-analysis.ts").then(({ analyst }) =>
        analyst({ models, servers, settings, clock }),
      );
      return opened;
    };
    return visitingEnricher(settings, clock, open);
  }
  if (settings.websites || settings.profiles !== undefined) return visitingEnricher(settings, clock);
  const { freshFor, chain } = settings;
  return { handler: dataEnricher({ freshForMs: durationMs(freshFor), chain }) };
}

function unfiltered(browser: string): MillraceError {
  return new MillraceError("invalid_config", {
    saw: `The data enricher may use the browser of the server "${browser}", whose traffic is not filtered.`,
    next: `set mcp.servers.${browser}.web to true: private addresses and robots.txt then hold for it.`,
    field: `mcp.servers.${browser}.web`,
  });
}

/** Nothing of it runs unless a CRM is configured. */
function crmOf(base: EngineBase): Omit<BuiltIn, "callTools"> | undefined {
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
