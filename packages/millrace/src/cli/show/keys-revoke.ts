/** `millrace keys revoke`. */
import type { Shown } from "../shows.ts";

export function show({ terminal, result }: Shown<"revokeApiKey">): void {
  terminal.data(`The key ${result.name} works no more.`);
}
