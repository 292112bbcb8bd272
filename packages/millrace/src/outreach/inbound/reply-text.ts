/**
 * What somebody wrote, without what they quote and without their signature. By rule, line by line, for what mail
 * programs write in English, German, French, Spanish, Italian, Dutch and Portuguese. Called for every reply; what is cut
 * off is not lost, it is in our own letter.
 */

const LONGEST_INPUT = 256 * 1024;
const LONGEST_LINE = 1_000;
/** An attribution is broken over at most this many lines. */
const ATTRIBUTION_LINES = 4;

/** "On … wrote:", "Am … schrieb …:", "Le … a écrit :" and their like, on one line. */
const ATTRIBUTIONS = [
  /^on\b.{4,400}\bwrote\s*:?$/i,
  /^am\b.{4,400}\bschrieb\b.{0,200}:$/i,
  /^.{4,300}\bschrieb am\b.{4,200}:$/i,
  /^le\b.{4,400}\ba écrit\s*:?$/i,
  /^el\b.{4,400}\bescribió\s*:?$/i,
  /^il\b.{4,400}\bha scritto\s*:?$/i,
  /^op\b.{4,400}\b(schreef\b.{0,200}|geschreven)\s*:?$/i,
  /^(em|no dia|a)\b.{4,400}\bescreveu\b.{0,100}:?$/i,
  /^\d{4}-\d\d-\d\d\b.{0,100}<[^<>\s]+@[^<>\s]+>\s*:$/,
  /^.{1,100}<[^<>\s]+@[^<>\s]+>\s+(wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu)\b.{0,100}:$/i,
];

/** "-----Original Message-----" */
const DIVIDER =
  /^[-_\s]{2,}\s*(original message|forwarded message|ursprüngliche nachricht|originalnachricht|original-nachricht|weitergeleitete nachricht|message d['’]origine|message original|message transféré|mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|mensagem original)\s*[-_\s]{2,}$/i;

/** The block of headers Outlook puts above what it quotes: a sender, then at least two of the others. */
const SENDER_LINE = /^\*?(from|von|de|da|van|expéditeur|remitente|mittente|absender)\s?:\*?\s+\S/i;
const OTHER_LINE =
  /^\*?(sent|gesendet|envoyé|enviado(?: el)?|inviato|verzonden|enviada em|date|datum|data|fecha|to|an|à|para|a|aan|subject|betreff|objet|asunto|oggetto|onderwerp|assunto|cc)\s?:/i;

/** What phones and programs put under every letter. */
const PROGRAM_LINE =
  /^(sent from (my|outlook|mail for|yahoo|proton)\b|sent via\b|get outlook for|von meinem \S+ gesendet|gesendet (von|mit)\b|envoyé (de|depuis|à partir)\b|télécharger outlook|enviado desde\b|obtener outlook|inviato da\b|scarica outlook|verzonden vanaf|verstuurd vanaf|outlook voor .{1,30} downloaden|enviado do meu\b)/i;

export function replyText(text: string): string {
  const lines = text
    .slice(0, LONGEST_INPUT)
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) =>
      line
        .replace(/[\u00a0\u202f]/g, " ")
        .slice(0, LONGEST_LINE)
        .trimEnd(),
    );
  const kept = withoutSignature(withoutQuote(lines)).filter((line) => !PROGRAM_LINE.test(line.trim()));
  return kept
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function withoutQuote(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]?.trim() ?? "";
    if (line.startsWith(">")) continue;
    if (DIVIDER.test(line) || isHeaderBlock(lines, i)) break;
    const length = attributionAt(lines, i);
    if (length > 0) {
      // Quoted with ">" the answer may stand below or in between; quoted without, all the rest is the quote.
      if (!isMarkedQuote(lines, i + length)) break;
      i += length - 1;
      continue;
    }
    kept.push(lines[i] ?? "");
  }
  return kept;
}

/** @returns how many lines from `at` on are an attribution; 0 for none. */
function attributionAt(lines: readonly string[], at: number): number {
  let joined = "";
  for (let length = 1; length <= ATTRIBUTION_LINES; length++) {
    const line = lines[at + length - 1]?.trim() ?? "";
    if (line === "") return 0;
    joined = `${joined} ${line}`.trim();
    if (joined.length > 500) return 0;
    if (ATTRIBUTIONS.some((form) => form.test(joined))) return length;
  }
  return 0;
}

function isMarkedQuote(lines: readonly string[], from: number): boolean {
  const next = lines.slice(from, from + 5).find((line) => line.trim() !== "");
  return next?.trimStart().startsWith(">") ?? false;
}

function isHeaderBlock(lines: readonly string[], at: number): boolean {
  if (!SENDER_LINE.test(lines[at]?.trim() ?? "")) return false;
  return lines.slice(at + 1, at + 7).filter((line) => OTHER_LINE.test(line.trim())).length >= 2;
}

/** From "-- " on it is a signature; a long line of underscores above a quote is nobody's words either. */
function withoutSignature(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex((line) => /^--\s?$/.test(line));
  const kept = at === -1 ? [...lines] : lines.slice(0, at);
  while (kept.length > 0 && /^[\s_-]*$/.test(kept.at(-1) ?? "")) kept.pop();
  return kept;
}
