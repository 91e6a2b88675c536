// A story with every record marked where it stands. A marked sentence opens beside the text: what was taken from it
// and how it was read.
import { useEffect } from "preact/hooks";
import { useData } from "../lib/api.ts";
import { day, plural, publishedBasis } from "../lib/format.ts";
import { piecesOf, type Piece } from "../lib/marks.ts";
import type { Rec, StoryPage } from "../lib/model.ts";
import { useHere } from "../lib/names.tsx";
import { go, hrefWith } from "../lib/router.ts";
import { useTitle } from "../lib/title.ts";
import type { PageProps } from "../main.tsx";
import { Empty, Section, Waiting } from "../parts/basics.tsx";
import { Evidence, tone } from "../parts/evidence.tsx";
import { Exports, recordExports } from "../parts/exports.tsx";
import { SentenceExplained } from "./story-explained.tsx";

/** The end of a path, which is all that a reader wants of it: "corpus/stories.jsonl:24". Addresses stay whole. */
const nearest = (source: string): string => (source.startsWith("/") ? source.split("/").slice(-2).join("/") : source);

export default function Story({ id }: PageProps) {
  const here = useHere();
  const loaded = useData<StoryPage>("/api/stories/" + encodeURIComponent(id));
  const page = loaded.data;
  useTitle(page?.story.title || id);
  const chosen = here.query.get("record") ?? "";
  const record = page?.records.find((r) => r.id === chosen);
  const number = record ? record.text_info.sequence : Number(here.query.get("sentence")) || 0;
  useEffect(() => {
    if (!page || !number) return;
    // The text stands still when it is on the screen already.
    document.querySelector(`[data-sentence~="${number}"]`)?.scrollIntoView({ block: "nearest" });
  }, [page !== null, number]);
  if (!page) return <Waiting of={loaded} what="story" />;
  const { story } = page;
  const choose = (piece: Piece) => {
    const target = piece.trigger[0] ?? piece.sentence[0];
    if (target) go(hrefWith(here, { record: target.id, sentence: "" }), true);
  };
  const ofSentence = page.records.filter((r) => [r.text_info, ...(r.mentions ?? [])].some((m) => m.sequence === number));
  return (
    <>
      <div class="masthead pair">
        <p class="soft small">
          {story.publisher || "Unnamed source"}, {story.date ? `published ${day(story.date)}` : "day of publication not known"}
          {publishedBasis(story.published_basis) && " " + publishedBasis(story.published_basis)}
          {story.url && /^https?:/.test(story.url) && <> · <a href={story.url} target="_blank" rel="noopener noreferrer">original ↗</a></>}
        </p>
        <h1>{story.title || story.id}</h1>
        <div class="aside"><Exports items={recordExports(`/api/records?story=${encodeURIComponent(story.id)}&fold=false`, ["csv", "jsonl"])} /></div>
      </div>
      <p class="soft small">
        {plural(page.records.length, "record")}{page.rejected.length > 0 && `, ${page.rejected.length} rejected`}; {story.copies > 1 ? `one of ${plural(story.copies, "copy", "copies")}; ` : ""}read from <span title={story.source}>{nearest(story.source) || "an unnamed place"}</span>
        {story.note && <>. <strong>{story.note}</strong></>}
      </p>
      <div class="story">
        <div>
          <StoryText text={story.text} records={page.records} number={number} chosen={chosen} choose={choose} />
          <p class="legend small soft">
            <span><mark class="friendly">friendly</mark></span> <span><mark class="hostile">hostile</mark></span> <span><mark class="statement">position, expectation, claim</mark></span> <span><s>left out on purpose</s></span>
          </p>
          <Copies page={page} />
        </div>
        <div class="beside">
          {number > 0 && ofSentence.length > 0 ? (
            <section aria-label="The chosen sentence" aria-live="polite">
              {ofSentence.map((r) => (
                <div key={r.id} class={r.id === chosen ? "chosen" : ""}><Evidence record={r} inStory /></div>
              ))}
            </section>
          ) : page.records.length === 0 ? (
            <Empty>{story.note || "Nothing was found in this story that dyad records."} <a href={"/explain?text=" + encodeURIComponent(story.text.slice(0, 1400))}>See how it is read.</a></Empty>
          ) : (
            <Empty>Choose a marked sentence to see what was taken from it, and why.</Empty>
          )}
        </div>
      </div>
      {number > 0 && <SentenceExplained page={page} number={number} />}
      <All page={page} />
    </>
  );
}

function StoryText(props: { text: string; records: Rec[]; number: number; chosen: string; choose: (piece: Piece) => void }) {
  const { text, records, number, chosen, choose } = props;
  return (
    <div class="text">
      {piecesOf(text, records).map((p) => {
        if (p.sentence.length === 0) return <span key={p.start}>{p.text}</span>;
        const numbers = [...new Set(p.sentence.flatMap((r) => [r.text_info, ...(r.mentions ?? [])]).filter((m) => m.sequence).map((m) => m.sequence))];
        const here = p.sentence.some((r) => r.text_info.sequence === number);
        const refused = p.sentence.every((r) => r.kind === "refusal");
        const mark = p.trigger.filter((r) => r.kind !== "refusal")[0];
        const classes = ["piece", here ? "here" : "", refused ? "refused" : "", mark ? "mark " + toneOf(mark) : "", p.trigger.some((r) => r.id === chosen) ? "chosen" : ""].filter(Boolean).join(" ");
        return (
          <span
            key={p.start}
            class={classes}
            data-sentence={numbers.join(" ")}
            onClick={() => choose(p)}
            {...(mark ? { role: "button", tabIndex: 0, "aria-label": `${p.text}: ${p.trigger.map((r) => r.kind).join(", ")}`, onKeyDown: (e: KeyboardEvent) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); choose(p); } } } : {})}
          >
            {p.text}
          </span>
        );
      })}
    </div>
  );
}

const toneOf = (r: Rec): string => (r.kind === "event" ? tone(r) : "statement");

function Copies({ page }: { page: StoryPage }) {
  const others = page.copies.filter((c) => c.id !== page.story.id);
  if (others.length === 0) return null;
  return (
    <details class="small">
      <summary>{plural(others.length, "other copy", "other copies")} of this story</summary>
      <ul>{others.map((c) => <li key={c.id}><a href={"/story/" + encodeURIComponent(c.id)}>{c.title || c.id}</a> <span class="soft">{c.publisher}, {day(c.date)}</span></li>)}</ul>
    </details>
  );
}

function All({ page }: { page: StoryPage }) {
  return (
    <Section title="All records of this story" aside={<span>in the order of the text</span>}>
      <div class="columns">{page.records.map((r) => <Evidence key={r.id} record={r} inStory />)}</div>
      {page.rejected.length > 0 && (
        <>
          <h3>Rejected</h3>
          <div class="columns rejected">{page.rejected.map((r) => <Evidence key={r.id} record={r} inStory />)}</div>
        </>
      )}
    </Section>
  );
}
