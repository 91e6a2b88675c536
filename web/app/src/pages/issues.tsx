// All issues: who is a party, how much is told of each, and since when nothing was.
import { useData } from "../lib/api.ts";
import { count, day } from "../lib/format.ts";
import type { IssueRow } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { hrefWith } from "../lib/router.ts";
import { useTitle } from "../lib/title.ts";
import { Empty, Num, Waiting } from "../parts/basics.tsx";
import { Exports, recordExports } from "../parts/exports.tsx";

type Column = "records" | "last" | "name";

export default function Issues() {
  useTitle("Issues");
  const here = useHere();
  const known = useKnown();
  const loaded = useData<{ items: IssueRow[] }>("/api/issues");
  const sort = (here.query.get("sort") ?? "records") as Column;
  const told = (loaded.data?.items ?? []).filter((i) => i.records > 0);
  const silent = (loaded.data?.items ?? []).filter((i) => i.records === 0);
  const rows = [...told].sort((a, b) => (sort === "name" ? a.name.localeCompare(b.name) : sort === "last" ? b.last.localeCompare(a.last) : b.records - a.records));
  const head = (column: Column, label: string, n = false) => (
    <th scope="col" class={n ? "n" : ""} aria-sort={sort === column ? (column === "name" ? "ascending" : "descending") : undefined}>
      <a href={hrefWith(here, { sort: column === "records" ? "" : column })}>{label}{sort === column ? " ↓" : ""}</a>
    </th>
  );
  return (
    <>
      <div class="masthead pair">
        <h1>Issues</h1>
        <div class="aside"><Exports items={recordExports("/api/counts?by=issue,kind", ["csv", "jsonl"])} /></div>
      </div>
      <Waiting of={loaded} what="issues" />
      {loaded.data && told.length === 0 && <Empty>No story tells of any issue that the codebook knows.</Empty>}
      {rows.length > 0 && (
        <div class="scroll">
          <table class="list">
            <thead><tr>{head("name", "Issue")}<th scope="col">parties</th>{head("records", "records", true)}<th scope="col" class="n">positions</th><th scope="col" class="n">expected</th>{head("last", "last told of")}</tr></thead>
            <tbody>
              {rows.map((i) => (
                <tr key={i.id}>
                  <th scope="row"><a href={"/issue/" + i.id}>{i.name}</a></th>
                  <td class="soft">{i.parties.map(known.state).join(", ") || "–"}</td>
                  <td class="n"><Num n={i.records} filter={{ issue: i.id }} /></td>
                  <td class="n"><Num n={i.positions} filter={{ issue: i.id, kind: "position" }} /></td>
                  <td class="n"><Num n={i.expectations} filter={{ issue: i.id, kind: "expectation" }} /></td>
                  <td>{i.last ? day(i.last) : "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {silent.length > 0 && (
        <p class="small soft silent">
          Nothing is told of {count(silent.length)} more: {silent.map((i, n) => <span key={i.id}>{n > 0 && ", "}<a href={"/issue/" + i.id}>{i.name}</a></span>)}.
        </p>
      )}
    </>
  );
}
