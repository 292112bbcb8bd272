/**
 * Records what Debian's exim and postfix write when a message of ours comes back: files in test/mail-samples, read by
 * read-incoming.test.ts. Each server runs on loopback and delivers to a server of this script that refuses by recipient; all
 * names are made up. Postfix is configured in /etc/postfix: run it as root, on a machine made for it.
 *
 *   apt-get install exim4-daemon-light && node scripts/record-mail-samples.ts exim
 *   apt-get install postfix && node scripts/record-mail-samples.ts postfix
 */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const SAMPLES = join(import.meta.dirname, "..", "test", "mail-samples");
const PORT = 2525;

/** What the server at the other end answers, by the recipient's name: to RCPT, or, where `atEnd` is set, to the message. */
const ANSWERS: Readonly<Record<string, { readonly answer: string; readonly atEnd?: boolean }>> = {
  gone: { answer: "550 5.1.1 <gone@far.example>: Recipient address rejected: User unknown in local recipient table" },
  moved: { answer: "550 5.1.6 The mailbox has moved and left no address" },
  full: { answer: "552 5.2.2 <full@far.example>: Mailbox full: over quota", atEnd: true },
  large: { answer: "552 5.3.4 Message size exceeds fixed limit", atEnd: true },
  policy: { answer: "550 5.7.1 Message refused by our policy", atEnd: true },
  later: { answer: "451 4.7.1 Greylisted, please try again later" },
};

interface Sample {
  readonly name: string;
  readonly to: string;
  /** What of the message comes back. */
  readonly returns: "all" | "headers";
  /** A notice that it is late, not a failure. */
  readonly isLate?: boolean;
}

const SAMPLES_OF: Readonly<Record<string, readonly Sample[]>> = {
  exim: [
    { name: "exim-headers-only", to: "gone@far.example", returns: "headers" },

    { name: "exim-too-large", to: "large@far.example", returns: "headers" },
    { name: "exim-policy", to: "policy@far.example", returns: "headers" },
    { name: "exim-alias", to: "hello@alias.example", returns: "headers" },
    { name: "exim-late", to: "later@far.example", returns: "headers", isLate: true },
  ],
  postfix: [
    { name: "postfix-headers-only", to: "gone@far.example", returns: "headers" },
    { name: "postfix-moved", to: "moved@far.example", returns: "all" },
    { name: "postfix-full-at-end", to: "full@far.example", returns: "headers" },
    { name: "postfix-too-large", to: "large@far.example", returns: "headers" },
    { name: "postfix-policy", to: "policy@far.example", returns: "headers" },
    { name: "postfix-alias", to: "hello@alias.example", returns: "all" },
    { name: "postfix-late", to: "later@far.example", returns: "headers", isLate: true },
  ],
};

const [which = ""] = process.argv.slice(2);
const samples = SAMPLES_OF[which];
if (samples === undefined) throw new Error("Say which server: exim or postfix.");
const home = await mkdtemp(join(tmpdir(), "mail-samples-"));
await chmod(home, 0o755);
const far = createServer(refuse).listen(PORT, "127.0.0.1");
await once(far, "listening");
try {
  const record = which === "exim" ? await exim() : await postfix();
  for (const sample of samples) {
    const came = await record(sample);
    await writeFile(join(SAMPLES, `${sample.name}.eml`), came);
    console.log(`${sample.name}: ${came.length} characters`);
  }
} finally {
  far.close();
  if (which === "postfix") await run("postfix", ["stop"]).catch(() => {});
  await rm(home, { recursive: true, force: true });
}

type Recording = (sample: Sample) => Promise<string>;

async function exim(): Promise<Recording> {
  const { uid, gid } = await idsOf("Debian-exim");
  for (const folder of ["spool", "log", "mail"]) {
    await mkdir(join(home, folder));
    await chown(join(home, folder), uid, gid);
  }
  return async ({ name, to, returns, isLate }) => {
    const config = join(home, `${name}.conf`);
    await writeFile(config, eximConfig(returns));
    await run("chown", ["root:root", config]);
    const call = (...words: string[]) => run("exim4", ["-C", config, ...words]);
    const sent = call("-odf", "-oi", "-f", "sales@lead.example", to);
    (await sent.child).stdin?.end(messageTo(to, name));
    await sent.catch(() => {});
    if (isLate === true) await sleep(2_500);
    await call("-qff");
    const came = await arrived(join(home, "mail", "new"), () => call("-qff"));
    // What is late would be tried for days.
    await run("exim4", ["-C", config, "-bpu"]).then(({ stdout }) =>
      Promise.all([...stdout.matchAll(/ (\w{6}-\w{6,11}-\w{2,4}) /g)].map(([, id = ""]) => call("-Mrm", id))),
    );
    return came;
  };
}

