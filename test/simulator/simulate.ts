/** One seed: its history decided in several ways, each checked, and their outcomes compared. Called by the test and by `npm run simulate`. */
import { isDeepStrictEqual } from "node:util";
import { messageOf } from "../../packages/millrace/src/base/errors.ts";
import { Random } from "../../packages/millrace/src/cli/demo/random.ts";
import type { CascadeRules } from "../../packages/millrace/src/decider/cascade-unit.ts";
import { SimulatedEngine, type Way } from "./engine.ts";
import { type History, historyOf, type Outside, RUMOUR } from "./history.ts";
import { checkAll } from "./invariants.ts";
import { outcomeOf } from "./outcome.ts";
import { simulatedRules } from "./rules.ts";
import { type Store, Violation } from "./store.ts";
import { dueTasks, endedByPerson, work } from "./work.ts";

export interface Failure {
  readonly seed: number;
  readonly way: string;
  readonly what: string;
}

export interface Simulated {
  readonly failure: Failure | undefined;
  /** Events in all logs of the seed. */
  readonly events: number;
}

const rulesWith = [simulatedRules(false), simulatedRules(true)] as const;
const EVERYTHING = 100_000;
const DAY_MS = 86_400_000;

/** Decides the history of a seed in every way. */
export function simulate(seed: number): Simulated {
  const history = historyOf(seed);
  const rules = rulesWith[history.withCrm ? 1 : 0];
  let events = 0;
  let first: Readonly<Record<string, unknown>> | undefined;
  for (const { way, isComparable, order } of waysOf(history)) {
    try {
      const store = decided(history, rules, way, { order, isWhole: isComparable });
      events += store.log.length;
      if (!isComparable) continue;
      const outcome = outcomeOf(store);
      first ??= outcome;
      const difference = differenceOf(first, outcome);
      if (difference !== undefined) throw new Violation(`another outcome than at once: ${difference}`);
    } catch (error) {
      const what = error instanceof Violation ? error.message : ((error as Error).stack ?? messageOf(error));
      return { failure: { seed, way: way.name, what }, events };
    }
  }
  return { failure: undefined, events };
}

interface Variant {
  readonly way: Way;
  /** All events of one contact are decided together, so the outcome has to be the same. */
  readonly isComparable: boolean;
  readonly order: (outside: readonly Outside[]) => readonly Outside[];
}

function waysOf({ seed, rounds }: History): Variant[] {
  const random = new Random(seed ^ 0x5eed);
  // How wide a chain may become is counted within a batch: in batches of one it is the depth alone that ends it, at 2^12.
  const isWide = rounds.some(({ outside }) => outside.some(({ type }) => type === RUMOUR));
  const some = (most: number) => () => (isWide ? EVERYTHING : random.whole(1, most));
  const hole = () => (random.next() < 0.2 ? random.whole(1, 5) : 0);
  const asTold = (outside: readonly Outside[]) => outside;
  /** Contacts in another order, each one's own events as they came. */
  const byContact = (outside: readonly Outside[]) => {
    const groups = [...Map.groupBy(outside, ({ contact }) => contact).values()];
    return random.next() < 0.5 ? groups.flat() : groups.toReversed().flat();
  };
  const isSparse = rounds.every(
    ({ outside }) => new Set(outside.map(({ contact }) => contact)).size === outside.length,
  );
  const always = () => true;
  const runner = { door: undefined, hole };
  const all = () => EVERYTHING;
  return [
    {
      way: { name: "at once", batch: all, decidesResults: always, ...runner, hole: () => 0 },
      isComparable: true,
      order: asTold,
    },
    {
      way: { name: "at the door", batch: all, decidesResults: always, door: some(4), hole },
      isComparable: true,
      order: byContact,
    },
    {
      way: { name: "in batches", batch: some((seed % 3) + 1), decidesResults: () => random.next() < 0.5, ...runner },
      isComparable: false,
      order: byContact,
    },
    {
      way: { name: "one by one", batch: some(1), decidesResults: always, ...runner },
      isComparable: isSparse,
      order: asTold,
    },
  ];
}

/** @param isWhole only what arrives is taken in batches: of timers and results one contact may have several. */
function decided(
  history: History,
  rules: CascadeRules,
  way: Way,
  { order, isWhole }: Pick<Variant, "order"> & { readonly isWhole: boolean },
): Store {
  const engine = new SimulatedEngine(rules, way);
  const { store } = engine;
  const seedIsEven = history.seed % 2 === 0;
  const last = history.rounds.at(-1)?.at ?? 0;
  const after = [1, 4, 30].map((days) => ({ at: last + days * DAY_MS, outside: [] }));
  for (const { at, outside } of [...history.rounds, ...after]) {
    if (isWhole || seedIsEven) engine.fireTimers(at);
    if (isWhole) engine.run(at, true);
    engine.arrive(order(outside), at);
    // Behind what arrived, in the log; where it was fired before, none is due any more.
    engine.fireTimers(at);
    engine.run(at);
    for (let turn = 0; turn < 3; turn++) {
      for (const tasks of dueTasks(store, rules, at)) {
        const there = tasks.filter(({ id }) => store.taskOf(id) !== undefined);
        if (there.length === 0) continue;
        engine.finish(work(there, store, rules, at, history.seed), at);
        engine.run(at, isWhole);
      }
    }
    for (const task of endedByPerson(store, rules, at, history.seed)) {
      if (store.taskOf(task.id) === undefined) continue;
      engine.endByPerson(task, at);
      engine.run(at, isWhole);
    }
  }
  checkAll(store, rules);
  return store;
}

/** @returns where two outcomes differ first, in words; undefined when they do not. */
function differenceOf(a: unknown, b: unknown, path = ""): string | undefined {
  if (isDeepStrictEqual(a, b)) return undefined;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return `${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const difference = differenceOf((a as never)[key], (b as never)[key], `${path}/${key}`);
    if (difference !== undefined) return difference;
  }
  // The same values, the keys in another order: contacts are compared by their text.
  return `${path}: the keys stand in another order`;
}
