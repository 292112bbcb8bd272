/**
 * Tells people. The alerter writes the alert into the console's list (nothing outside is touched, so it is pure) and
 * asks for one delivery per channel the audience has outside; the courier (alert-delivery.ts) brings those.
 */
import { type Contact, textProperty } from "../contacts/contact.ts";
import type { Json } from "../events/event.ts";
import type { Outcome, PureHandler, TaskInput } from "../tasks/handler.ts";

export interface AlertText {
  readonly title: string;
  readonly text: string;
}

export interface AlerterOptions {
  /** Names of the outside channels of an audience for an alert of this name, e.g. sales → ["slack:0"]. */
  readonly channelsOf: (audience: string, name: string) => readonly string[];
  /** What an alert says, about a contact or with its own values; undefined leaves it to the built-in words. */
  readonly textOf?: (
    name: string,
    contact: Contact | undefined,
    values: Readonly<Record<string, Json>>,
  ) => AlertText | undefined;
}

/** What a send_alert task carries. */
export interface AlertPayload {
  readonly audience: string;
  readonly name: string;
  readonly onceKey: string;
  /** Of an alert about no contact: what its text names. */
  readonly values?: Readonly<Record<string, Json>>;
}

/** What a deliver_alert task carries: everything the courier needs. */
export interface DeliveryPayload extends AlertPayload, AlertText {
  readonly channel: string;
}

export function alerter(options: AlerterOptions): PureHandler {
  return {
    name: "alerter",
    kinds: ["send_alert"],
    isPure: true,
    run: (tasks) => tasks.map((task) => raise(task, options)),
  };
}

function raise(task: TaskInput, options: AlerterOptions): Outcome {
  const payload = task.payload as Partial<AlertPayload> | null;
  if (
    typeof payload?.audience !== "string" ||
    typeof payload.name !== "string" ||
    typeof payload.onceKey !== "string"
  ) {
    return { outcome: "failed", error: "A send_alert task needs audience, name and onceKey.", retry: "never" };
  }
  const { audience, name, onceKey, values } = payload as AlertPayload;
  const hasWords = task.contact !== undefined || values !== undefined;
  const own = hasWords ? options.textOf?.(name, task.contact, values ?? {}) : undefined;
  const { title, text } = own ?? textOf(name, task.contact);
  return {
    outcome: "completed",
    events: [{ type: "alert_sent", data: { audience, name, channel: "console", task: task.id } }],
    alerts: [{ onceKey, audience, name, title, text }],
    tasks: options.channelsOf(audience, name).map((channel) => ({
      kind: "deliver_alert",
      mergeKey: `deliver_alert:${onceKey}:${channel}`,
      payload: { audience, name, onceKey, title, text, channel },
    })),
  };
}

function textOf(name: string, contact: Contact | undefined): AlertText {
  if (contact === undefined) return { title: sentence(name), text: "See the console for what happened." };
  const person = [textProperty(contact, "firstname"), textProperty(contact, "lastname")].filter(Boolean).join(" ");
  const who = person || (textProperty(contact, "email") ?? "A contact");
  const role = [textProperty(contact, "jobtitle"), textProperty(contact, "company")].filter(Boolean).join(", ");
  const score = contact.properties.lead_score;
  const lines = [
    role === "" ? undefined : role,
    score === undefined || score === null ? undefined : `Score ${score}`,
    textProperty(contact, "email"),
    textProperty(contact, "phone"),
  ];
  return { title: `${sentence(name)}: ${who}`.slice(0, 200), text: lines.filter(Boolean).join("\n") };
}

/** "hot_lead" → "Hot lead" */
function sentence(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
