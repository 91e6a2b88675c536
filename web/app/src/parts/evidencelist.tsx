// The list of evidence at the foot of a view, with its own filters. They stand in the address beside those of the
// view, with a dot before the name so that the two do not mix.
import { queryOf, recordsPath, type Filter } from "../lib/filter.ts";
import { count } from "../lib/format.ts";
import type { Records } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { go, hrefWith } from "../lib/router.ts";
import { auxWords } from "../lib/words.ts";
import { Empty, Section, Waiting } from "./basics.tsx";
import { Evidence } from "./evidence.tsx";
import { More, useList } from "./more.tsx";
import { Exports, recordExports } from "./exports.tsx";

interface Props {
  base: Filter;
  title: string;
  from?: string;
  to?: string;
  codes?: [string, string];
}

const size = 20;

export function EvidenceList({ base, title, from = "", to = "", codes }: Props) {
  const here = useHere();
  const known = useKnown();
  const own = (name: string) => here.query.get("." + name) ?? "";
  const set = (name: string, value: string) => go(hrefWith(here, { ["." + name]: value }), true);
  const filter: Filter = { ...base, ...(from ? { from } : {}), ...(to ? { to } : {}) };
  for (const name of ["kind", "aux", "issue", "quad", "fold"]) if (own(name)) filter[name] = own(name);
  const way = own("way");
  if (codes && way) {
    delete filter.either;
    [filter.actor, filter.recipient] = way === "ab" ? codes : [codes[1], codes[0]];
  }
  const order = own("order");
  const first = useList<Records>(recordsPath(filter, { order }), size);
  const items = first.data?.items ?? [];
  const select = (name: string, label: string, options: [string, string][]) => (
    <label>
      {label}{" "}
      <select value={own(name)} onChange={(e) => set(name, e.currentTarget.value)}>
        {options.map(([value, text]) => <option key={value} value={value}>{text}</option>)}
      </select>
    </label>
  );
  return (
    <Section title={title} aside={<>{first.data && <span>{count(first.data.total)} records</span>}<a href={"/records?" + queryOf(filter)}>all filters</a><Exports items={recordExports(recordsPath(filter))} /></>}>
      <div class="controls">
        {codes && select("way", "direction", [["", "both"], ["ab", `${known.state(codes[0])} →`], ["ba", `${known.state(codes[1])} →`]])}
        {select("kind", "kind", [["", "all"], ...["event", "position", "expectation", "claim", "visit"].map((k): [string, string] => [k, k + "s"])])}
        {select("quad", "tone", [["", "any"], ["1,2", "friendly"], ["3,4", "hostile"], ["4", "hostile deeds"]])}
        {select("aux", "told as", [["", "anything"], ...Object.entries(auxWords)])}
        {!base.issue && select("issue", "issue", [["", "any"], ...known.codebook.issues.map((i): [string, string] => [i.id, i.name])])}
        {select("order", "order", [["", "newest first"], ["oldest", "oldest first"]])}
        <label><input type="checkbox" checked={own("fold") === "false"} onChange={(e) => set("fold", e.currentTarget.checked ? "false" : "")} /> every report</label>
      </div>
      <Waiting of={first} what="evidence" />
      {first.data && items.length === 0 && <Empty>No record passes this filter.</Empty>}
      <div class={"columns" + (first.loading && first.data ? " stale" : "")}>
        {items.map((r) => <Evidence key={r.id} record={r} story={first.data?.stories[r.story]} />)}
      </div>
      <More of={first} size={size} />
    </Section>
  );
}
