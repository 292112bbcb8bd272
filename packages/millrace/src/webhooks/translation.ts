/**
 * What a foreign sender's webhook says in our events. A sender has words of its own; a preset, or functions of the config
 * by the sender's types, say what becomes of them. What no one translates is kept as `external_event`, visible in the log
 * and open to workflows: a sender that is answered 4xx for weeks shuts its door. Pure. Used by the gateway and `webhooks try`.
 */
import { messageOf } from "../base/errors.ts";
import type { EventCatalogue } from "../events/catalogue.ts";
import type { Json, NewEvent } from "../events/event.ts";
import { calendly } from "./presets/calendly.ts";
import { shopify } from "./presets/shopify.ts";
import { stripe } from "./presets/stripe.ts";
import { typeform } from "./presets/typeform.ts";

/** A webhook as it came. */
export interface ForeignDelivery {
  /** The sender's word for what happened: "charge.succeeded". */
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: only its sender knows its shape, and a function of the config reads it.
  readonly body: any;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** An event it becomes. `id` where the fact has a name of its own, e.g. the order's: brought by two webhooks it is one. */
export type ForeignEvent = Pick<NewEvent, "type" | "data" | "contact" | "id" | "occurredAt">;

/** @returns nothing for what is of no use: it is kept as `external_event`. */
export type ForeignTranslation = (
  delivery: ForeignDelivery,
) => ForeignEvent | readonly ForeignEvent[] | undefined | null | false;

export interface Preset {
  /** Finds the sender's type where it is in no usual field. */
  readonly typeOf?: (delivery: Omit<ForeignDelivery, "type">) => string | undefined;
  /** The sender's name of this delivery, the same when it comes again. */
  readonly idOf?: (delivery: ForeignDelivery) => string | undefined;
  readonly types: Readonly<Record<string, ForeignTranslation>>;
}

export type PresetName = "stripe" | "shopify" | "calendly" | "typeform";
export const PRESETS: Readonly<Record<PresetName, Preset>> = { stripe, shopify, calendly, typeform };
export const PRESET_NAMES = Object.keys(PRESETS) as [PresetName, ...PresetName[]];

export interface Translated {
  readonly events: readonly NewEvent[];
  /** Why it is kept as it came; undefined: it was translated. */
  readonly keptBecause?: string;
}

export interface TranslationRules {
  readonly source: string;
  readonly preset?: PresetName;
  /** Functions of the config, by the sender's type; they win over the preset's. */
  readonly types?: Readonly<Record<string, ForeignTranslation>>;
}

/** The sender's type, by the preset or the usual fields. */
export function typeOf(delivery: Omit<ForeignDelivery, "type">, preset?: PresetName): string {
  const { body } = delivery;
  const known = preset === undefined ? undefined : PRESETS[preset].typeOf?.(delivery);
  const found = [known, body?.type, body?.event_type, body?.eventType, body?.event, body?.topic, body?.action].find(
    (word) => typeof word === "string" && word.trim() !== "",
  );
  return String(found ?? "unknown")
    .replaceAll("\u0000", "")
    .slice(0, 200)
    .toWellFormed();
}

/** @param id of the delivery; the same when it comes again. */
export function translateForeign(
  delivery: ForeignDelivery,
  id: string,
  { source, preset, types = {} }: TranslationRules,
  catalogue: EventCatalogue,
): Translated {
  const from = `webhook:${source}`;
  const own = Object.hasOwn(types, delivery.type) ? types[delivery.type] : undefined;
  const presetTypes: Preset["types"] = preset === undefined ? {} : PRESETS[preset].types;
  const usual = Object.hasOwn(presetTypes, delivery.type) ? presetTypes[delivery.type] : undefined;
  const keep = (keptBecause: string, problem?: string): Translated => {
    const payload = kept(delivery.body);
    const data = { source, type: delivery.type, payload, ...(problem === undefined ? {} : { problem }) };
    return { events: [{ type: "external_event", data, id, source: from, actor: from }], keptBecause };
  };
  const translate = own ?? usual;
  if (translate === undefined) return keep(`nothing says what "${delivery.type}" becomes`);
  try {
    const said = translate(delivery);
    const events = (said ? [said].flat() : []) as readonly ForeignEvent[];
    if (events.length === 0) return keep(`"${delivery.type}" becomes nothing this time`);
    const named = events.map((event, i): NewEvent => {
      const usualId = events.length === 1 ? id : `${id}:${i}`;
      return { ...event, id: (event.id ?? usualId).slice(0, 200), source: from, actor: from };
    });
    for (const event of named) checkOne(event, catalogue);
    return { events: named };
  } catch (error) {
    const problem = messageOf(error).slice(0, 500).toWellFormed();
    return keep(`"${delivery.type}" could not be translated: ${problem}`, problem);
  }
}

function checkOne(event: NewEvent, catalogue: EventCatalogue): void {
  if (catalogue.get(event.type).isInternal) throw new Error(`"${event.type}" is a fact only the engine itself states`);
  catalogue.check(event);
}

/** Without what no database text can hold. */
function kept(value: unknown): Json {
  if (typeof value === "string") return value.replaceAll("\u0000", "").toWellFormed();
  if (Array.isArray(value)) return value.map(kept);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [String(kept(name)), kept(one)]));
  return (value ?? null) as Json;
}
