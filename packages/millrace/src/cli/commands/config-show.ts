/** `millrace config show`: what is in force after file, `.env` and environment, with secrets left out. */
import type { Call } from "../command.ts";
import { openProject } from "../project.ts";
import { near } from "../text.ts";

const SECRET = /secret|password|token|key$/i;
const HIDDEN = "(hidden)";

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const { config, file } = await openProject(call);
  const { workflows, agents, events, tasks, templates, ...settings } = config;
  const shown = {
    file: file === undefined ? null : near(file),
    ...(redacted(settings) as object),
    workflows: workflows.map((workflow) => `${workflow.name}@${workflow.version}`),
    agents: (agents ?? []).map((agent) => agent.name),
    events: Object.keys(events ?? {}),
    tasks: Object.keys(tasks ?? {}),
    templates: Object.keys(templates ?? {}),
  };
  if (terminal.isJson) return terminal.document(shown);
  terminal.data(JSON.stringify(shown, null, 2));
  if (file === undefined) terminal.say("There is no millrace.config.ts here; every setting has its default.");
}

/** Passwords inside addresses, webhook addresses (whoever knows one may post to it), and everything named as a secret. */
export function redacted(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((below) => redacted(below, name));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, below]) => [key, redacted(below, isSecret(name) ? name : key)]),
    );
  }
  if (typeof value !== "string") return value;
  if (isSecret(name)) return HIDDEN;
  return /^[a-z]+:\/\//i.test(value) ? withoutSecrets(value, name) : value;
}

function isSecret(name: string): boolean {
  return SECRET.test(name) || name === "webhookSecrets";
}

function withoutSecrets(address: string, name: string): string {
  try {
    const url = new URL(address);
    if (name === "url") return `${url.origin}/${HIDDEN}`;
    if (url.password !== "") url.password = "hidden";
    for (const key of url.searchParams.keys()) if (isSecret(key)) url.searchParams.set(key, "hidden");
    return url.href;
  } catch {
    return HIDDEN;
  }
}
