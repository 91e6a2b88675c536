// The sentences behind a number: each with its source, both dates, what it was taken for and why.
import { useState } from "preact/hooks";
import { unitsOf } from "../lib/bytes.ts";
import { basis, day, plural, publishedBasis } from "../lib/format.ts";
import type { Rec, StoryHead } from "../lib/model.ts";
import { useKnown } from "../lib/names.tsx";
import { auxWords, code, list, recordLine, who } from "../lib/words.ts";
import { IssueLinks } from "./basics.tsx";
import { Correct } from "./correct.tsx";

export function Evidence({ record, story, inStory = false, kept = true }: { record: Rec; story?: StoryHead | null | undefined; inStory?: boolean; kept?: boolean }) {
  const known = useKnown();
  const corrected = record.reasons[0]?.stage === "correction";
  return (
    <article class={"evidence " + tone(record)}>
      <header>
        <time dateTime={record.date} title={"The date is " + basis(record.date_basis)}>
          {day(record.date)}
        </time>
        <span class="code">{codeOf(record)}</span>
        {record.aux.map((a) => (
          <span key={a} class="badge">{auxWords[a] ?? a}</span>
        ))}
        {corrected && <span class="badge corrected">corrected</span>}
        {record.origin && record.origin !== "dyad" && <span class="badge">{record.origin}</span>}
        {!record.own && <Confidence value={record.confidence} />}
      </header>
      <p class="line">{recordLine(record, known)}</p>
      {record.text && kept && <Quote record={record} />}
      {record.own ? <Imported record={record} /> : !inStory && <Origin record={record} story={story} />}
      <p class="facts">
        {record.asserted_by.length > 0 && <span>on the word of {list(record.asserted_by.map((e) => who(e, known)))}; </span>}
        {!record.own && <span>date {basis(record.date_basis)}</span>} <IssueLinks issues={record.issue} />
      </p>
      <div class="foot">
        <Reports record={record} />
        <Why record={record} />
        {kept && !record.own && <Correct record={record} />}
      </div>
    </article>
  );
}

/** The sentence, with the words that carry the record marked. */
export function Quote({ record }: { record: Rec }) {
  const { start, trigger_start: from, trigger_end: to } = record.text_info;
  const unit = unitsOf(record.text);
  if (from === undefined || to === undefined || to <= from || from < start) return <blockquote>{record.text}</blockquote>;
  const a = unit(from - start);
  const b = unit(to - start);
  return (
    <blockquote>
      {record.text.slice(0, a)}
      <mark>{record.text.slice(a, b)}</mark>
      {record.text.slice(b)}
    </blockquote>
  );
}

function Origin({ record, story }: { record: Rec; story?: StoryHead | null | undefined }) {
  return (
    <p class="origin">
      {story?.publisher || "Unnamed source"}
      {story?.date ? ", published " + day(story.date) : ", day of publication not known"}
      {story && publishedBasis(story.published_basis) && <span class="soft"> {publishedBasis(story.published_basis)}</span>}:{" "}
      {record.story ? (
        <a href={`/story/${encodeURIComponent(record.story)}?record=${record.id}`}>{story?.title || record.story}</a>
      ) : (
        <span class="soft">no text</span>
      )}
      {story?.url && /^https?:/.test(story.url) && (
        <>
          {" "}
          <a class="outside" href={story.url} target="_blank" rel="noopener noreferrer">
            original ↗
          </a>
        </>
      )}
    </p>
  );
}

/** What another project coded comes without its sentence: what it says itself stands in its place. */
function Imported({ record }: { record: Rec }) {
  const own = record.own!;
  return (
    <p class="origin soft">
      Coded by {record.origin}, without its sentence: {own.label || "CAMEO " + own.code}
      {own.actor && ` — ${own.actor} → ${own.recipient || "nobody named"}`}
      {own.publisher && `; ${own.publisher}`}
    </p>
  );
}

function Reports({ record }: { record: Rec }) {
  const reports = record.reports ?? [];
  if (reports.length < 2) return null;
  return (
    <details class="reports">
      <summary>reported by {plural(new Set(reports.map((r) => r.story)).size, "story", "stories")}</summary>
      <ul>
        {reports.map((r) => (
          <li key={r.record}>
            <a href={`/story/${encodeURIComponent(r.story)}?record=${r.record}`}>
              {r.publisher || "Unnamed source"}
              {r.published ? ", " + day(r.published) : ""}
            </a>
            {r.text && <q>{r.text}</q>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Why({ record }: { record: Rec }) {
  const rule = record.reasons.find((r) => r.stage === "coder")?.rule.replace("rules/", "");
  const [open, setOpen] = useState(false);
  return (
    <details class="why" open={open} onToggle={(e) => setOpen((e.currentTarget as HTMLDetailsElement).open)}>
      <summary>why{rule && <>: <code>{rule}</code></>}</summary>
      {open && (
        <>
          <ol>
            {record.reasons.map((r, i) => (
              <li key={i}>
                <span class="stage">{r.stage}</span> <code>{r.rule}</code> {r.note}
              </li>
            ))}
          </ol>
          <p class="soft small">
            codebook {record.codebook}, record {record.id}
          </p>
        </>
      )}
    </details>
  );
}

function Confidence({ value }: { value: number }) {
  return (
    <span class="confidence" title={`Confidence ${value.toFixed(2)} of 1`}>
      <svg viewBox="0 0 30 4" aria-hidden="true">
        <rect width="30" height="4" />
        <rect class="on" width={30 * value} height="4" />
      </svg>
      <span class="unseen">confidence </span>
      {value.toFixed(2)}
    </span>
  );
}

export function tone(record: Rec): string {
  if (record.kind !== "event") return record.kind;
  return (record.quad_code ?? 0) > 2 ? "hostile" : record.quad_code ? "friendly" : "event";
}

export const codeOf = (record: Rec): string =>
  record.kind === "event" ? code(record.event?.[0] ?? "", record.mode?.[0] ?? "") : record.kind;
