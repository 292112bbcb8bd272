/** Every setting with its value in force and where that comes from, for `millrace config show`. */
import type { z } from "zod";
import { valueAt } from "./check.ts";
import { HIDDEN, redacted } from "./redacted.ts";
import { type SettingNode, settingsIn } from "./walk.ts";

export interface SettingInForce {
  /** "engine.sweepMs" */
  readonly setting: string;
  /** Without secrets; null: not set. */
  readonly value: unknown;
  /** "milliseconds"; null for what has none. */
  readonly unit: string | null;
  /** "default", "file", or the name of the environment variable. */
  readonly source: string;
  /** What holds while it is not set, in words. */
  readonly unset: string | null;
}

export interface Sources {
  readonly schema: z.core.$ZodType;
  /** The settings with their defaults. */
  readonly inForce: unknown;
  /** What the file says. */
  readonly written: unknown;
  /** Environment variables that gave a setting, by its path. */
  readonly variables: ReadonlyMap<string, string>;
}

/** In the order of the schema. Of a group that is switched off or not set only the group itself is listed. */
export function settingsInForce({ schema, inForce, written, variables }: Sources): SettingInForce[] {
  const nodes = settingsIn(schema).filter(({ path }) => !path.includes("*") && !path.includes("[]"));
  return nodes
    .filter((node) => isShown(node, inForce))
    .map((node) => {
      const setting = node.path.join(".");
      const value = valueAt(inForce, node.path);
      const isWritten = valueAt(written, node.path) !== undefined;
      return {
        setting,
        value: shownValue(node, value),
        unit: node.notes.unit ?? null,
        source: variables.get(setting) ?? (isWritten ? "file" : "default"),
        unset: value === undefined ? (node.notes.unset ?? null) : null,
      };
    });
}

function isShown({ path, isGroup }: SettingNode, inForce: unknown): boolean {
  const isThere = typeof valueAt(inForce, path.slice(0, -1)) === "object";
  return isThere && !(isGroup && typeof valueAt(inForce, path) === "object");
}

function shownValue({ path, notes }: SettingNode, value: unknown): unknown {
  if (value === undefined) return null;
  if (notes.isSecret === true) return HIDDEN;
  return redacted(nameOfCode(value), path.at(-1));
}

/** A list of workflows or agents by name, a provider by its own. */
function nameOfCode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nameOfCode);
  if (!isCode(value)) return value;
  return value.version === undefined ? value.name : `${value.name}@${value.version}`;
}

function isCode(value: unknown): value is { readonly name: string; readonly version?: string } {
  if (typeof value !== "object" || value === null || !("name" in value) || typeof value.name !== "string") return false;
  return "version" in value || Object.values(value).some((part) => typeof part === "function");
}
