/** Who reads the log, how far each is, and how the subscribers outside are doing. */
import { z } from "zod";
import { standings } from "../consumers/rebuild.ts";
import { operation } from "../operations/operation.ts";
import { listSubscribers } from "./rows/subscribers.ts";
import { consumerView, subscriberView } from "./views.ts";

export const consumers = operation({
  input: z.object({}),
  answer: z.object({ consumers: z.array(consumerView), subscribers: z.array(subscriberView) }),
  run: async ({ db, consumers: known }) => {
    const [found, subscribers] = await Promise.all([standings(db), listSubscribers(db)]);
    const all = found.map((standing) => {
      const consumer = known.find((one) => one.name === standing.name);
      return { ...standing, about: consumer?.about ?? "", mayRebuild: consumer?.reset !== undefined };
    });
    return { consumers: all, subscribers };
  },
});
