/** What each agent spent on each of the last days, the days without a call among them. Pure. */

export interface DaySpend {
  readonly day: string;
  readonly agent: string;
  readonly calls: number;
  readonly costUsd: number;
}

export interface AgentDays {
  readonly agent: string;
  readonly totalUsd: number;
  readonly calls: number;
  /** One for each day, the oldest first. */
  readonly days: readonly { readonly day: string; readonly costUsd: number; readonly calls: number }[];
}

const DAY_MS = 86_400_000;

/** @param now milliseconds. @returns the dearest agent first; each has the same days. */
export function spendByAgent(spent: readonly DaySpend[], count: number, now: number): readonly AgentDays[] {
  const days = Array.from({ length: count }, (_, i) =>
    new Date(now - (count - 1 - i) * DAY_MS).toISOString().slice(0, 10),
  );
  const shown = spent.filter(({ day }) => days.includes(day));
  const agents = [...new Set(shown.map(({ agent }) => agent))];
  return agents
    .map((agent) => {
      const theirs = shown.filter((one) => one.agent === agent);
      return {
        agent,
        totalUsd: sumOf(theirs.map(({ costUsd }) => costUsd)),
        calls: sumOf(theirs.map(({ calls }) => calls)),
        days: days.map((day) => {
          const found = theirs.filter((one) => one.day === day);
          return {
            day,
            costUsd: sumOf(found.map(({ costUsd }) => costUsd)),
            calls: sumOf(found.map(({ calls }) => calls)),
          };
        }),
      };
    })
    .toSorted((a, b) => b.totalUsd - a.totalUsd);
}

/** All agents together, as one more. */
export function allOf(agents: readonly AgentDays[]): AgentDays {
  const [first] = agents;
  return {
    agent: "",
    totalUsd: sumOf(agents.map(({ totalUsd }) => totalUsd)),
    calls: sumOf(agents.map(({ calls }) => calls)),
    days: (first?.days ?? []).map(({ day }, i) => ({
      day,
      costUsd: sumOf(agents.map(({ days }) => days[i]?.costUsd ?? 0)),
      calls: sumOf(agents.map(({ days }) => days[i]?.calls ?? 0)),
    })),
  };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
