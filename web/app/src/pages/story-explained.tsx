// How one sentence of a story was read. The whole story is explained at once, since "it" and "on Tuesday" need what
// stands around them, but only when a sentence is chosen.
import { useEffect, useState } from "preact/hooks";
import { post } from "../lib/api.ts";
import type { Explained, StoryPage } from "../lib/model.ts";
import { Empty, Failed, Section } from "../parts/basics.tsx";
import { ExplainedView } from "../parts/explained.tsx";

export function SentenceExplained({ page, number }: { page: StoryPage; number: number }) {
  const [answer, setAnswer] = useState<Explained | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const { id, text, date, title } = page.story;
  const ask = () => {
    setError(null);
    post<Explained>("/api/explain", { text, title, ...(date ? { date } : {}) }).then(setAnswer, setError);
  };
  useEffect(ask, [id]);
  const sentence = answer?.sentences[number - 1];
  return (
    <Section title="How the sentence was read" id="read">
      {error && <Failed error={error} again={ask} what="explanation" />}
      {!answer && !error && <div class="loading" role="status"><span class="soft">Reading the story again …</span><i /><i /></div>}
      {answer && !sentence && <Empty>The story has no sentence {number}.</Empty>}
      {sentence && (
        <>
          <blockquote class="chosen-sentence">{sentence.text}</blockquote>
          <ExplainedView sentence={sentence} />
        </>
      )}
    </Section>
  );
}
