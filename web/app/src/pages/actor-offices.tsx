// Who held which office when, as the codebook knows it: that is how "the president" is told apart by date.
import { useState } from "preact/hooks";
import { day } from "../lib/format.ts";
import type { ActorPage } from "../lib/model.ts";
import { Empty, Section } from "../parts/basics.tsx";

const most = 10;

export function Offices({ offices }: { offices: ActorPage["offices"] }) {
  const [all, setAll] = useState(false);
  const [on, setOn] = useState("");
  // Those who hold one still come first, then the latest.
  const sorted = [...offices]
    .filter((o) => !on || ((!o.from || o.from <= on) && (!o.to || on < o.to)))
    .sort((a, b) => (b.to || "9999").localeCompare(a.to || "9999") || b.from.localeCompare(a.from));
  const shown = all || on ? sorted : sorted.slice(0, most);
  return (
    <Section title="Offices" aside={<label>on <input type="date" value={on} onInput={(e) => setOn(e.currentTarget.value)} /></label>}>
      {shown.length === 0 && <Empty>{on ? `The codebook knows of nobody in office on ${day(on)}.` : "The codebook knows of nobody in office there."}</Empty>}
      {shown.length > 0 && (
        <table>
          <thead><tr><th scope="col">Person</th><th scope="col">office</th><th scope="col">from</th><th scope="col">to</th></tr></thead>
          <tbody>
            {shown.map((o) => (
              <tr key={o.actor + o.office + o.from}>
                <th scope="row">{o.person}</th><td>{o.office || o.sector}</td><td class="nowrap">{o.from ? day(o.from) : "–"}</td><td class="nowrap">{o.to ? day(o.to) : "in office"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!all && !on && sorted.length > most && <button type="button" class="quiet" onClick={() => setAll(true)}>All {sorted.length}</button>}
    </Section>
  );
}
