/** Said at the start, beside everything else: what of HubSpot's properties is missing or of another type. */
import { mappingOf } from "../crm/hubspot/outbound/contact-mapping.ts";
import { setUpHubspot } from "../crm/hubspot/outbound/setup.ts";
import type { LoadedConfig } from "../load-config/load-config.ts";
import { withHubspot } from "./hubspot.ts";
import type { Terminal } from "./terminal.ts";

/** Never rejects: where HubSpot cannot be asked now, `hubspot check` says why. */
export async function warnOfProperties(loaded: LoadedConfig, terminal: Terminal): Promise<void> {
  try {
    const steps = await withHubspot(loaded, ({ api, settings }) =>
      setUpHubspot(api, mappingOf(settings.properties), true),
    );
    const left = steps.filter(({ state }) => state !== "there").map(({ object, name }) => `${object}.${name}`);
    if (left.length === 0) return;
    const what = `properties missing in HubSpot, or of another type: ${left.join(", ")}`;
    terminal.say(`${terminal.noted("yellow", "hubspot")}  ${what}. They are not written. Next: millrace hubspot setup`);
  } catch {
    // As said above.
  }
}
