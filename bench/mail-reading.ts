/**
 * What reading one mail of 20 kB costs beside what postal-mime alone takes to parse it: who wrote it, what of it is theirs with our
 * last eight messages compared, and of what kind it is; and how much the reply classifier takes besides. The two take turns.
 * Run: node bench/mail-reading.ts [rounds, default 30]
 */
import PostalMime from "postal-mime";
import { classifyReply } from "../packages/millrace/src/agents/reply-classifier/classify.ts";
import { replyRules } from "../packages/millrace/src/agents/reply-classifier/reply-settings.ts";
import { readIncoming } from "../packages/millrace/src/email/inbound/read-incoming.ts";
import { readMail } from "../packages/millrace/src/email/inbound/read-mail.ts";
import { mailsOf20kB, SENT } from "./mail-samples.ts";
import { median } from "./measure.ts";

const ROUNDS = Number(process.argv[2] ?? 30);
const IN_A_ROUND = 40;
const HOUSE = { address: "sales@ours.example" };
const CONVERSATION = { sent: SENT.map(({ body }) => body), subjects: SENT.map(({ subject }) => subject) };
const RULES = replyRules();

type Work = (raw: Uint8Array) => Promise<unknown>;

const parse: Work = (raw) => PostalMime.parse(raw, { forceRfc822Attachments: true, attachmentEncoding: "arraybuffer" });
const read = async (raw: Uint8Array) => {
  const { mail } = await readMail(raw);
  if (mail === undefined) throw new Error("a sample could not be read");
  return readIncoming(mail, HOUSE, CONVERSATION);
};
const classify: Work = async (raw) => {
  const { words } = await read(raw);
  return classifyReply({ text: words.text, subject: "", automatic: false, receivedAt: 0 }, RULES);
};

async function microsFor(work: Work, raw: Uint8Array): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < IN_A_ROUND; i++) await work(raw);
  return ((performance.now() - start) / IN_A_ROUND) * 1_000;
}

const ratios: number[] = [];
for (const [shape, raw] of mailsOf20kB()) {
  const took: Record<"parse" | "read" | "classify", number[]> = { parse: [], read: [], classify: [] };
  for (let round = 0; round < ROUNDS + 5; round++) {
    const [parsed, whole, classified] = [
      await microsFor(parse, raw),
      await microsFor(read, raw),
      await microsFor(classify, raw),
    ];
    // The first ones find cold code.
    if (round < 5) continue;
    took.parse.push(parsed);
    took.read.push(whole);
    took.classify.push(classified);
  }
  const ratio = median(took.read.map((whole, i) => whole / (took.parse[i] ?? Number.NaN)));
  ratios.push(ratio);
  console.log(
    `${shape} (${(raw.length / 1_024).toFixed(1)} kB): parsed by postal-mime in ${median(took.parse).toFixed(0)} µs, read in ${median(took.read).toFixed(0)} µs, ${ratio.toFixed(2)} times; with its meaning ${median(took.classify).toFixed(0)} µs`,
  );
}
console.log(`worst of all shapes: ${Math.max(...ratios).toFixed(2)} times (wanted: at most 2)`);
