// A list of which more and more is shown: twice as much each time, up to what the API gives at once; then on to the
// next part of it.
import { useState } from "preact/hooks";
import { useData, type Loaded } from "../lib/api.ts";
import { count } from "../lib/format.ts";
import { begin, further, most, type At, type Page } from "../lib/paging.ts";

export interface List<T extends Page> extends Loaded<T> {
  at: At;
  set: (at: At) => void;
}

/** The part of a list that is shown. It is asked for whole, so that it stays right when the store changes meanwhile. */
export function useList<T extends Page>(path: string, size: number): List<T> {
  const [kept, set] = useState<{ path: string; at: At }>({ path, at: begin(size) });
  const at = kept.path === path ? kept.at : begin(size); // another list begins at its start
  const cursor = at.cursor && "&cursor=" + at.cursor;
  const loaded = useData<T>(`${path}${path.includes("?") ? "&" : "?"}limit=${at.limit}${cursor}`);
  return { ...loaded, at, set: (next) => set({ path, at: next }) };
}

export function More<T extends Page>({ of, size }: { of: List<T>; size: number }) {
  const { data: page, at, loading } = of;
  if (!page || (!page.next && !at.cursor)) return null;
  const shown = page.items.length;
  const turn = (next: At, event: MouseEvent) => {
    of.set(next);
    // What follows stands where this stood.
    if (next.cursor !== at.cursor) (event.currentTarget as Element).closest(".drawer, .section, main")?.scrollIntoView();
  };
  return (
    <p class="actions more">
      {page.next && (
        <button type="button" class="quiet" onClick={(e) => turn(further(at, page), e)} disabled={loading}>
          {loading ? "Reading …" : at.limit < most ? `More: ${count(shown)} of ${count(page.total)} are shown` : `On: ${count(at.before + 1)} to ${count(at.before + shown)} of ${count(page.total)} are shown`}
        </button>
      )}
      {at.cursor && <button type="button" class="quiet" onClick={(e) => turn(begin(size), e)}>From the start</button>}
    </p>
  );
}
