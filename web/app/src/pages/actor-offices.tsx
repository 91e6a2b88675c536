// Who held which office when, as the codebook knows it: that is how "the president" is told apart by date.
import { useState } from "preact/hooks";
import { useData } from "../lib/api.ts";
import { day } from "../lib/format.ts";
import type { ActorPage, Coverage } from "../lib/model.ts";
import { useHere } from "../lib/names.tsx";
import { go, hrefWith } from "../lib/router.ts";
import { Empty, Section } from "../parts/basics.tsx";

export function Offices({ offices }: { offices: ActorPage["offices"] }) {
  const [all, setAll] = useState(false);
  const here = useHere();
  // As of the end of the record: whoever came into office since is nobody that its stories mean.
  const last = useData<Coverage>("/api/coverage").data?.last ?? "";
  const on = all ? "" : (here.query.get("on") ?? last);
  // Those who hold one still come first, then the latest.
  const sorted = [...offices]
    .filter((o) => !on || ((!o.from || o.from <= on) && (!o.to || on < o.to)))
    .sort((a, b) => (b.to || "9999").localeCompare(a.to || "9999") || b.from.localeCompare(a.from));
  return (
    <Section title="Offices" aside={<label>on <input type="date" value={on} onChange={(e) => go(hrefWith(here, { on: e.currentTarget.value }))} /></label>}>
      {sorted.length === 0 && <Empty>{on ? `The codebook knows of nobody in office on ${day(on)}.` : "The codebook knows of nobody in office there."}</Empty>}
      {sorted.length > 0 && (
        <table>
          <thead><tr><th scope="col">Person</th><th scope="col">office</th><th scope="col">from</th><th scope="col">to</th></tr></thead>
          <tbody>
            {sorted.map((o) => (
              <tr key={o.actor + o.office + o.from}>
                <th scope="row">{o.person}</th><td>{o.office || o.sector}</td><td class="nowrap">{o.from ? day(o.from) : "–"}</td><td class="nowrap">{o.to ? day(o.to) : "in office"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {offices.length > sorted.length && <p class="more"><button type="button" class="quiet" onClick={() => setAll(true)}>Of all times: {offices.length}</button></p>}
    </Section>
  );
}
