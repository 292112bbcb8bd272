/** What a person may put before a model as it is: pages of the engine by address, each an operation with its input. */
import type { OperationName } from "../../actions/operations.ts";
import { bounded } from "./bounded.ts";
import type { Desk } from "./desk.ts";

interface ResourceWords {
  /** With parameters in braces: "millrace://contacts/{contact}". */
  readonly uri: string;
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly operation: OperationName;
  readonly input: (parameter: string) => object;
}

const JSON_TYPE = "application/json";
const none = () => ({});

const resources: readonly ResourceWords[] = [
  {
    uri: "millrace://health",
    name: "health",
    title: "Is everything well?",
    about: "Components, active alerts, stopped agents, and the newest measurements.",
    operation: "health",
    input: none,
  },
  {
    uri: "millrace://overview",
    name: "overview",
    title: "The whole engine at one look",
    about: "Rates, counts and the form-to-action clock.",
    operation: "overview",
    input: none,
  },
  {
    uri: "millrace://tasks/people",
    name: "tasks-of-people",
    title: "What waits for people",
    about: "Open tasks that only a person can finish, in the order of work.",
    operation: "tasks",
    input: () => ({ human: true, limit: 50 }),
  },
  {
    uri: "millrace://alerts/unseen",
    name: "alerts-unseen",
    title: "Alerts no person has seen",
    about: "Newest first.",
    operation: "alerts",
    input: () => ({ unseen: true, limit: 50 }),
  },
  {
    uri: "millrace://workflows",
    name: "workflows",
    title: "The workflows that run",
    about: "With their versions and what the linter says.",
    operation: "workflows",
    input: none,
  },
  {
    uri: "millrace://contacts/{contact}",
    name: "contact",
    title: "A contact with its story",
    about: "By its id, an e-mail address, or hubspot: and the number of its record.",
    operation: "contact",
    input: (contact) => ({ contact }),
  },
  {
    uri: "millrace://events/{position}/why",
    name: "event-why",
    title: "Why an event happened",
    about: "The chain of causes, the outside event first.",
    operation: "explainEvent",
    input: (position) => ({ position: Number(position) }),
  },
  {
    uri: "millrace://workflows/{name}/diagram",
    name: "workflow-diagram",
    title: "A workflow as a Mermaid diagram",
    about: "Made from its definition.",
    operation: "workflowDiagram",
    input: (name) => ({ name }),
  },
];

const isTemplate = ({ uri }: ResourceWords) => uri.includes("{");

export function listResources() {
  return resources
    .filter((one) => !isTemplate(one))
    .map(({ uri, name, title, about }) => ({ uri, name, title, description: about, mimeType: JSON_TYPE }));
}

export function listResourceTemplates() {
  return resources
    .filter(isTemplate)
    .map(({ uri, name, title, about }) => ({ uriTemplate: uri, name, title, description: about, mimeType: JSON_TYPE }));
}

/** @returns its text as JSON; undefined when there is nothing at that address. @throws what the operation throws. */
export async function readResource(
  desk: Desk,
  uri: string,
): Promise<{ uri: string; mimeType: string; text: string } | undefined> {
  for (const { uri: pattern, operation, input } of resources) {
    const parameter = matched(pattern, uri);
    if (parameter === undefined) continue;
    const { answer, cuts, shortened } = bounded(
      JSON.parse(JSON.stringify(await desk.ask(operation, input(parameter)))),
    );
    const more = cuts.length + shortened === 0 ? {} : { more: { cut: cuts, shortened } };
    return { uri, mimeType: JSON_TYPE, text: JSON.stringify({ ...answer, ...more }) };
  }
  return undefined;
}

/** The parameter in an address, "" for a pattern without one; undefined when it is another. */
function matched(pattern: string, uri: string): string | undefined {
  const [before = "", after] = pattern.split(/\{\w+\}/);
  if (after === undefined) return uri === pattern ? "" : undefined;
  if (!uri.startsWith(before) || !uri.endsWith(after) || uri.length <= before.length + after.length) return undefined;
  const parameter = uri.slice(before.length, uri.length - after.length);
  if (parameter.includes("/")) return undefined;
  try {
    return decodeURIComponent(parameter);
  } catch {
    return undefined;
  }
}
