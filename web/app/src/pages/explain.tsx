// A box for a sentence or an article, to see how dyad reads it. Short texts stand in the address.
import { useEffect, useState } from "preact/hooks";
import { Problem, post } from "../lib/api.ts";
import { plural } from "../lib/format.ts";
import type { Explained } from "../lib/model.ts";
import { useHere } from "../lib/names.tsx";
import { go } from "../lib/router.ts";
import { useTitle } from "../lib/title.ts";
import { Empty, Failed, Section } from "../parts/basics.tsx";
import { Evidence } from "../parts/evidence.tsx";
import { ExplainedView } from "../parts/explained.tsx";
import { Exports } from "../parts/exports.tsx";
import { fileName, save } from "../lib/download.ts";

const sample = "Pakistan recalled its ambassador from Iran after Iranian missiles had hit Balochistan.";
const addressable = 1500;

export default function Explain() {
  useTitle("Explain");
  const here = useHere();
  const asked = here.query.get("text") ?? "";
  const date = here.query.get("date") ?? "";
  const [text, setText] = useState(asked);
  const [when, setWhen] = useState(date);
  const [answer, setAnswer] = useState<Explained | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const read = async (what: string, day: string) => {
    setBusy(true);
    setError(null);
    try {
      setAnswer(await post<Explained>("/api/explain", { text: what, ...(day ? { date: day } : {}) }));
    } catch (problem) {
      setError(problem as Error);
      setAnswer(null);
    }
    setBusy(false);
  };
  useEffect(() => {
    if (!asked) return;
    setText(asked);
    setWhen(date);
    void read(asked, date);
  }, [asked, date]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const what = text.trim() || sample;
    setText(what);
    const query = new URLSearchParams({ ...(what.length <= addressable ? { text: what } : {}), ...(when ? { date: when } : {}) });
    if (what.length > addressable || (what === asked && when === date)) void read(what, when);
    else go("/explain?" + query);
  };
  return (
    <>
      <div class="masthead narrow">
        <h1>How is this read?</h1>
        <p class="soft">Paste a sentence or an article. Nothing is kept.</p>
      </div>
      <form class="ask" onSubmit={submit}>
        <label for="text" class="unseen">Text</label>
        <textarea id="text" rows={5} value={text} placeholder={sample} onInput={(e) => setText(e.currentTarget.value)} />
        <div class="controls">
          <label>published on <input type="date" value={when} onInput={(e) => setWhen(e.currentTarget.value)} /></label>
          <button type="submit" disabled={busy}>{busy ? "Reading …" : "Explain"}</button>
        </div>
      </form>
      {error && <Failed error={error} again={() => void read(text, when)} what={error instanceof Problem && error.status === 422 ? "explanation of this" : "answer"} />}
      {answer && <Answer answer={answer} />}
    </>
  );
}

function Answer({ answer }: { answer: Explained }) {
  // Sentences are explained one by one; a record says by its number which one it comes from.
  const of = (i: number) => answer.records.filter((r) => r.text_info.sequence === i + 1);
  return (
    <Section
      title={answer.records.length ? `${plural(answer.records.length, "record")} from ${plural(answer.sentences.length, "sentence")}` : "No record"}
      id="answer"
      aside={<Exports items={[
        { label: "JSON", run: () => save(fileName(["explain"], "json"), "application/json", JSON.stringify(answer, null, 1)) },
        { label: "JSON lines (records)", run: () => save(fileName(["explain"], "jsonl"), "application/x-ndjson", answer.records.map((r) => JSON.stringify(r) + "\n").join("")) },
      ]} />}
    >
      {answer.records.length === 0 && <Empty>No rule fired. Below is what was tried, and why it did not fit.</Empty>}
      {answer.sentences.map((s, i) => (
        <article key={i} class="sentence">
          <blockquote>{s.text}</blockquote>
          {of(i).map((r) => <Evidence key={r.id} record={r} inStory kept={false} />)}
          <ExplainedView sentence={s} open={answer.sentences.length === 1} />
        </article>
      ))}
    </Section>
  );
}
