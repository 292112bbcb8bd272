/** The world outside of a soak: a mail server and a HubSpot that misbehave when they are told to, and count what reaches them. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Simulator, startSimulator } from "../../packages/hubspot-simulator/src/server.ts";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import { hubspotApi } from "../../packages/millrace/src/crm/hubspot/client/client.ts";
import { checkedHubspot } from "../../packages/millrace/src/crm/hubspot/client/hubspot-settings.ts";
import { mappingOf } from "../../packages/millrace/src/crm/hubspot/outbound/contact-mapping.ts";
import { setUpHubspot } from "../../packages/millrace/src/crm/hubspot/outbound/setup.ts";
import { headerOf, mailServer } from "../servers/smtp.ts";

/** "refuses": 451 to every third; "stalls": says nothing for longer than a sender waits, to every tenth. */
export type MailMood = "well" | "refuses" | "stalls";

export interface SoakOutside extends AsyncDisposable {
  mood: MailMood;
  readonly smtpUrl: string;
  readonly hubspot: Simulator;
  readonly hubspotSettings: ReturnType<typeof settingsOf>;
  /** How often each Message-ID was taken. */
  readonly taken: ReadonlyMap<string, number>;
  /** Addresses of HubSpot's contacts, one for each record. */
  readonly crmAddresses: () => readonly string[];
}

const NO_HURRY = { perTenSeconds: 20_000, perDay: 10_000_000, searchPerSecond: 1_000 };
const STALL_MS = 25_000;
const CONTACTS = "0-1";

export async function soakOutside(): Promise<SoakOutside> {
  const taken = new Map<string, number>();
  let count = 0;
  const mail = await mailServer({
    async beforeTaking(raw) {
      count += 1;
      if (world.mood === "refuses" && count % 3 === 0)
        throw Object.assign(new Error("Try again."), { responseCode: 451 });
      const id = headerOf(raw, "Message-ID") ?? "";
      taken.set(id, (taken.get(id) ?? 0) + 1);
      // Hundreds of thousands are not kept.
      (mail.letters as string[]).length = 0;
      if (world.mood === "stalls" && count % 10 === 0) await sleep(STALL_MS, undefined, { ref: false });
    },
  });
  const hubspot = await startSimulator({ tier: "none" });
  const hubspotSettings = settingsOf(hubspot);
  const api = hubspotApi(checkedHubspot(hubspotSettings), undefined, systemClock);
  await setUpHubspot(api, mappingOf(), false);
  await api.close();
  const world: SoakOutside = {
    mood: "well",
    smtpUrl: mail.url,
    hubspot,
    hubspotSettings,
    taken,
    crmAddresses: () =>
      [...(hubspot.account().tables.get(CONTACTS)?.records ?? [])].map(
        ([, { properties }]) => properties.get("email") ?? "",
      ),
    async [Symbol.asyncDispose]() {
      await hubspot.close();
      await mail[Symbol.asyncDispose]();
    },
  };
  return world;
}

function settingsOf({ token, url }: Simulator) {
  return { accessToken: token, baseUrl: url, limits: NO_HURRY };
}
