/**
 * Debian's own dovecot on loopback, in a folder of its own, as an unprivileged user where the tests run as one. Used by tests that
 * need what only a real server does: a folder renamed, deleted and made anew, flags set by another client, OAuth.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../packages/embedded-postgres/src/free-port.ts";

const DOVECOT = "/usr/sbin/dovecot";
const run = promisify(execFile);

/** Why tests with dovecot are skipped; false where it is installed and its users are there. */
export function dovecotMissing(): string | false {
  try {
    accessSync(DOVECOT, constants.X_OK);
    if (process.getuid?.() !== 0) return "dovecot is started by root alone";
    return false;
  } catch {
    return "dovecot is not installed: apt-get install dovecot-imapd";
  }
}

export interface Dovecot extends AsyncDisposable {
  readonly port: number;
  /** With user and password. */
  readonly url: string;
  /** Puts a message into a folder as a mail server does. */
  deliver(raw: string, folder?: string): Promise<void>;
  /** Puts many messages into the inbox at once, as a delivery into the maildir does. */
  deliverAll(raws: readonly string[]): Promise<void>;
  /** Runs doveadm for the one user: "mailbox", "rename", "INBOX", "Old". */
  doveadm(...words: readonly string[]): Promise<string>;
}

export interface DovecotOptions {
  /** Where a bearer token is looked up (RFC 7662 by GET, the token at the end); left out: passwords alone. */
  readonly tokenInfoUrl?: string;
}

/** One user, "millrace", with the password "secret". */
export async function dovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const home = await mkdtemp(join(tmpdir(), "millrace-dovecot-"));
  await chmod(home, 0o755);
  const port = await freePort();
  const mail = join(home, "mail");
  const { uid, gid } = await vmail();
  await mkdir(mail);
  await chown(mail, uid, gid);
  const config = join(home, "dovecot.conf");
  await writeFile(join(home, "oauth2.conf"), oauthConfig(options.tokenInfoUrl ?? ""));
  await writeFile(config, configOf({ home, port, uid, gid, hasOAuth: options.tokenInfoUrl !== undefined }));
  const server = spawn(DOVECOT, ["-F", "-c", config], { stdio: ["ignore", "ignore", "pipe"] });
  const troubles: string[] = [];
  server.stderr.on("data", (chunk) => troubles.push(String(chunk)));
  await listening(port, () => server.exitCode, troubles);
  const doveadm = async (...words: readonly string[]) => {
    const [command = "", sub = "", ...rest] = words;
    return (await run("doveadm", ["-c", config, command, sub, "-u", "millrace", ...rest])).stdout;
  };
  let delivered = 0;
  return {
    port,
    url: `imap://millrace:secret@127.0.0.1:${port}`,
    doveadm,
    async deliver(raw, folder = "INBOX") {
      const saved = run("doveadm", ["-c", config, "save", "-u", "millrace", "-m", folder]);
      saved.child.stdin?.end(raw.replace(/\r?\n/g, "\r\n"));
      await saved;
    },
    async deliverAll(raws) {
      // Without a first look there is no maildir yet.
      await doveadm("mailbox", "status", "messages", "INBOX");
      const maildir = join(mail, "millrace");
      for (const raw of raws) {
        delivered += 1;
        const name = `${1_800_000_000 + delivered}.M${delivered}P1.host`;
        await writeFile(join(maildir, "tmp", name), raw.replace(/\r?\n/g, "\r\n"));
        await chown(join(maildir, "tmp", name), uid, gid);
        await rename(join(maildir, "tmp", name), join(maildir, "new", name));
      }
    },
    async [Symbol.asyncDispose]() {
      server.kill("SIGTERM");
      if (server.exitCode === null) await once(server, "exit");
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The user mail belongs to: any that is not root. */
async function vmail(): Promise<{ uid: number; gid: number }> {
  const { stdout } = await run("id", ["-u", "nobody"]);
  const { stdout: group } = await run("id", ["-g", "nobody"]);
  return { uid: Number(stdout), gid: Number(group) };
}

async function listening(port: number, exitCode: () => number | null, troubles: readonly string[]): Promise<void> {
  for (;;) {
    if (exitCode() !== null) throw new Error(`dovecot has ended: ${troubles.join("")}`);
    const isThere = await fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      // It answers, and not in HTTP.
      (error: Error & { cause?: { code?: string } }) => error.cause?.code !== "ECONNREFUSED",
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface ConfigParts {
  readonly home: string;
  readonly port: number;
  readonly uid: number;
  readonly gid: number;
  readonly hasOAuth: boolean;
}

function configOf({ home, port, uid, gid, hasOAuth }: ConfigParts): string {
  const oauth = `passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${home}/oauth2.conf\n}\n`;
  return `base_dir = ${home}/run
state_dir = ${home}/run
log_path = ${home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login${hasOAuth ? " xoauth2 oauthbearer" : ""}
mail_location = maildir:${home}/mail/%u
mail_uid = ${uid}
mail_gid = ${gid}
first_valid_uid = 1
default_internal_user = dovecot
default_login_user = dovenull
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
${hasOAuth ? oauth : ""}passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${home}/mail/%u
}
`;
}

function oauthConfig(tokenInfoUrl: string): string {
  return `tokeninfo_url = ${tokenInfoUrl}
username_attribute = username
active_attribute = active
active_value = true
`;
}
