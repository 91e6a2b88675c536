// Third parties: how each stands to both, as a triangle of signs and in words.
import { useState } from "preact/hooks";
import type { Tie, Triad } from "../../lib/model.ts";
import { Empty, Num, Section } from "../../parts/basics.tsx";

const most = 6;
const word = (t: Tie): string => (t.sign > 0 ? "friendly" : t.sign < 0 ? "hostile" : "unclear");
const tone = (t: Tie): string => (t.sign > 0 ? "coop" : t.sign < 0 ? "conf" : "flat");

export function Triads({ triads, names, codes }: { triads: Triad[]; names: [string, string]; codes: [string, string] }) {
  const [all, setAll] = useState(false);
  const shown = all ? triads : triads.slice(0, most);
  return (
    <Section title="Third parties">
      {triads.length === 0 && <Empty>Nobody else is told of with both of them.</Empty>}
      <ul class="triads">
        {shown.map((t) => (
          <li key={t.third}>
            <Triangle t={t} codes={codes} />
            <div>
              <h3><a href={"/actor/" + t.third}>{t.name}</a> {t.known && <span class="soft small">{t.balanced ? "signs agree" : "signs pull apart"}</span>}</h3>
              <p class="small">{t.reading}</p>
              <p class="small soft">
                with <a href={`/pair/${[codes[0], t.third].sort().join("-")}`}>{names[0]}</a> {word(t.ac)} (<Happenings tie={t.ac} pair={`${codes[0]}-${t.third}`} />), with{" "}
                <a href={`/pair/${[codes[1], t.third].sort().join("-")}`}>{names[1]}</a> {word(t.bc)} (<Happenings tie={t.bc} pair={`${codes[1]}-${t.third}`} />)
              </p>
            </div>
          </li>
        ))}
      </ul>
      {triads.length > most && !all && <button type="button" class="quiet" onClick={() => setAll(true)}>All {triads.length}</button>}
    </Section>
  );
}

function Happenings({ tie, pair }: { tie: Tie; pair: string }) {
  const s = tie.segment;
  const n = s.friendly_words + s.friendly_deeds + s.hostile_words + s.hostile_deeds;
  if (tie.basis === "dispute") return <a href={"/issue/" + tie.issue}>a dispute</a>;
  return <Num n={n} filter={{ either: pair, kind: "event", aux: "actual", from: s.from, to: s.to }} />;
}

function Triangle({ t, codes }: { t: Triad; codes: [string, string] }) {
  return (
    <svg class="triangle" viewBox="0 0 76 66" role="img" aria-label={`${codes[0]}–${codes[1]} ${word(t.ab)}, ${codes[0]}–${t.third} ${word(t.ac)}, ${codes[1]}–${t.third} ${word(t.bc)}`}>
      <line class={tone(t.ab)} x1="16" y1="48" x2="60" y2="48" />
      <line class={tone(t.ac)} x1="14" y1="44" x2="35" y2="16" />
      <line class={tone(t.bc)} x1="62" y1="44" x2="41" y2="16" />
      <text x="38" y="11" text-anchor="middle">{t.third}</text>
      <text x="12" y="62" text-anchor="middle">{codes[0]}</text>
      <text x="64" y="62" text-anchor="middle">{codes[1]}</text>
    </svg>
  );
}
