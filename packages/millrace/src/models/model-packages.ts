/** The packages that speak to a language model. They are optional, 14 MB that few need, so a person installs them when they want a model. */
import { MillraceError } from "../base/errors.ts";
import type { ModelRules } from "./model-settings.ts";

/** The major version each is used in, as `peerDependencies` of our package.json has it. */
export const MODEL_PACKAGES = { ai: 7, "@ai-sdk/anthropic": 4, "@ai-sdk/openai-compatible": 3 } as const;

/**
 * @param wanting what needs them, for the error: "`models`".
 * @param isInstalled default: as Node finds packages from here.
 * @throws MillraceError invalid_config with the one command that brings those that are missing.
 */
export function needModelPackages(
  provider: ModelRules["provider"],
  wanting: string,
  isInstalled: (name: string) => boolean = isFound,
): void {
  const needed = ["ai", provider === "anthropic" ? "@ai-sdk/anthropic" : "@ai-sdk/openai-compatible"] as const;
  const missing = needed.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const versions = missing.map((name) => `${name}@${MODEL_PACKAGES[name]}`).join(" ");
  throw new MillraceError("invalid_config", {
    saw: `${wanting} needs ${missing.length === 1 ? "the package" : "the packages"} ${missing.join(" and ")}, which this project does not have.`,
    next: `run \`npm install ${versions}\` in it, and the same command again.`,
    field: "models",
  });
}

function isFound(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
