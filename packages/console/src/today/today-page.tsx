/** Today: how quickly leads are answered, what waits for me, what needs attention, and the flows at work. */
import { useQuery } from "@tanstack/react-query";
import { useMe } from "../api/me.ts";
import { overviewQuery } from "../api/queries.ts";
import { Page } from "../parts/page.tsx";
import { Answered } from "../parts/states.tsx";
import { Attention } from "./attention.tsx";
import { Breaches } from "./breaches.tsx";
import { Cascades } from "./cascades.tsx";
import { FlowMap } from "./flow-map.tsx";
import { Numbers } from "./numbers.tsx";
import { WaitsForMe } from "./waits-for-me.tsx";

export function TodayPage() {
  const overview = useQuery(overviewQuery);
  const me = useMe();
  return (
    <Page title="Today" about={me === "" ? undefined : <Greeting me={me} />} className="today">
      <Answered query={overview} rows={2}>
        {(found) => <Numbers overview={found} />}
      </Answered>
      <div className="board">
        <div className="column">
          <WaitsForMe />
          <Breaches />
          <Cascades />
        </div>
        <div className="column">
          <Attention />
          <FlowMap />
        </div>
      </div>
    </Page>
  );
}

function Greeting({ me }: { readonly me: string }) {
  const date = new Date().toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
  return (
    <>
      {date}, {me}
    </>
  );
}
