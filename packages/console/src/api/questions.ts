/** All questions that were asked, and their answers. */
import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./client.ts";

export const questions = new QueryClient({
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
