/** `millrace webhooks try FILE`: what a webhook of another system would become, with nothing sent and nothing recorded. */
import { readFile } from "node:fs/promises";
import { didYouMean, messageOf } from "../../base/errors.ts";
import { EventCatalogue } from "../../events/catalogue.ts";
import {
  type ForeignDelivery,
  PRESET_NAMES,
  type PresetName,
  translateForeign,
  typeOf,
} from "../../webhooks/translation.ts";
import type { Call } from "../command.ts";
import { CliError, EXIT, type ExitCode } from "../exit-codes.ts";
import { openProject } from "../project.ts";

interface Options {
  readonly source?: string;
  readonly preset?: string;
  readonly type?: string;
}

export async function run(call: Call<Options>): Promise<ExitCode> {
  const { terminal, options, words } = call;
  const { config } = await openProject(call, false);
  const delivery = await readDelivery(words[0] ?? "");
  const rules = rulesOf(options, config.gateway?.webhooks ?? {});
  const type = options.type ?? typeOf(delivery, rules.preset);
  const catalogue = new EventCatalogue(config.events);
  const { events, keptBecause } = translateForeign({ ...delivery, type }, "try", rules, catalogue);
  const shown = events.map(({ source: _, actor: __, id, ...event }) => ({ ...event, ...(id === "try" ? {} : { id }) }));
  if (terminal.isJson)
    terminal.document({
      type,
      isTranslated: keptBecause === undefined,
      keptBecause: keptBecause ?? null,
      events: shown,
    });
  else if (keptBecause === undefined) for (const event of shown) terminal.data(JSON.stringify(event, null, 2));
  if (keptBecause !== undefined)
    terminal.say(
      `It would be kept as external_event: ${keptBecause}. Next: say what it becomes under gateway.webhooks.${rules.source}.types in millrace.config.ts.`,
    );
  return keptBecause === undefined ? EXIT.ok : EXIT.findings;
}

/** A file holds the body alone, or `{ "headers": …, "body": … }`. */
async function readDelivery(file: string): Promise<Omit<ForeignDelivery, "type">> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new CliError(
      "usage",
      `${file} cannot be read as JSON: ${messageOf(error)}`,
      "give a file with the webhook's body.",
    );
  }
  const whole = parsed as { headers?: Record<string, string>; body?: unknown } | null;
  const isWhole = typeof whole === "object" && whole !== null && typeof whole.headers === "object" && "body" in whole;
  if (!isWhole) return { body: parsed, headers: {} };
  const headers = Object.entries(whole.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { body: whole.body, headers: Object.fromEntries(headers) };
}

type Sources = NonNullable<NonNullable<Awaited<ReturnType<typeof openProject>>["config"]["gateway"]>["webhooks"]>;

function rulesOf({ source, preset }: Options, sources: Sources) {
  const names = Object.keys(sources);
  if (preset !== undefined && !PRESET_NAMES.includes(preset as PresetName))
    throw new CliError(
      "usage",
      `--preset "${preset}" is none.${didYouMean(preset, PRESET_NAMES)}`,
      `write one of ${PRESET_NAMES.join(", ")}.`,
    );
  if (source !== undefined && !Object.hasOwn(sources, source) && preset === undefined)
    throw new CliError(
      "usage",
      `gateway.webhooks names no "${source}".${didYouMean(source, names)}`,
      "name one of the config, or try a --preset.",
    );
  const name = source ?? (preset === undefined && names.length === 1 ? names[0] : undefined);
  if (name === undefined && preset === undefined)
    throw new CliError(
      "usage",
      "Which system it comes from is not said.",
      "add --source NAME (of gateway.webhooks) or --preset NAME.",
    );
  const given = name === undefined ? undefined : sources[name];
  const chosen = (preset as PresetName | undefined) ?? given?.preset;
  return {
    source: name ?? String(preset),
    ...(chosen === undefined ? {} : { preset: chosen }),
    ...(given?.types === undefined ? {} : { types: given.types }),
  };
}
