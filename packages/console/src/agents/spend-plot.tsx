/** Spend by day: one row of bars for all agents, against the cap of the day, and one for each agent; all on one scale. */
import { Panel } from "../parts/basics.tsx";
import { now } from "../parts/clock.ts";
import { capital, humanly } from "../words/names.ts";
import { moneyWords, plural } from "../words/time.ts";
import { type AgentDays, allOf, type DaySpend, spendByAgent } from "./spend-days.ts";

const DAYS = 14;
/** Of the drawing; it is stretched to the room there is. */
const WIDTH = 280;
const HEIGHT = 44;
const GAP = 3;

interface Caps {
  readonly perTaskUsd: number;
  readonly perContactUsd: number;
  readonly perDayUsd: number;
}

export function SpendPlot({ spent, caps }: { readonly spent: readonly DaySpend[]; readonly caps: Caps | null }) {
  const agents = spendByAgent(spent, DAYS, now());
  if (agents.length === 0) return null;
  const all = allOf(agents);
  const highest = Math.max(...all.days.map(({ costUsd }) => costUsd));
  // The cap is drawn where it says something: from half of it on.
  const capUsd = caps !== null && highest >= caps.perDayUsd / 2 ? caps.perDayUsd : undefined;
  const scale = Math.max(highest, capUsd ?? 0) || 1;
  return (
    <Panel title="Spend by day" hint={`the last ${DAYS} days, which end at midnight UTC; bars of one scale`}>
      <ul className="rows" aria-label="Spend by day">
        <AgentBars of={all} name="All agents" scale={scale} capUsd={capUsd} />
        {agents.map((one) => (
          <AgentBars key={one.agent} of={one} name={capital(humanly(one.agent))} scale={scale} />
        ))}
      </ul>
      {caps !== null && (
        <p className="padded about">
          At most {moneyWords(caps.perDayUsd)} a day, {moneyWords(caps.perContactUsd)} for one contact in 30 days,{" "}
          {moneyWords(caps.perTaskUsd)} for one task. At a cap no model is asked, and a person does the work.
        </p>
      )}
    </Panel>
  );
}

function AgentBars({
  of: { days, totalUsd, calls },
  name,
  scale,
  capUsd,
}: {
  readonly of: AgentDays;
  readonly name: string;
  /** US dollars of a bar as high as the plot. */
  readonly scale: number;
  readonly capUsd?: number | undefined;
}) {
  const step = WIDTH / days.length;
  const today = days.at(-1)?.costUsd ?? 0;
  const words = `${name}: ${moneyWords(today)} today, ${moneyWords(totalUsd)} in ${days.length} days`;
  return (
    <li className="row spend">
      <b className="grow">{name}</b>
      <svg className="bars" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={words}>
        <path className="base" d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
        {days.map(({ day, costUsd, calls: asked }, i) => {
          const height = costUsd === 0 ? 0 : Math.max(1.5, (costUsd / scale) * (HEIGHT - 2));
          return (
            <g key={day}>
              <title>{`${day}: ${moneyWords(costUsd)}, ${plural(asked, "call")}`}</title>
              <rect className="room" x={i * step} y={0} width={step} height={HEIGHT} />
              <rect
                className={i === days.length - 1 ? "bar today" : "bar"}
                x={i * step + GAP / 2}
                y={HEIGHT - height}
                width={step - GAP}
                height={height}
              />
            </g>
          );
        })}
        {capUsd !== undefined && (
          <path className="cap" d={`M0 ${HEIGHT - (capUsd / scale) * (HEIGHT - 2)}H${WIDTH}`}>
            <title>{`the cap of a day: ${moneyWords(capUsd)}`}</title>
          </path>
        )}
      </svg>
      <span className="spent">
        <b>{moneyWords(today)}</b> <span className="about">today</span>
      </span>
      <span className="spent">
        {moneyWords(totalUsd)} <span className="about">in {plural(calls, "call")}</span>
      </span>
    </li>
  );
}
