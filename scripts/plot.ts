/** A line chart as SVG: small, without a library, readable on light and dark pages. */

/** A place on the way from left to right: seconds of a long run, or the number of a size. */
type Place = number;

export interface Series {
  readonly name: string;
  /** The place, and the value there; undefined: not measured, which leaves a gap. */
  readonly points: readonly (readonly [Place, number | undefined])[];
  /** Single measures beside the line, e.g. each round's. */
  readonly dots?: readonly (readonly [Place, number])[];
}

export interface Chart {
  readonly title: string;
  readonly series: readonly Series[];
  /** What was done to it, and where. Default none. */
  readonly marks?: readonly { readonly at: Place; readonly name: string }[];
  /** What stands below. Default: places are seconds, and every five minutes are named. */
  readonly ticks?: readonly { readonly at: Place; readonly label: string }[];
}

const WIDTH = 860;
const HEIGHT = 260;
const LEFT = 60;
const RIGHT = 12;
const TOP = 34;
const BOTTOM = 44;
const COLOURS = ["#2563eb", "#d97706", "#059669", "#dc2626", "#7c3aed", "#0891b2"];

/** @returns the whole document. Values begin at 0, places too. */
export function svgOf({ title, series, marks = [], ticks }: Chart): string {
  const all = series.flatMap(({ points }) => points);
  const last = Math.max(1, ...all.map(([at]) => at));
  const dots = series.flatMap((one, i) => (one.dots ?? []).map(([at, value]) => ({ at, value, colour: colourOf(i) })));
  const highest = niceAbove(Math.max(0, ...all.flatMap(([, value]) => value ?? []), ...dots.map(({ value }) => value)));
  const x = (at: number) => round(LEFT + (at / last) * (WIDTH - LEFT - RIGHT));
  const y = (value: number) => round(HEIGHT - BOTTOM - (value / highest) * (HEIGHT - TOP - BOTTOM));
  const lines = series.map(({ points }, i) => {
    const path = pathOf(points.map(([at, value]) => (value === undefined ? undefined : `${x(at)} ${y(value)}`)));
    return `<path d="${path}" fill="none" stroke="${colourOf(i)}" stroke-width="1.3"/>`;
  });
  const grid = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const at = y(highest * part);
    return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" stroke="#8884"/><text x="${LEFT - 6}" y="${at + 4}" text-anchor="end">${short(highest * part)}</text>`;
  });
  const below = (ticks ?? everyFiveMinutes(last)).map(
    ({ at, label }) =>
      `<text x="${x(at)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="${at === last && at > 0 ? "end" : "middle"}">${escaped(label)}</text>`,
  );
  const measures = dots.map(
    ({ at, value, colour }) => `<circle cx="${x(at)}" cy="${y(value)}" r="2" fill="${colour}" fill-opacity="0.5"/>`,
  );
  const faults = marks.map(
    ({ at, name }) =>
      `<line x1="${x(at)}" x2="${x(at)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="#8888" stroke-dasharray="2 3"><title>${escaped(name)} at ${Math.round(at)} s</title></line>`,
  );
  const legend = series.map(
    ({ name }, i) =>
      `<text x="${round(LEFT + (i * (WIDTH - LEFT - RIGHT)) / series.length)}" y="${HEIGHT - 8}" fill="${colourOf(i)}">${escaped(name)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui,sans-serif" font-size="12" fill="#888">
<title>${escaped(title)}</title>
<text x="${LEFT}" y="20" font-size="14" font-weight="600">${escaped(title)}</text>
${[...grid, ...below, ...faults, ...lines, ...measures, ...legend].join("\n")}
</svg>
`;
}

function colourOf(series: number): string {
  return COLOURS[series % COLOURS.length] ?? "#888";
}

function everyFiveMinutes(seconds: number): { at: Place; label: string }[] {
  return Array.from({ length: Math.floor(seconds / 300) + 1 }, (_, i) => ({ at: i * 300, label: `${i * 5} min` }));
}

/** Gaps begin a new line. */
function pathOf(points: readonly (string | undefined)[]): string {
  let pen = "M";
  const steps: string[] = [];
  for (const point of points) {
    if (point !== undefined) steps.push(`${pen}${point}`);
    pen = point === undefined ? "M" : "L";
  }
  return steps.join("");
}

/** 1, 2 or 5 times a power of ten, at least 1. */
function niceAbove(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (value <= power ? 1 : value <= 2 * power ? 2 : value <= 5 * power ? 5 : 10);
}

function short(value: number): string {
  return value >= 1_000_000 ? `${value / 1_000_000} M` : value >= 10_000 ? `${value / 1_000} k` : String(round(value));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
