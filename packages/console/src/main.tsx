/** Where the console begins. */
import "@fontsource-variable/inter/wght.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/shell.css";
import "./styles/lists.css";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiError } from "./api/client.ts";
import { newAddress } from "./old-address.ts";
import { router } from "./router.tsx";

const moved = newAddress(location);
if (moved !== undefined) history.replaceState(null, "", moved);

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The live line says when an answer may have changed (api/live.tsx).
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.status >= 500,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
}
