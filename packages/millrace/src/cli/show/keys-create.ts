/** `millrace keys create`. */
import type { Shown } from "../shows.ts";

export function show({ terminal, result }: Shown<"createApiKey">): void {
  terminal.data(result.key);
  terminal.say(
    `The key of ${result.name} (${result.scopes.join(", ")}). It is shown this once; send it as \`Authorization: Bearer\`.`,
  );
}
