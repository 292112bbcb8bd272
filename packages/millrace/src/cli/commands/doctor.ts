/** `millrace doctor`: looks at everything a start needs, and says how to put right what is wrong. Exit 6 when something fails. */
import { type LoadedConfig, loadConfig } from "../../load-config/load-config.ts";
import { mcpSettings } from "../../mcp/client/mcp-settings.ts";
import { serverList } from "../../mcp/client/server-list.ts";
import { lintWorkflows } from "../../workflows/lint.ts";
import type { Call } from "../command.ts";
import { checkDatabase } from "../doctor/database.ts";
import { type Diagnosis, fail, pass, warn } from "../doctor/finding.ts";
import { checkDisk, checkFolder, checkNode, checkPort, checkPrograms } from "../doctor/machine.ts";
import { EXIT, type ExitCode, failureOf } from "../exit-codes.ts";
import { openProject } from "../project.ts";
import { workflowsOf } from "../project-workflows.ts";
import { counted } from "../text.ts";

export async function run(call: Call): Promise<ExitCode> {
  const { terminal } = call;
  const all = await examine(call);
  const failed = all.filter(({ level }) => level === "fail").length;
  const warned = all.filter(({ level }) => level === "warn").length;
  if (terminal.isJson) terminal.document({ isHealthy: failed === 0, checks: all });
  else {
    for (const diagnosis of all) terminal.data(lineOf(diagnosis, call));
    terminal.say(`${counted(all.length, "check")}: ${failed} failed, ${counted(warned, "warning")}.`);
  }
  return failed > 0 ? EXIT.unhealthy : EXIT.ok;
}

/** Each check stands alone: what one finds never keeps the next from looking. */
async function examine(call: Call): Promise<readonly Diagnosis[]> {
  const node = checkNode();
  let loaded: LoadedConfig;
  try {
    loaded = await openProject(call, false);
  } catch (error) {
    const { message, hint } = failureOf(error);
    return [node, fail("config", message, hint)];
  }
  const { config, file } = loaded;
  return [
    node,
    pass("config", file ?? "no millrace.config.ts here; every setting has its default"),
    ...(config.databaseUrl === undefined
      ? [checkPrograms(), await checkFolder(config.dataFolder), await checkDisk(config.dataFolder)]
      : []),
    ...(await checkDatabase(loaded)),
    await checkPort(config.dataFolder, config.gateway?.port),
    await checkWorkflows(call),
    checkMail(loaded),
    ...checkMcp(loaded),
  ];
}

async function checkWorkflows(call: Call): Promise<Diagnosis> {
  try {
    const { pack, own, catalogues } = workflowsOf(await loadConfig({ file: call.options.config }));
    const findings = lintWorkflows([...pack, ...own], catalogues);
    const saw = `${pack.length} of the pack, ${own.length} of yours`;
    if (findings.some(({ level }) => level === "error"))
      return fail("workflows", `${saw}; they have errors`, "run `millrace workflows lint`.");
    return findings.length > 0
      ? warn("workflows", `${saw}; ${counted(findings.length, "warning")}`, "run `millrace workflows lint`.")
      : pass("workflows", saw);
  } catch (error) {
    const { message, hint } = failureOf(error);
    return fail("workflows", message, hint);
  }
}

/** Only where agents may use tools of servers: whether they are named, pinned and have what they need. None is started. */
function checkMcp({ config }: LoadedConfig): readonly Diagnosis[] {
  if (Object.keys(config.mcp?.tools ?? {}).length === 0) return [];
  try {
    const { servers } = serverList(mcpSettings.parse(config.mcp));
    return [pass("mcp", `${counted(servers.size, "server")}: ${[...servers.keys()].join(", ")}`)];
  } catch (error) {
    const { message, hint } = failureOf(error);
    return [fail("mcp", message, hint)];
  }
}

function checkMail({ config }: LoadedConfig): Diagnosis {
  if (config.mail?.smtpUrl === undefined) return pass("mail", "none leaves; the console's mailbox keeps it");
  if (!URL.canParse(config.mail.smtpUrl))
    return fail(
      "mail",
      "the address of the mail server is no address",
      "set MILLRACE_SMTP_URL to smtp://user:password@host:port.",
    );
  const { host } = new URL(config.mail.smtpUrl);
  return config.mail.from === undefined
    ? warn(
        "mail",
        `through ${host}, from the default sender`,
        "set mail.from to an address of your domain, or mail will be taken for spam.",
      )
    : pass("mail", `through ${host}, from ${config.mail.from}`);
}

function lineOf({ check, level, saw, fix }: Diagnosis, { terminal }: Call): string {
  const colour = { pass: "green", warn: "yellow", fail: "red" } as const;
  const line = `${terminal.styled(colour[level], level)}  ${check.padEnd(12)}  ${saw}`;
  return fix === "" ? line : `${line}\n      fix: ${fix}`;
}
