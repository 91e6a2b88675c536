import type { Loaded } from "../lib/api.ts";
import { count } from "../lib/format.ts";

const most = 1000; // that the API gives at once

interface Page {
  items: unknown[];
  total: number;
}

/** Twice as much of a list. It is asked for whole, so that it stays right when the store changes meanwhile. */
export function More({ of, limit, set }: { of: Loaded<Page>; limit: number; set: (limit: number) => void }) {
  const page = of.data;
  if (!page || page.items.length >= page.total) return null;
  if (limit >= most) return <p class="soft small">The first {count(page.items.length)} of {count(page.total)}. An export has all of them.</p>;
  return (
    <button type="button" class="quiet more" onClick={() => set(Math.min(most, limit * 2))} disabled={of.loading}>
      {of.loading ? "Reading …" : `More: ${count(page.items.length)} of ${count(page.total)} are shown`}
    </button>
  );
}
