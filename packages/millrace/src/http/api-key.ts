/** The key programs call with. Read by the gateway and by commands that call it. */
import { loadSecret } from "../base/secret-file.ts";

/**
 * @param dataFolder left out: a key of this process alone, forgotten when it ends.
 * @throws MillraceError invalid_config when the file holds something else.
 */
export function loadApiKey(dataFolder: string | undefined): Promise<string> {
  return loadSecret(dataFolder, { name: "api-key", prefix: "mr_", what: "an API key" });
}
