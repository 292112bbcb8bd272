/** The key programs call with. Read by the gateway and by commands that call it. */
import { loadSecret } from "../base/secret-file.ts";

/** Its file in the data folder. */
export const API_KEY_FILE = "api-key";

/**
 * @param dataFolder left out: a key of this process alone, forgotten when it ends.
 * @throws MillraceError invalid_config when the file holds something else.
 */
export function loadApiKey(dataFolder: string | undefined): Promise<string> {
  return loadSecret(dataFolder, { name: API_KEY_FILE, prefix: "mr_", what: "an API key" });
}
