// The names of states and issues, asked once and handed to every part of the page.
import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { Problem, useData } from "./api.ts";
import type { About, Codebook } from "./model.ts";
import type { Names } from "./words.ts";
import type { Where } from "./router.ts";

export interface Known extends Names {
  states: { code: string; name: string }[];
  codebook: Codebook;
  about: About | null;
  locked: boolean; // the server wants a token even for reading
}

const none: Codebook = { hash: "", events: [], issues: [], sectors: [] };
export const KnownContext = createContext<Known>({ state: (c) => c, issue: (i) => i, states: [], codebook: none, about: null, locked: false });
export const useKnown = (): Known => useContext(KnownContext);

export const WhereContext = createContext<Where>({ path: "/", query: new URLSearchParams() });
export const useHere = (): Where => useContext(WhereContext);

export function useNames(): Known {
  const asked = useData<{ items: { code: string; name: string }[] }>("/api/states");
  const states = asked.data?.items;
  const locked = asked.error instanceof Problem && asked.error.status === 401;
  const codebook = useData<Codebook>("/api/codebook").data;
  const about = useData<About>("/api/about").data;
  return useMemo(() => {
    const stateNames = new Map((states ?? []).map((s) => [s.code, s.name]));
    const issueNames = new Map((codebook?.issues ?? []).map((i) => [i.id, i.name]));
    return {
      state: (code) => stateNames.get(code) ?? (code || "nobody named"),
      issue: (id) => issueNames.get(id) ?? (id ? id.replaceAll("-", " ") : "no known issue"),
      states: states ?? [],
      codebook: codebook ?? none,
      about,
      locked,
    };
  }, [states, codebook, about, locked]);
}
