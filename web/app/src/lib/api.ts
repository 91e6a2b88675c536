// Asking the API. Answers are kept by the browser under their ETag, so that asking again is cheap.
import { useEffect, useRef, useState } from "preact/hooks";
import { onChange } from "./live.ts";
import { authorized } from "./token.ts";
import { origin, withOrigin } from "./origin.ts";

/** What the server says is wrong, in its words (application/problem+json). */
export class Problem extends Error {
  status: number;
  fields: string[];
  constructor(status: number, title: string, fields: string[]) {
    super(title);
    this.status = status;
    this.fields = fields;
  }
}

async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", ...authorized() };
  if (method !== "GET") headers["Content-Type"] = "application/json";
  let answer: Response;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? null : JSON.stringify(body), signal: signal ?? null });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, "dyad does not answer. Is `dyad serve` still running?", []);
  }
  const text = await answer.text();
  if (!answer.ok) throw problemOf(answer.status, text);
  return text ? (JSON.parse(text) as T) : (null as T);
}

function problemOf(status: number, text: string): Problem {
  try {
    const problem = JSON.parse(text) as { title?: string; detail?: string; errors?: { message: string; location?: string }[] };
    const fields = (problem.errors ?? []).map((e) => e.message);
    return new Problem(status, problem.detail && !fields.length ? problem.detail : (problem.title ?? "The request failed"), fields);
  } catch {
    return new Problem(status, `The server answered ${status}.`, []);
  }
}

export const post = <T>(path: string, body: unknown): Promise<T> => ask<T>("POST", path, body);
export const remove = <T>(path: string): Promise<T> => ask<T>("DELETE", path);
export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => ask<T>("GET", withOrigin(path), undefined, signal);

export interface Loaded<T> {
  data: T | null;
  error: Error | null;
  loading: boolean;
  reload: () => void;
}

/** The answer at a path, and again whenever the store has changed. While a path is asked again the old answer
 *  stays, so that the page does not flicker; "" asks nothing. */
export function useData<T>(path: string): Loaded<T> {
  const [answer, set] = useState<{ path: string; data: T | null; error: Error | null }>({ path: "", data: null, error: null });
  const whose = origin();
  const [loading, setLoading] = useState(path !== "");
  const [turn, again] = useState(0);
  const shown = useRef("");
  useEffect(() => onChange(() => again((n) => n + 1)), []);
  useEffect(() => {
    if (path === "") {
      set({ path, data: null, error: null });
      setLoading(false);
      return;
    }
    const abort = new AbortController();
    setLoading(true);
    get<T>(path, abort.signal).then(
      (data) => {
        shown.current = path;
        set({ path, data, error: null });
        setLoading(false);
      },
      (error: Error) => {
        if (abort.signal.aborted) return;
        set((old) => ({ path, data: shown.current === path ? old.data : null, error }));
        setLoading(false);
      },
    );
    return () => abort.abort();
  }, [path, whose, turn]);
  return { data: answer.data, error: answer.error, loading, reload: () => again((n) => n + 1) };
}
