/** Which servers there are: those of the config, and those of the project's .mcp.json that an agent may use. Nothing is started here. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { didYouMean, MillraceError, messageOf } from "../../base/errors.ts";
import { checkedSettings } from "../../settings/check.ts";
import { type McpRules, type McpServerRules, mcpSettings } from "./mcp-settings.ts";
import { unpinnedPackage } from "./pinned.ts";

/** A tool an agent may use. */
export interface AllowedTool {
  readonly server: string;
  readonly tool: string;
}

export interface KnownServer {
  readonly name: string;
  readonly rules: McpServerRules;
  /** SHA-256 of the settings: another version of a server may offer other tools. */
  readonly hash: string;
}

export interface ServerList {
  readonly servers: ReadonlyMap<string, KnownServer>;
  /** In the order of the settings. */
  allowedFor(agent: string): readonly AllowedTool[];
}

/** Millrace's own server, which `init` writes into the file for other programs. */
const OURS = "millrace";

/**
 * @param environment where variables come from. Default: the process's own.
 * @throws MillraceError invalid_config: a server no one knows, a package without its version, a file that cannot be read.
 */
export function serverList(rules: McpRules, environment: NodeJS.ProcessEnv = process.env): ServerList {
  const allowed = new Map(
    Object.entries(rules.tools).map(([agent, tools]) => [agent, tools.map((tool) => allowedTool(agent, tool))]),
  );
  const wanted = [...new Set([...allowed.values()].flat().map(({ server }) => server))];
  const servers = new Map(
    wanted.map((name) => [name, knownServer(name, rulesOf(name, rules, environment), environment)] as const),
  );
  return { servers, allowedFor: (agent) => allowed.get(agent) ?? [] };
}

function allowedTool(agent: string, words: string): AllowedTool {
  const at = words.indexOf("/");
  if (at > 0 && at < words.length - 1) return { server: words.slice(0, at), tool: words.slice(at + 1) };
  throw wrong(`mcp.tools.${agent}`, `"${words}" names no tool of a server.`, 'write it as "server/tool".');
}

function rulesOf(name: string, rules: McpRules, environment: NodeJS.ProcessEnv): McpServerRules {
  const own = rules.servers[name];
  if (own !== undefined) return own;
  const listed = name === OURS ? {} : serversOfFile(rules.file);
  const entry = listed[name];
  if (entry === undefined) {
    const known = [...Object.keys(rules.servers), ...Object.keys(listed)];
    throw wrong(
      "mcp.tools",
      `A tool of the server "${name}" is allowed, and there is no such server.${didYouMean(name, known)}`,
      `add it under mcp.servers, or to ${rules.file}.`,
    );
  }
  return ofEntry(name, entry, rules.file, environment);
}

/** As Claude Code, Cursor and others write it. What else stands in an entry is theirs. */
const fileSchema = z.object({ mcpServers: z.record(z.string(), z.unknown()).default({}) });
const entrySchema = z.object({
  command: z.string().optional(),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  cwd: z.string().optional(),
  url: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

function serversOfFile(file: string): Readonly<Record<string, unknown>> {
  if (!existsSync(file)) return {};
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, "utf8"))).mcpServers;
  } catch (error) {
    throw wrong("mcp.file", `${file} cannot be read: ${messageOf(error)}`, 'correct it: { "mcpServers": { … } }.');
  }
}

function ofEntry(name: string, entry: unknown, file: string, environment: NodeJS.ProcessEnv): McpServerRules {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    throw wrong(
      "mcp.file",
      `The server "${name}" of ${file} is none: ${parsed.error.issues[0]?.message}.`,
      "correct it.",
    );
  }
  const { headers = {}, env, args, ...rest } = parsed.data;
  const filled = (text: string) => expanded(text, name, environment);
  const token = Object.entries(headers).find(([header]) => header.toLowerCase() === "authorization")?.[1];
  const given = {
    ...mapped(rest, filled),
    ...(args && { args: args.map(filled) }),
    ...(env && { env: mapped(env, filled) }),
    ...(token && { token: filled(token).replace(/^Bearer\s+/i, "") }),
  };
  const { servers } = checkedSettings(mcpSettings, { servers: { [name]: given } }, { source: file, prefix: "mcp" });
  return servers[name] as McpServerRules;
}

function mapped(texts: object, change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, change(text as string)]));
}

/** `${NAME}` and `${NAME:-otherwise}`. */
function expanded(text: string, server: string, environment: NodeJS.ProcessEnv): string {
  return text.replaceAll(/\$\{(\w+)(?::-([^}]*))?\}/g, (_, variable: string, otherwise?: string) => {
    const value = environment[variable] ?? otherwise;
    if (value !== undefined) return value;
    throw wrong(
      "mcp.file",
      `The server "${server}" needs the variable ${variable}, which is not set.`,
      `set ${variable}.`,
    );
  });
}

function knownServer(name: string, rules: McpServerRules, environment: NodeJS.ProcessEnv): KnownServer {
  const field = `mcp.servers.${name}`;
  const { command, args, url, passEnv, web, token, oauth } = rules;
  if ((command === undefined) === (url === undefined)) {
    throw wrong(field, "A server has a command or a url, one of the two.", "set one of them.");
  }
  const unpinned = command === undefined ? undefined : unpinnedPackage(command, args);
  if (unpinned !== undefined) {
    throw wrong(
      `${field}.args`,
      `The server "${name}" is fetched without an exact version (${unpinned}): it would be whatever was published last.`,
      `name the version you have looked at, like "${unpinned.replace(/(?<!^)@.*|==.*/, "")}@1.2.3".`,
    );
  }
  if (web && command === undefined) {
    throw wrong(`${field}.web`, "The web traffic of a remote server cannot be filtered here.", "take `web` out.");
  }
  if (token !== undefined && oauth !== undefined) {
    throw wrong(field, "A server is given a token or asked by OAuth, not both.", "take one of them out.");
  }
  const missing = passEnv.find((variable) => environment[variable] === undefined);
  if (missing !== undefined) {
    throw wrong(`${field}.passEnv`, `The variable ${missing} is not set.`, `set ${missing}, or take its name out.`);
  }
  const { env: _, token: __, oauth: ___, ...shown } = rules;
  return { name, rules, hash: createHash("sha256").update(JSON.stringify(shown)).digest("hex") };
}

function wrong(field: string, saw: string, next: string): MillraceError {
  return new MillraceError("invalid_config", { saw, next, field });
}
