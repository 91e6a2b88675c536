// Issue by issue: what happened over it, what either side holds, what is expected.
import { useData } from "../../lib/api.ts";
import { day } from "../../lib/format.ts";
import type { Counts, Expectation, Rec, Records } from "../../lib/model.ts";
import { useHere, useKnown } from "../../lib/names.tsx";
import { stances } from "../../lib/words.ts";
import { Balance, Empty, evidenceHref, Num, Section, Waiting } from "../../parts/basics.tsx";
import { Exports, recordExports } from "../../parts/exports.tsx";

interface Row {
  issue: string;
  friendly: number;
  hostileWords: number;
  hostileDeeds: number;
  positions: [Rec[], Rec[]];
  expected: Expectation[];
}

export function IssueGrid({ pair, names, expected }: { pair: string; names: [string, string]; expected: Expectation[] }) {
  const known = useKnown();
  const codes = pair.split("-") as [string, string];
  const counts = useData<Counts>(`/api/counts?by=issue,quad&kind=event&aux=actual&either=${pair}`);
  const positions = useData<Records>(`/api/records?kind=position&actor=${codes.join(",")}&limit=500`);
  const rows = rowsOf(counts.data, positions.data?.items ?? [], expected, codes);
  const max = Math.max(1, ...rows.map((r) => Math.max(r.friendly, r.hostileDeeds + r.hostileWords)));
  return (
    <Section title="Issues" aside={<Exports items={recordExports(`/api/counts?by=issue,quad&kind=event&aux=actual&either=${pair}`, ["csv", "jsonl"])} />}>
      <Waiting of={counts} what="issues" />
      {counts.data && rows.length === 0 && <Empty>No issue that the codebook knows is told of between them.</Empty>}
      {rows.length > 0 && (
        <div class="scroll">
          <table class="issues">
            <thead>
              <tr>
                <th scope="col">Issue</th><th scope="col" class="n">hostile</th><th scope="col"><span class="unseen">drawn</span></th><th scope="col" class="n">friendly</th>
                <th scope="col">{names[0]} holds</th><th scope="col">{names[1]} holds</th><th scope="col" class="n">expected</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((r) => (
                <tr key={r.issue}>
                  <th scope="row"><a href={"/issue/" + r.issue}>{known.issue(r.issue)}</a></th>
                  <td class="n"><Num n={r.hostileWords + r.hostileDeeds} filter={{ either: pair, issue: r.issue, quad: "3,4", kind: "event", aux: "actual" }} /></td>
                  <td class="wide"><Balance friendly={r.friendly} hostileWords={r.hostileWords} hostileDeeds={r.hostileDeeds} max={max} /></td>
                  <td class="n"><Num n={r.friendly} filter={{ either: pair, issue: r.issue, quad: "1,2", kind: "event", aux: "actual" }} /></td>
                  <td class="holds"><Holds positions={r.positions[0]} /></td>
                  <td class="holds"><Holds positions={r.positions[1]} /></td>
                  <td class="n"><Num n={r.expected.length} ids={r.expected.map((e) => e.record)} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

/** The latest position, and how many there are before it. */
function Holds({ positions }: { positions: Rec[] }) {
  const here = useHere();
  const latest = positions[0];
  if (!latest) return <span class="soft">–</span>;
  return (
    <a class="held" href={evidenceHref(here, undefined, positions.map((p) => p.id))}>
      <span class={"stance " + latest.stance}>{stances[latest.stance ?? ""] ?? latest.stance}</span> {latest.content}{" "}
      <span class="soft small">{day(latest.date)}{positions.length > 1 && `, and ${positions.length - 1} before`}</span>
    </a>
  );
}

function rowsOf(counts: Counts | null, positions: Rec[], expected: Expectation[], codes: [string, string]): Row[] {
  const rows = new Map<string, Row>();
  const row = (issue: string): Row => {
    let r = rows.get(issue);
    if (!r) rows.set(issue, (r = { issue, friendly: 0, hostileWords: 0, hostileDeeds: 0, positions: [[], []], expected: [] }));
    return r;
  };
  for (const item of counts?.items ?? []) {
    if (!item.issue) continue;
    const r = row(String(item.issue));
    const n = Number(item.count);
    if (item.quad === 4 || item.quad === "4") r.hostileDeeds += n;
    else if (item.quad === 3 || item.quad === "3") r.hostileWords += n;
    else r.friendly += n;
  }
  for (const e of expected) for (const issue of e.issues) row(issue).expected.push(e);
  const newest = [...positions].sort((x, y) => y.date.localeCompare(x.date));
  for (const p of newest) {
    codes.forEach((code, side) => {
      if (!p.holder?.some((h) => h.code === code)) return;
      // A position on what the two have nothing to do with is not theirs to show here.
      for (const issue of p.issue) {
        const touches = rows.has(issue) || p.toward?.some((t) => codes.includes(t.code) && t.code !== code);
        if (touches) row(issue).positions[side]!.push(p);
      }
    });
  }
  const weight = (r: Row) => r.friendly + r.hostileDeeds + r.hostileWords + r.expected.length;
  return [...rows.values()].sort((x, y) => weight(y) - weight(x));
}
