/**
 * The files of a HubSpot project app: its token's scopes, the webhooks Millrace listens to, and our actions for workflows
 * and agents. `millrace hubspot app` writes them; `hs project upload` brings them to HubSpot.
 * Source: HubSpot, developer platform 2025.2, *-hsmeta.json files. Each action is a component of its own.
 */
import { APP_SCOPES } from "../client/scopes.ts";
import { actionUrl, type HubspotAction, hubspotActions } from "./actions.ts";
import { definitionOf, inputFieldsOf, labelsOf, outputFieldsOf, SENT_PROPERTIES } from "./definitions.ts";

export interface AppProject {
  /** The gateway's public address, without a slash at the end; HubSpot takes https only. */
  readonly url: string;
  /** Contact properties a change of which Millrace wants to hear of. */
  readonly properties: readonly string[];
}

const PLATFORM = "2025.2";
const CONTACT_EVENTS = ["object.creation", "object.deletion", "object.restore", "object.merge"] as const;

/** Every file, by its path in the project. */
export function appProject({ url, properties }: AppProject): Readonly<Record<string, string>> {
  const actions = hubspotActions.flatMap((action) => [
    [`src/app/workflow-actions/${fileOf(action)}-hsmeta.json`, actionComponent(action, url)],
    [`definitions/${fileOf(action)}.json`, definitionOf(action, url)],
  ]) as [string, unknown][];
  const files: [string, unknown][] = [
    ["hsproject.json", { name: "millrace", srcDir: "src", platformVersion: PLATFORM }],
    ["src/app/app-hsmeta.json", appComponent(url)],
    ["src/app/webhooks/webhooks-hsmeta.json", webhooksComponent(url, properties)],
    ...actions,
  ];
  return Object.fromEntries(files.map(([path, content]) => [path, `${JSON.stringify(content, null, 2)}\n`]));
}

function fileOf({ name }: HubspotAction): string {
  return name.replaceAll("_", "-");
}

function appComponent(url: string) {
  return {
    uid: "millrace_app",
    type: "app",
    config: {
      name: "Millrace",
      description: "Event-driven automation of leads, in your own hands.",
      distribution: "private",
      auth: { type: "static", requiredScopes: APP_SCOPES, optionalScopes: [], conditionallyRequiredScopes: [] },
      permittedUrls: { fetch: [url], iframe: [], img: [] },
    },
  };
}

function webhooksComponent(url: string, properties: readonly string[]) {
  const contact = { objectType: "contact", active: true };
  return {
    uid: "millrace_webhooks",
    type: "webhooks",
    config: {
      settings: { targetUrl: `${url}/webhooks/hubspot`, maxConcurrentRequests: 10 },
      subscriptions: {
        crmObjects: [
          ...CONTACT_EVENTS.map((subscriptionType) => ({ subscriptionType, ...contact })),
          ...properties.map((propertyName) => ({
            subscriptionType: "object.propertyChange",
            ...contact,
            propertyName,
          })),
          {
            subscriptionType: "object.propertyChange",
            objectType: "task",
            propertyName: "hs_task_status",
            active: true,
          },
        ],
        legacyCrmObjects: [],
        hubEvents: [{ subscriptionType: "contact.privacyDeletion", active: true }],
      },
    },
  };
}

function actionComponent(action: HubspotAction, url: string) {
  return {
    uid: `millrace_${action.name}`,
    type: "workflow-action",
    config: {
      actionUrl: actionUrl(url, action.name),
      isPublished: true,
      supportedClients: [{ client: "WORKFLOWS" }, { client: "AGENTS" }],
      toolType: action.toolType,
      llmConfig: { actionDescription: action.forAgents },
      objectTypes: ["CONTACT"],
      objectRequestOptions: { properties: SENT_PROPERTIES },
      inputFields: inputFieldsOf(action),
      outputFields: outputFieldsOf(action),
      labels: labelsOf(action),
    },
  };
}
