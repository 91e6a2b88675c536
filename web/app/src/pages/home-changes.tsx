// What is out of the ordinary: pairs that moved against their own past, firsts of a kind, contradictions.
import { bounds, day, daysBetween, plural, signed } from "../lib/format.ts";
import type { Changes, Coverage, First, Move } from "../lib/model.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { hrefWith } from "../lib/router.ts";
import { code, recordLine, verb } from "../lib/words.ts";
import { Arrow, Empty, evidenceHref, Num, PairLink } from "../parts/basics.tsx";

const most = 6;

export function ChangeList({ changes, coverage }: { changes: Changes; coverage: Coverage | null }) {
  const here = useHere();
  const { moves, firsts, contradictions } = changes;
  const shownFirsts = here.query.get("firsts") === "all" ? firsts : firsts.slice(0, most);
  if (!moves.length && !firsts.length && !contradictions.length) return <Ordinary changes={changes} coverage={coverage} />;
  return (
    <ul class="changes">
      {moves.map((m) => <MoveItem key={m.pair} move={m} changes={changes} />)}
      {shownFirsts.map((f) => <FirstItem key={f.record + f.actor + f.recipient} first={f} changes={changes} />)}
      {firsts.length > shownFirsts.length && <li><a href={hrefWith(here, { firsts: "all" })}>All {firsts.length} that happened for the first time in a year</a></li>}
      {contradictions.map((c) => <Denied key={c.says.id + c.denies.id} pair={c} />)}
    </ul>
  );
}

function MoveItem({ move: m, changes }: { move: Move; changes: Changes }) {
  const most = Math.abs(m.hostile.score) >= Math.abs(m.friendly.score) ? m.hostile : m.friendly;
  const what = most === m.hostile ? "hostile" : "friendly";
  return (
    <li>
      <span class="kind">moved</span>
      <PairLink pair={m.pair} /> <Arrow direction={m.direction} /> {m.direction || "changed"}:{" "}
      <Num n={most.now} filter={{ either: m.pair, quad: what === "hostile" ? "3,4" : "1,2", kind: "event", aux: "actual", from: changes.since, to: changes.on }} /> {what}{" "}
      {most.now === 1 ? "happening" : "happenings"} in the period, usually {most.median}.{" "}
      <span class="soft small">{signed(m.score)} standard deviations from its own past</span>
    </li>
  );
}

function FirstItem({ first: f, changes }: { first: First; changes: Changes }) {
  const known = useKnown();
  const here = useHere();
  const e = changes.evidence[f.record];
  return (
    <li>
      <span class="kind">first</span>
      {day(f.first)}: {known.state(f.actor)} <a class="num" href={evidenceHref(here, undefined, [f.record])}>{verb(f.event, f.mode)}</a> {known.state(f.recipient)}{" "}
      <span class="code soft">{code(f.event, f.mode)}</span>, {f.before ? `not since ${day(f.before)}` : "for the first time in this record"}.
      {e?.text && <q>{e.text}</q>}
    </li>
  );
}

function Denied({ pair: { says, denies } }: { pair: Changes["contradictions"][0] }) {
  const known = useKnown();
  const here = useHere();
  return (
    <li>
      <span class="kind">denied</span>
      {recordLine(says, known)}: <a class="num" href={evidenceHref(here, undefined, [says.id, denies.id])}>one says it, another denies it</a>.
      <q>{denies.text}</q>
    </li>
  );
}

/** Why nothing is listed: that is an answer too. */
function Ordinary({ changes, coverage }: { changes: Changes; coverage: Coverage | null }) {
  const known = coverage?.first && changes.on ? daysBetween(bounds(coverage.first)[0], changes.on) : NaN;
  const length = daysBetween(changes.since, changes.on) + 1;
  return (
    <Empty>
      Nothing out of the ordinary from {day(changes.since)} to {day(changes.on)}. A pair is listed when it is three standard deviations from its own
      past, an event when its like was not seen for a year{known < 3 * length ? `; with ${plural(Math.round(known), "day")} of record there is little past to go by` : ""}.
    </Empty>
  );
}
