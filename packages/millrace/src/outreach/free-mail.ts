/** Addresses at providers everybody uses: their domain says nothing about a company. Asked by the mailer. */
import common from "email-providers/common.json" with { type: "json" };
import { domainOf } from "../email-address.ts";

const providers: ReadonlySet<string> = new Set<string>(common);

export function isFreeMail(address: string): boolean {
  return providers.has(domainOf(address));
}
