/** Today: how quickly leads are answered, what waits for me, what needs attention, and the flows at work. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useMe } from "../api/me.ts";
import { overviewQuery } from "../api/queries.ts";
import { afterPaint } from "../parts/after-paint.ts";
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
          <AfterFirst>
            <Breaches />
            <Cascades />
          </AfterFirst>
        </div>
        <div className="column">
          <AfterFirst>
            <Attention />
            <FlowMap />
          </AfterFirst>
        </div>
      </div>
    </Page>
  );
}

/** The numbers and one's own work are seen first; what is drawn around them comes a frame later. */
function AfterFirst({ children }: { readonly children: ReactNode }) {
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => afterPaint(() => setDrawn(true)), []);
  return isDrawn && children;
}

function Greeting({ me }: { readonly me: string }) {
  const date = new Date().toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
  return (
    <>
      {date}, {me}
    </>
  );
}
