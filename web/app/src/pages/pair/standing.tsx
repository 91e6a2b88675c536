// The state in one line, and the reasons for its arrow: what moved it, what was said, how the rule came to it.
import { day, percent } from "../../lib/format.ts";
import type { Evidence, EvidenceById, Mover as MoverOf, PairPage, State } from "../../lib/model.ts";
import { useHere, useKnown } from "../../lib/names.tsx";
import { code, verb, verbTogether } from "../../lib/words.ts";
import { Empty, evidenceHref, Num } from "../../parts/basics.tsx";
import { Sentence } from "../../parts/state.tsx";

export function Standing({ page, names }: { page: PairPage; names: [string, string] }) {
  const { state, evidence } = page;
  const r = state.recent;
  const friendly = r.friendly_words + r.friendly_deeds;
  const hostile = r.hostile_words + r.hostile_deeds;
  const window = { either: page.pair, kind: "event", aux: "actual", from: r.from, to: r.to };
  return (
    <section class="verdict" aria-label="State of the relation">
      <p class="state"><Sentence state={state} /></p>
      {friendly + hostile > 0 && (
        <p class="soft">
          {day(r.from)} to {day(r.to)}: <Num n={friendly} filter={{ ...window, quad: "1,2" }} /> friendly and <Num n={hostile} filter={{ ...window, quad: "3,4" }} /> hostile happenings
          {state.level && <>; tension {percent(r.tension.value)} <span class="small">({percent(r.tension.low)} to {percent(r.tension.high)})</span></>}
        </p>
      )}
      <div class="reasons">
        <div>
          <h2>Why</h2>
          <Movers state={state} evidence={evidence} names={names} />
        </div>
        <details class="worked">
          <summary>How that was worked out</summary>
          <ol>{state.reasons.map((reason, i) => <li key={i}>{reason}</li>)}</ol>
          {state.segments.length > 0 && (
            <table>
              <caption>Stretches of time in which they behaved alike</caption>
              <thead><tr><th scope="col">from</th><th scope="col">to</th><th scope="col" class="n">friendly</th><th scope="col" class="n">hostile</th><th scope="col" class="n">tension</th><th scope="col">state</th></tr></thead>
              <tbody>
                {state.segments.map((s) => (
                  <tr key={s.from}>
                    <td>{day(s.from)}</td><td>{day(s.to)}</td>
                    <td class="n"><Num n={s.friendly_words + s.friendly_deeds} filter={{ either: page.pair, kind: "event", aux: "actual", quad: "1,2", from: s.from, to: s.to }} /></td>
                    <td class="n"><Num n={s.hostile_words + s.hostile_deeds} filter={{ either: page.pair, kind: "event", aux: "actual", quad: "3,4", from: s.from, to: s.to }} /></td>
                    <td class="n">{percent(s.tension.value)}</td><td>{s.state || <span class="soft">too few</span>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </details>
      </div>
    </section>
  );
}

/** What moved it and what was said of it, each with its sentence. */
export function Movers({ state, evidence, names }: { state: State; evidence: EvidenceById; names: [string, string] }) {
  if (state.movers.length + state.said.length === 0) return <Empty>Nothing that happened or was said of {names[0]} and {names[1]} is recent enough to go by.</Empty>;
  const items = [
    ...state.movers.map((m) => ({
      date: m.date,
      li: <li key={m.record} class={m.quad > 2 ? "hostile" : "friendly"}><Mover m={m} e={evidence[m.record]} /></li>,
    })),
    ...state.said.slice(-2).map((s) => ({
      date: s.date,
      li: (
        <li key={s.record} class="said">
          <Told date={s.date} record={s.record} e={evidence[s.record]} what={`called ${[s.state, s.direction].filter(Boolean).join(" and ")}${s.past ? ", of earlier times" : ""}`} />
        </li>
      ),
    })),
  ];
  return <ol class="movers">{items.sort((x, y) => x.date.localeCompare(y.date)).map((i) => i.li)}</ol>;
}

export function Mover({ m, e }: { m: MoverOf; e: Evidence | undefined }) {
  const known = useKnown();
  // Two who did it together stand both before the event's code: "IRN, PAK SUPPORT PAK".
  const before = e?.line.split(m.event)[0] ?? "";
  const together = m.mutual || (before.includes(m.actor) && before.includes(m.recipient));
  const mode = m.mode && verb(m.event, m.mode) === verb(m.event) ? ` (${m.mode.replaceAll("-", " ")})` : "";
  const what = together
    ? `${known.state(m.actor)} and ${known.state(m.recipient)} ${verbTogether(m.event, m.mode)}${mode}`
    : `${known.state(m.actor)} ${verb(m.event, m.mode)} ${known.state(m.recipient)}${mode}`;
  return <Told date={m.date} record={m.record} e={e} what={what} tag={code(m.event, m.mode)} reports={m.reports} />;
}

function Told({ date, record, e, what, tag, reports = 0 }: { date: string; record: string; e: Evidence | undefined; what: string; tag?: string; reports?: number }) {
  const here = useHere();
  return (
    <>
      <p>
        <time dateTime={date}>{day(date)}</time> <a class="num" href={evidenceHref(here, undefined, [record])}>{what}</a> {tag && <span class="code soft">{tag}</span>}
        {reports > 1 && <span class="soft small"> reported by {reports} stories</span>}
      </p>
      {e?.text && (
        <p class="quote">
          <q>{e.text}</q> <a class="small soft" href={`/story/${encodeURIComponent(e.story)}?record=${record}`}>{e.publisher || e.title || e.story}{e.published ? ", " + day(e.published) : ""}</a>
        </p>
      )}
    </>
  );
}