function eximConfig(returns: Sample["returns"]): string {
  return `primary_hostname = relay.lead.example
spool_directory = ${home}/spool
log_file_path = ${home}/log/%slog
acl_smtp_rcpt = accept
delay_warning = 2s
delay_warning_condition = true
bounce_return_body = ${returns === "all" ? "true" : "false"}
qualify_domain = lead.example
trusted_users = root
tls_advertise_hosts =
begin routers
ours:
  driver = accept
  domains = lead.example
  transport = box
alias:
  driver = redirect
  domains = alias.example
  data = gone@far.example
far:
  driver = manualroute
  route_list = * 127.0.0.1 byname
  self = send
  transport = smtp
begin transports
box:
  driver = appendfile
  directory = ${home}/mail
  maildir_format
  user = Debian-exim
smtp:
  driver = smtp
  port = ${PORT}
  hosts_try_fastopen =
begin retry
* * F,2h,1s
`;
}

async function postfix(): Promise<Recording> {
  const { uid, gid } = await idsOf("postfix");
  const mail = join(home, "mail");
  await mkdir(mail);
  await chown(mail, uid, gid);
  await writeFile(join(home, "aliases"), "hello@alias.example gone@far.example\n");
  await run("postconf", ["-e", ...postfixSettings(mail, uid, gid)]);
  await run("postconf", ["-MX", "smtp/inet"]).catch(() => {});
  for (const name of ["smtp/unix", "bounce/unix", "virtual/unix", "cleanup/unix", "qmgr/unix"]) {
    await run("postconf", ["-F", `${name}/chroot=n`]);
  }
  // The first start after the installation makes folders of the queue, and may end with an error.
  await run("postfix", ["start"]).catch(() => run("postfix", ["start"]));
  return async ({ name, to, returns, isLate }) => {
    const sent = run("sendmail", ["-R", returns === "all" ? "full" : "hdrs", "-f", "sales@lead.example", to]);
    (await sent.child).stdin?.end(messageTo(to, name));
    await sent;
    if (isLate === true) await sleep(2_500);
    const came = await arrived(join(mail, "box", "new"), () => run("postqueue", ["-f"]));
    await run("postsuper", ["-d", "ALL"]);
    return came;
  };
}

function postfixSettings(mail: string, uid: number, gid: number): readonly string[] {
  return [
    "compatibility_level=3.6",
    "maillog_file=/var/log/postfix-samples.log",
    "myhostname=relay.lead.example",
    "mydestination=",
    "inet_interfaces=loopback-only",
    `relayhost=[127.0.0.1]:${PORT}`,
    "virtual_mailbox_domains=lead.example",
    `virtual_mailbox_base=${mail}`,
    "virtual_mailbox_maps=static:box/",
    `virtual_uid_maps=static:${uid}`,
    `virtual_gid_maps=static:${gid}`,
    `virtual_minimum_uid=1`,
    "virtual_alias_domains=alias.example",
    `virtual_alias_maps=texthash:${home}/aliases`,
    "delay_warning_time=1s",
    "minimal_backoff_time=1s",
    "maximal_backoff_time=1s",
    "queue_run_delay=1s",
  ];
}

function messageTo(to: string, name: string): string {
  const id = Buffer.from(name).toString("hex").padStart(32, "0").slice(-32);
  return `From: Sales Team <sales@lead.example>
To: ${to}
Subject: A first word about your request
Message-ID: <${id}@lead.example>
Date: Sun, 29 Nov 2026 16:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Hello,

thank you for asking. Shall we talk on Tuesday?

-- 
Sales Team
`;
}

/** The one message in a folder, taken out of it. */
async function arrived(folder: string, push: () => Promise<unknown>): Promise<string> {
  for (let look = 0; look < 100; look++) {
    const [name] = await readdir(folder).catch(() => []);
    if (name !== undefined) {
      const came = await readFile(join(folder, name), "utf8");
      await rm(join(folder, name));
      return came;
    }
    await push().catch(() => {});
    await sleep(300);
  }
  throw new Error("Nothing came back.");
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(["-u", "-g"].map((what) => run("id", [what, user])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

/** A server that takes mail for no address. */
function refuse(socket: Socket): void {
  let name = "";
  let isInMessage = false;
  let rest = "";
  socket.on("error", () => {});
  socket.write("220 mx.far.example ESMTP\r\n");
  socket.on("data", (chunk) => {
    const lines = `${rest}${chunk}`.split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) socket.write(answerTo(line));
  });

  function answerTo(line: string): string {
    const answer = ANSWERS[name];
    if (isInMessage) {
      if (line !== ".") return "";
      isInMessage = false;
      return `${answer?.atEnd === true ? answer.answer : "250 2.0.0 Ok"}\r\n`;
    }
    const [verb = ""] = line.toUpperCase().split(" ");
    switch (verb) {
      case "EHLO":
        return "250-mx.far.example\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n";
      case "RCPT": {
        name = /<([^@>]*)/.exec(line)?.[1] ?? "";
        const found = ANSWERS[name];
        return `${found === undefined || found.atEnd === true ? "250 2.1.5 Ok" : found.answer}\r\n`;
      }
      case "DATA":
        isInMessage = true;
        return "354 End data with <CR><LF>.<CR><LF>\r\n";
      case "QUIT":
        socket.end("221 2.0.0 Bye\r\n");
        return "";
      default:
        return "250 2.0.0 Ok\r\n";
    }
  }
}
