/** `millrace hubspot app`: the files of a HubSpot project app with our webhooks and actions, into a folder of their own. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { MillraceError } from "../../base/errors.ts";
import { appProject } from "../../crm/hubspot/actions/app-project.ts";
import { mappingOf, READ_PROPERTIES } from "../../crm/hubspot/outbound/contact-mapping.ts";
import type { Call } from "../command.ts";
import { openProject } from "../project.ts";
import { counted, near } from "../text.ts";

interface Options {
  readonly url?: string;
  readonly force?: boolean;
}

/** Read, not mapped: the address, what sales say of the lead, its time zone, and opt-outs. */
const ALSO_HEARD = ["email", ...READ_PROPERTIES, "hs_email_optout", "hubspot_owner_id"];

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, options, words } = call;
  const { config } = await openProject(call, false);
  const hubspot = config.hubspot === false ? undefined : config.hubspot;
  const url = publicUrl(options.url ?? config.gateway?.publicUrl);
  const folder = resolve(words[0] ?? "hubspot-app");
  const properties = [...new Set([...Object.values(mappingOf(hubspot?.properties)), ...ALSO_HEARD])].sort();
  const files = appProject({ url, properties });
  const there = Object.keys(files).filter((path) => existsSync(join(folder, path)));
  if (there.length > 0 && options.force !== true) throw alreadyThere(folder, there);
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  if (terminal.isJson) return terminal.document({ folder, url, files: Object.keys(files) });
  for (const path of Object.keys(files)) terminal.data(path);
  terminal.say(
    `${counted(Object.keys(files).length, "file")} written to ${near(folder)}, for ${url}.\n` +
      "Next: npx @hubspot/cli project upload in that folder; then put the app's token and client secret into HUBSPOT_ACCESS_TOKEN and HUBSPOT_CLIENT_SECRET.",
  );
}

/** @throws MillraceError invalid_request: HubSpot calls public https addresses only. */
function publicUrl(given: string | undefined): string {
  const next = "give the public address of your gateway with --url, or set gateway.publicUrl.";
  if (given === undefined)
    throw new MillraceError("invalid_request", { saw: "No address is known at which HubSpot reaches you.", next });
  const url = URL.parse(given);
  if (url === null || url.protocol !== "https:")
    throw new MillraceError("invalid_request", {
      saw: `HubSpot cannot call ${given.slice(0, 200)}.`,
      expected: "an address like https://leads.example.com",
      next,
    });
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function alreadyThere(folder: string, files: readonly string[]): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `${near(folder)} holds ${files[0]} already. Nothing was written.`,
    next: "name another folder, or write over it with --force.",
  });
}
