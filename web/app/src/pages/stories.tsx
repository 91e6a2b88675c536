// The stories that were read, the latest first.
import { useData } from "../lib/api.ts";
import { filterOf, queryOf } from "../lib/filter.ts";
import { count, day } from "../lib/format.ts";
import type { Coverage, StoryHead } from "../lib/model.ts";
import { useHere } from "../lib/names.tsx";
import { go, hrefWith } from "../lib/router.ts";
import { useTitle } from "../lib/title.ts";
import { Empty, Waiting } from "../parts/basics.tsx";
import { More, useList } from "../parts/more.tsx";
import { Exports, recordExports } from "../parts/exports.tsx";

interface Page {
  items: StoryHead[];
  total: number;
  next: string;
}

const size = 50;

export default function Stories() {
  useTitle("Stories");
  const here = useHere();
  const query = queryOf(filterOf(here.query));
  const path = "/api/stories?" + query;
  const first = useList<Page>(path, size);
  const coverage = useData<Coverage>("/api/coverage");
  const items = first.data?.items ?? [];
  const set = (change: Record<string, string>) => go(hrefWith(here, change), true);
  const value = (name: string) => here.query.get(name) ?? "";
  return (
    <>
      <div class="masthead pair">
        <h1>Stories</h1>
        <div class="aside">{first.data && <span class="soft">{count(first.data.total)}</span>}<Exports items={recordExports(path, ["csv", "jsonl", "parquet"])} /></div>
      </div>
      <div class="controls">
        <label>outlet <select value={value("outlet")} onChange={(e) => set({ outlet: e.currentTarget.value })}>
          <option value="">any</option>
          {coverage.data?.outlets.filter((o) => o.outlet).map((o) => <option key={o.outlet} value={o.outlet}>{o.outlet}</option>)}
        </select></label>
        <label>published from <input type="date" value={value("published_from")} onChange={(e) => set({ published_from: e.currentTarget.value })} /></label>
        <label>to <input type="date" value={value("published_to")} onChange={(e) => set({ published_to: e.currentTarget.value })} /></label>
        {query && <a href="/stories">no filter</a>}
      </div>
      <Waiting of={first} what="stories" />
      {first.data && items.length === 0 && <Empty>No story passes this filter.</Empty>}
      {items.length > 0 && (
        <div class="scroll">
          <table class="list">
            <thead><tr><th scope="col">Published</th><th scope="col">Title</th><th scope="col">Outlet</th><th scope="col" class="n">records</th><th scope="col" class="n">copies</th></tr></thead>
            <tbody>
              {items.map((s) => (
                <tr key={s.id}>
                  <td class="nowrap">{day(s.date)}</td>
                  <th scope="row"><a href={"/story/" + encodeURIComponent(s.id)}>{s.title || s.id}</a> {s.note && <span class="small soft">{s.note}</span>}</th>
                  <td>{s.publisher || <span class="soft">–</span>}</td>
                  <td class="n">{s.records}</td>
                  <td class="n">{s.copies > 1 ? s.copies : <span class="soft">–</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More of={first} size={size} />
    </>
  );
}
