/**
 * The AsyncAPI 3.1 document, made from the catalogue of events: what may be sent in, what the stream gives out, and what
 * subscribers outside get by signed webhook.
 */
import type { EventCatalogue } from "../events/catalogue.ts";
import { jsonValue } from "../events/define-event.ts";
import { eventView } from "../queries/views.ts";
import { type JsonSchema, SchemaRegistry } from "./schema-registry.ts";

const SCHEMAS = "#/components/schemas";
const MESSAGES = "#/components/messages";

export interface AsyncApiOptions {
  /** The address of the gateway. */
  readonly url: string;
  readonly version: string;
}

/** Every event type is a message; `in` holds those that may be sent, `out` all that are recorded. */
export function asyncApiOf(catalogue: EventCatalogue, { url, version }: AsyncApiOptions): object {
  const types = catalogue.names().map((type) => ({ type, ...catalogue.get(type) }));
  const registry = new SchemaRegistry(SCHEMAS);
  registry.add("Json", jsonValue);
  registry.add("Event", eventView);
  for (const { type, schema } of types) registry.add(`event.${type}`, schema);
  const sent = types.filter(({ isInternal }) => !isInternal).map(({ type }) => type);
  const recorded = types.map(({ type }) => type);
  return {
    asyncapi: "3.1.0",
    info: {
      title: "Millrace",
      version,
      description:
        "The events of the log: which may be sent, and which are given out. All times are milliseconds since 1970.",
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
    },
    defaultContentType: "application/json",
    servers: { gateway: serverOf(url) },
    channels: {
      in: channel("/events", "Events for the log: CloudEvents 1.0, or plain {type, data}.", "in", sent),
      stream: channel("/api/stream", "The log as server-sent events.", "out", recorded),
      webhook: channel("{address}", "The log by signed webhook, to a subscriber of the config.", "out", recorded, {
        address: { description: "The subscriber's `url`." },
      }),
    },
    operations: {
      sendEvent: operation("receive", "in", "Takes events, all or none."),
      streamEvents: operation("send", "stream", "Gives every new event, and with Last-Event-ID those before."),
      deliverEvents: operation(
        "send",
        "webhook",
        "Delivers events in order, each until it is taken; signed as Standard Webhooks say.",
      ),
    },
    components: {
      schemas: registry.schemas(),
      messages: Object.fromEntries(types.flatMap((event) => [incoming(event, registry), outgoing(event, registry)])),
    },
  };
}

interface Described {
  readonly type: string;
  readonly about: string;
  readonly example?: unknown;
}

/** As a sender writes it. */
function incoming({ type, about, example }: Described, registry: SchemaRegistry): readonly [string, object] {
  const payload = {
    type: "object",
    required: ["type", "data"],
    properties: { type: { const: type }, data: registry.ref(`event.${type}`) },
  };
  const examples = example === undefined ? {} : { examples: [{ name: type, payload: { type, data: example } }] };
  return [`in.${type}`, { name: type, title: type, summary: about, payload, ...examples }];
}

/** As the log has it. */
function outgoing({ type, about }: Described, registry: SchemaRegistry): readonly [string, object] {
  const data: JsonSchema = { properties: { type: { const: type }, data: registry.ref(`event.${type}`) } };
  return [
    `out.${type}`,
    { name: type, title: type, summary: about, payload: { allOf: [registry.ref("Event"), data] } },
  ];
}

function channel(
  address: string,
  description: string,
  direction: "in" | "out",
  types: readonly string[],
  parameters?: object,
): object {
  const messages = types.map((type) => [type, { $ref: `${MESSAGES}/${direction}.${type}` }] as const);
  return {
    address,
    description,
    messages: Object.fromEntries(messages),
    ...(parameters === undefined ? {} : { parameters }),
  };
}

function operation(action: "send" | "receive", name: string, summary: string): object {
  return { action, channel: { $ref: `#/channels/${name}` }, summary };
}

function serverOf(url: string): object {
  const { host, protocol } = new URL(url);
  return { host, protocol: protocol.replace(":", ""), description: "The gateway of this engine." };
}
