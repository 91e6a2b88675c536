// One country or organisation: what it does and what is done to it, with whom, and who holds which office.
import { useData } from "../lib/api.ts";
import type { ActorPage, Quads } from "../lib/model.ts";
import { useKnown } from "../lib/names.tsx";
import { useTitle } from "../lib/title.ts";
import type { PageProps } from "../main.tsx";
import { Balance, Empty, Num, Section, StateLink, Waiting } from "../parts/basics.tsx";
import { EvidenceList } from "../parts/evidencelist.tsx";
import { Exports, recordExports } from "../parts/exports.tsx";
import { VisitTable } from "../parts/visits.tsx";
import type { Visits } from "../lib/model.ts";
import { Months } from "./actor-months.tsx";
import { Offices } from "./actor-offices.tsx";

export default function Actor({ id }: PageProps) {
  const known = useKnown();
  const code = id.toUpperCase();
  const loaded = useData<ActorPage>("/api/actors/" + code);
  const visits = useData<Visits>("/api/visits?country=" + code);
  const page = loaded.data;
  const name = page?.name ?? known.state(code);
  useTitle(name);
  return (
    <>
      <div class="masthead pair">
        <p class="soft small">Actor, {code}</p>
        <h1>{name}</h1>
        <div class="aside"><Exports label="Records" items={recordExports(`/api/records?either=${code}`)} /></div>
      </div>
      <Waiting of={loaded} what={"record of " + name} />
      {page && (
        <>
          <p class="soft">
            {page.capitals.length > 0 && <>Capital {page.capitals.join(", ")}. </>}
            {page.borders.length > 0 && <>Borders {page.borders.map((b, i) => <span key={b}>{i > 0 && ", "}<StateLink code={b} /></span>)}.</>}
          </p>
          <Months page={page} />
          <div class="halves">
            <div>
              <Section title="With whom" aside={<Exports items={recordExports(`/api/counts?by=pair,quad&kind=event&aux=actual&either=${code}`, ["csv", "jsonl"])} />}>
                <Partners page={page} />
              </Section>
              <Section title="Visits">
                <Waiting of={visits} what="visits" />
                {visits.data && (visits.data.items.length ? <VisitTable visits={visits.data} most={8} /> : <Empty>No visit is told of.</Empty>)}
              </Section>
            </div>
            <div>
              <Section title="What it does, and what is done to it" id="does">
                <EventTable page={page} />
              </Section>
              <Offices offices={page.offices} />
            </div>
          </div>
        </>
      )}
      <EvidenceList base={{ either: code }} title="Evidence" />
    </>
  );
}

const sum = (q: Quads): number => q[0] + q[1] + q[2] + q[3];

function Partners({ page }: { page: ActorPage }) {
  const rows = [...page.partners].sort((a, b) => sum(b.done) + sum(b.received) - sum(a.done) - sum(a.received));
  const max = Math.max(1, ...rows.flatMap((p) => [p.done, p.received]).map((q) => Math.max(q[0] + q[1], q[2] + q[3])));
  if (rows.length === 0) return <Empty>Nothing is told of it together with another.</Empty>;
  const filter = (from: string, to: string) => ({ actor: from, recipient: to, kind: "event", aux: "actual" });
  return (
    <div class="scroll">
      <table>
        <thead><tr><th scope="col">Partner</th><th scope="col" class="n">does</th><th scope="col"><span class="unseen">drawn</span></th><th scope="col" class="n">receives</th><th scope="col"><span class="unseen">drawn</span></th></tr></thead>
        <tbody>
          {rows.slice(0, 25).map((p) => (
            <tr key={p.code}>
              <th scope="row"><a href={`/pair/${[page.code, p.code].sort().join("-")}`}>{p.name || p.code}</a></th>
              <td class="n"><Num n={sum(p.done)} filter={filter(page.code, p.code)} /></td>
              <td class="wide"><Balance friendly={p.done[0] + p.done[1]} hostileWords={p.done[2]} hostileDeeds={p.done[3]} max={max} /></td>
              <td class="n"><Num n={sum(p.received)} filter={filter(p.code, page.code)} /></td>
              <td class="wide"><Balance friendly={p.received[0] + p.received[1]} hostileWords={p.received[2]} hostileDeeds={p.received[3]} max={max} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EventTable({ page }: { page: ActorPage }) {
  const known = useKnown();
  const quad = new Map(known.codebook.events.map((e) => [e.id, e]));
  const rows = [...page.events].sort((a, b) => b.done + b.received - a.done - a.received);
  if (rows.length === 0) return <Empty>No event.</Empty>;
  return (
    <table>
      <thead><tr><th scope="col">Event</th><th scope="col" class="n">does</th><th scope="col" class="n">receives</th></tr></thead>
      <tbody>
        {rows.map((e) => (
          <tr key={e.event}>
            <th scope="row"><span class={"code " + ((quad.get(e.event)?.quad ?? 0) > 2 ? "t-conf" : "t-coop")}>{e.event}</span> <span class="small soft">{quad.get(e.event)?.name}</span></th>
            <td class="n"><Num n={e.done} filter={{ actor: page.code, event: e.event, kind: "event", aux: "actual" }} /></td>
            <td class="n"><Num n={e.received} filter={{ recipient: page.code, event: e.event, kind: "event", aux: "actual" }} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

