/** Is the model's API there, and does it know the key? Asks which models there are, which costs nothing. */
import type { ModelRules } from "../../models/model-settings.ts";
import { notWell, type Probe, type ProbeResult, well } from "./probe.ts";

const ANTHROPIC = "https://api.anthropic.com/v1";
const VERSION = "2023-06-01";

export function modelProbe({ provider, model, baseUrl, apiKey = "" }: ModelRules): Probe {
  const base = (baseUrl ?? ANTHROPIC).replace(/\/+$/, "");
  const headers: Record<string, string> =
    provider === "anthropic"
      ? { "x-api-key": apiKey, "anthropic-version": VERSION }
      : apiKey === ""
        ? {}
        : { authorization: `Bearer ${apiKey}` };
  return {
    asked: { name: "The model's API", host: new URL(base).host, setting: "models.baseUrl" },
    ask: async (signal) => {
      const response = await fetch(`${base}/models`, { headers, signal, redirect: "error" });
      return judged(response.status, await namesIn(response), model);
    },
  };
}

async function namesIn(response: Response): Promise<readonly string[]> {
  const body = (await response.json().catch(() => undefined)) as { data?: readonly { id?: string }[] } | undefined;
  return (Array.isArray(body?.data) ? body.data : []).map(({ id }) => String(id));
}

function judged(status: number, names: readonly string[], model: string): ProbeResult {
  if (status === 401 || status === 403)
    return notWell(`The key is refused (${status}).`, "set another key (models.apiKey).");
  // Many servers of one's own list no models.
  if (status === 404) return well("The API answers; it does not list its models, so the model's name was not checked.");
  if (status !== 200) return notWell(`The API answers ${status}.`, "try again later, and see models.baseUrl.");
  if (names.includes(model) || names.length === 0) return well(`The API answers, and takes our key.`);
  return well(`The API answers, and takes our key. ${model} is not among the first ${names.length} models it lists.`);
}
