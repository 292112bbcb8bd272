/** HubSpot's own association type ids, always in pairs: there and back. Everything else gets an id of its own, kept stable. */
import { OBJECT_TYPES } from "./object-types.ts";

export type AssociationType = { typeId: number; from: string; to: string; label: string | null; inverseId: number };

/** from, to, id there, id back, label. The first line of a pair of types is its unlabelled default. */
const PAIRS: [from: string, to: string, there: number, back: number, label?: string][] = [
  ["0-1", "0-2", 279, 280],
  ["0-1", "0-2", 1, 2, "Primary"],
  ["0-1", "0-1", 449, 449],
  ["0-2", "0-2", 450, 450],
  ["0-2", "0-2", 13, 14, "Parent company"],
  ["0-3", "0-3", 451, 451],
  ["0-5", "0-5", 452, 452],
  ["0-3", "0-1", 3, 4],
  ["0-3", "0-2", 341, 342],
  ["0-3", "0-2", 5, 6, "Primary"],
  ["0-1", "0-5", 15, 16],
  ["0-5", "0-2", 339, 340],
  ["0-5", "0-2", 26, 25, "Primary"],
  ["0-3", "0-5", 27, 28],
  ["0-3", "0-8", 19, 20],
  ["0-3", "0-14", 63, 64],
  ["0-14", "0-8", 67, 68],
  ["0-14", "0-1", 69, 70],
  ["0-14", "0-2", 71, 72],
  ["0-18", "0-1", 81, 82],
  ["0-18", "0-5", 83, 84],
  ["0-18", "0-3", 85, 86],
  ["0-18", "0-2", 87, 88],
  ["0-2", "0-48", 181, 182],
  ["0-2", "0-49", 185, 186],
  ["0-2", "0-47", 187, 188],
  ["0-2", "0-46", 189, 190],
  ["0-2", "0-27", 191, 192],
  ["0-1", "0-48", 193, 194],
  ["0-1", "0-49", 197, 198],
  ["0-1", "0-47", 199, 200],
  ["0-1", "0-46", 201, 202],
  ["0-1", "0-27", 203, 204],
  ["0-3", "0-48", 205, 206],
  ["0-3", "0-49", 209, 210],
  ["0-3", "0-47", 211, 212],
  ["0-3", "0-46", 213, 214],
  ["0-3", "0-27", 215, 216],
  ["0-14", "0-27", 217, 218],
  ["0-5", "0-48", 219, 220],
  ["0-5", "0-49", 223, 224],
  ["0-5", "0-47", 225, 226],
  ["0-5", "0-46", 227, 228],
  ["0-5", "0-27", 229, 230],
  ["0-48", "0-47", 399, 400],
  ["0-116", "0-1", 453, 454],
  ["0-116", "0-5", 455, 456],
  ["0-116", "0-3", 457, 458],
  ["0-116", "0-2", 459, 460],
];

const BY_PAIR = new Map<string, AssociationType[]>();

function add(type: AssociationType): void {
  const key = `${type.from}>${type.to}`;
  const known = BY_PAIR.get(key) ?? [];
  if (!known.some(({ typeId }) => typeId === type.typeId)) BY_PAIR.set(key, [...known, type]);
}

for (const [from, to, there, back, label] of PAIRS) {
  const isDirected = there === 13;
  add({ typeId: there, from, to, label: label ?? null, inverseId: back });
  add({ typeId: back, from: to, to: from, label: isDirected ? "Child Company" : (label ?? null), inverseId: there });
}

// Pairs HubSpot has not published here get numbers above its own, the same in every run.
const numbers = new Map(OBJECT_TYPES.map((type, index) => [type.typeId, index]));
for (const [from, a] of numbers) {
  for (const [to, b] of numbers) {
    if (BY_PAIR.has(`${from}>${to}`)) continue;
    add({ typeId: 10_000 + a * 100 + b, from, to, label: null, inverseId: 10_000 + b * 100 + a });
  }
}

/** The types between two kinds of records, the unlabelled default first. */
export function typesBetween(from: string, to: string): readonly AssociationType[] {
  return BY_PAIR.get(`${from}>${to}`) ?? [];
}
