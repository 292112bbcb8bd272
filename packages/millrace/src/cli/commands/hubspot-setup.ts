/** `millrace hubspot setup`: what Millrace needs in a HubSpot account, made where it is missing. Exit 6 when something is left for a person. */
import { mappingOf } from "../../crm/hubspot/outbound/contact-mapping.ts";
import { type SetupStep, setUpHubspot } from "../../crm/hubspot/outbound/setup.ts";
import type { Call } from "../command.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { withHubspot } from "../hubspot.ts";
import { openProject } from "../project.ts";
import { counted } from "../text.ts";

interface Options {
  readonly dryRun?: boolean;
}

export async function run(call: Call<Options>): Promise<ExitCode> {
  const { terminal, options } = call;
  const loaded = await openProject(call, false);
  const steps = await withHubspot(loaded, ({ api, settings }) =>
    setUpHubspot(api, mappingOf(settings.properties), options.dryRun === true),
  );
  const unsolved = steps.filter(({ state }) => state === "missing" || state === "wrong");
  if (terminal.isJson) terminal.document({ isComplete: unsolved.length === 0, steps });
  else {
    for (const { state, object, name, what, note } of steps) {
      terminal.data(
        `${state.padEnd(13)}  ${object.padEnd(8)}  ${what.padEnd(8)}  ${name}${state === "there" || note === "" ? "" : `  (${note})`}`,
      );
    }
    terminal.say(summaryOf(steps, unsolved.length));
  }
  return unsolved.length > 0 ? EXIT.unhealthy : EXIT.ok;
}

function summaryOf(steps: readonly SetupStep[], unsolved: number): string {
  const number = (state: SetupStep["state"]) => steps.filter((step) => step.state === state).length;
  if (unsolved > 0)
    return `${counted(unsolved, "step")} left for you, as said above. Next: do that, then run this again.`;
  const wanted = number("would be made");
  if (wanted > 0) return `${wanted} would be made; nothing was changed. Next: millrace hubspot setup`;
  return `${number("made")} made, ${number("there")} were there.`;
}
