/** The engine's side of agent.py: a kind of task that no agent inside does, and a workflow that asks for it. Run it: millrace start */
import { defineConfig, on, task, workflow } from "millrace";

declare module "millrace" {
  interface TaskKinds {
    look_up_company: true;
  }
}

const companies = workflow("companies", { about: "The company of a lead is looked up." }, [
  on(
    "form_submitted",
    task("look_up_company", { payload: ({ event }) => ({ email: String(event.data.fields.email) }) }),
  ),
]);

export default defineConfig({
  tasks: {
    look_up_company: {
      about: "Look the lead's company up in the directory.",
      priority: "MEDIUM",
      dueIn: "10m",
      doneBy: "directory",
      emits: ["contact_updated"],
    },
  },
  workflows: [companies],
});
