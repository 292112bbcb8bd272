/** The settings of MCP servers whose tools agents may use: `mcp.*` in millrace.config.ts. Without them no server is started or asked. */
import type { z } from "zod";
import type { Duration } from "../../base/clock.ts";
import {
  address,
  byName,
  count,
  duration,
  flag,
  group,
  listOf,
  secret,
  setting,
  text,
} from "../../settings/setting.ts";

export interface McpOAuth {
  /** The authorization server; the secret is given to no other, whatever the MCP server says. An address like https://auth.example.com. */
  readonly issuer: string;
  /** The id of our registration at the authorization server. A text of 1 to 1,000 characters. */
  readonly clientId: string;
  /** Its secret. A text. */
  readonly clientSecret: string;
  /** A refresh token a person has been given. A text. Default: none, client credentials are used. */
  readonly refreshToken?: string;
  /** What is asked for, in words with spaces between. A text of 1 to 1,000 characters. Default: what the server says. */
  readonly scope?: string;
}

export interface McpServerSettings {
  /** The program of a server on this machine, spoken to over its standard input and output. A text of 1 to 1,000 characters. Default: none. */
  readonly command?: string;
  /** Its arguments; a package that a runner fetches names its exact version. A list; each: a text of 1 to 2,000 characters. Default: none. */
  readonly args?: readonly string[];
  /** Variables of its environment, by name. Beside them it gets PATH, HOME and what a program cannot start without. An object, by name. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Names of variables it is given from the engine's own environment. A list; each: a text of 1 to 200 characters. Default: none. */
  readonly passEnv?: readonly string[];
  /** The folder it runs in. A text of 1 to 1,000 characters. Default: an empty one of its own. */
  readonly cwd?: string;
  /** The address of a remote server (streamable HTTP). An address like https://mcp.example.com/mcp. Default: none. */
  readonly url?: string;
  /** Sent to a remote server as a bearer token. A text. Default: none. */
  readonly token?: string;
  /** How a remote server is asked for access by OAuth. Default: not. */
  readonly oauth?: McpOAuth;
  /** It opens pages of the web: all its traffic goes through the engine's filtering proxy. True or false. Default: false. */
  readonly web?: boolean;
  /** Tools that change nothing, whatever the server says of them; done again after a kill. A list; each: a text of 1 to 200 characters. Default: none. */
  readonly reads?: readonly string[];
}

export interface McpSettings {
  /** Servers by name; of one name, this wins over the project's file. An object, by name. Default: none. */
  readonly servers?: Readonly<Record<string, McpServerSettings>>;
  /** Which tools an agent may use, by the agent's name: "server/tool". Only servers named here are ever started. An object, by name. Default: none. */
  readonly tools?: Readonly<Record<string, readonly string[]>>;
  /** A file of servers as other programs keep it. A text of 1 to 1,000 characters. Default: ".mcp.json". */
  readonly file?: string;
  /** A server has to be ready within this time. A number and a unit, like "90s", "30m", "4h" or "2d", from 1s, at most 5m. Default: "30s". */
  readonly startTimeout?: Duration;
  /** One call of a tool may take this long. A number and a unit, like "90s", "30m", "4h" or "2d", from 1s, at most 10m. Default: "30s". */
  readonly callTimeout?: Duration;
  /** The longest answer of a tool that is used; what is longer is cut. A whole number of characters from 100 to 1,000,000. Default: 20,000. */
  readonly maxAnswer?: number;
  /** What one task may use, over all its tools. */
  readonly perTask?: {
    /** Calls of tools. A whole number of calls from 1 to 1,000. Default: 40. */
    readonly calls?: number;
    /** Time in all its calls together. A number and a unit, like "90s", "30m", "4h" or "2d", from 1s, at most 1h. Default: "5m". */
    readonly time?: Duration;
    /** Of all answers together. A whole number of characters from 1,000 to 10,000,000. Default: 400,000. */
    readonly characters?: number;
  };
}

const server = group({
  command: setting(
    "The program of a server on this machine, spoken to over its standard input and output.",
    text({ sample: "npx" }).optional(),
    { unset: "none" },
  ),
  args: setting(
    "Its arguments; a package that a runner fetches names its exact version.",
    listOf(text({ sample: "@playwright/mcp@0.0.83", max: 2_000 })).default([]),
  ),
  env: setting(
    "Variables of its environment, by name. Beside them it gets PATH, HOME and what a program cannot start without.",
    byName(secret()).default({}),
  ),
  passEnv: setting(
    "Names of variables it is given from the engine's own environment.",
    listOf(text({ sample: "SEARCH_ACCOUNT", max: 200 })).default([]),
  ),
  cwd: setting("The folder it runs in.", text({ sample: "/srv/tools" }).optional(), {
    unset: "an empty one of its own",
  }),
  url: setting(
    "The address of a remote server (streamable HTTP).",
    address(["http", "https"], "https://mcp.example.com/mcp").optional(),
    { unset: "none" },
  ),
  token: setting("Sent to a remote server as a bearer token.", secret().optional(), { unset: "none" }),
  oauth: setting(
    "How a remote server is asked for access by OAuth.",
    group({
      issuer: setting(
        "The authorization server; the secret is given to no other, whatever the MCP server says.",
        address(["http", "https"], "https://auth.example.com"),
      ),
      clientId: setting("The id of our registration at the authorization server.", text({ sample: "millrace" })),
      clientSecret: setting("Its secret.", secret()),
      refreshToken: setting("A refresh token a person has been given.", secret().optional(), {
        unset: "none, client credentials are used",
      }),
      scope: setting("What is asked for, in words with spaces between.", text({ sample: "crm.read" }).optional(), {
        unset: "what the server says",
      }),
    }).optional(),
    { unset: "not" },
  ),
  web: setting(
    "It opens pages of the web: all its traffic goes through the engine's filtering proxy.",
    flag().default(false),
  ),
  reads: setting(
    "Tools that change nothing, whatever the server says of them; done again after a kill.",
    listOf(text({ sample: "search", max: 200 })).default([]),
  ),
});

export const mcpSettings = group({
  servers: setting("Servers by name; of one name, this wins over the project's file.", byName(server).default({})),
  tools: setting(
    'Which tools an agent may use, by the agent\'s name: "server/tool". Only servers named here are ever started.',
    byName(listOf(text({ sample: "browser/browser_navigate", max: 400 }))).default({}),
  ),
  file: setting("A file of servers as other programs keep it.", text({ sample: ".mcp.json" }).default(".mcp.json")),
  startTimeout: setting(
    "A server has to be ready within this time.",
    duration({ min: "1s", max: "5m" }).default("30s"),
  ),
  callTimeout: setting("One call of a tool may take this long.", duration({ min: "1s", max: "10m" }).default("30s")),
  maxAnswer: setting(
    "The longest answer of a tool that is used; what is longer is cut.",
    count({ min: 100, max: 1_000_000, unit: "characters" }).default(20_000),
  ),
  perTask: setting(
    "What one task may use, over all its tools.",
    group({
      calls: setting("Calls of tools.", count({ max: 1_000, unit: "calls" }).default(40)),
      time: setting("Time in all its calls together.", duration({ min: "1s", max: "1h" }).default("5m")),
      characters: setting(
        "Of all answers together.",
        count({ min: 1_000, max: 10_000_000, unit: "characters" }).default(400_000),
      ),
    }).prefault({}),
  ),
});

/** The settings in force. */
export type McpRules = z.output<typeof mcpSettings>;
export type McpServerRules = McpRules["servers"][string];
