// How a sentence was read: words and tree, who is meant, which rules were tried and why they did or did not fire.
import { useState } from "preact/hooks";
import type { ExplainedSentence, Mention, RuleTried } from "../lib/model.ts";
import { plural } from "../lib/format.ts";
import { Empty } from "./basics.tsx";
import { Tree } from "./tree.tsx";

export function ExplainedView({ sentence, open = true }: { sentence: ExplainedSentence; open?: boolean }) {
  const rules = sentence.rules_tried ?? [];
  const fired = new Set(rules.filter((r) => r.Fired).map((r) => r.Token));
  return (
    <div class="explained">
      <Tree tokens={sentence.tokens} fired={fired} />
      <details>
        <summary>the {plural(sentence.tokens.length, "word")} as a table</summary>
        <div class="scroll">
          <table>
            <thead><tr><th scope="col" class="n">#</th><th scope="col">word</th><th scope="col">lemma</th><th scope="col">class</th><th scope="col">governed by</th><th scope="col">as</th><th scope="col">features</th></tr></thead>
            <tbody>
              {sentence.tokens.map((t, i) => (
                <tr key={i}><td class="n soft">{i + 1}</td><th scope="row">{t.Text}</th><td>{t.Lemma}</td><td>{t.UPOS}</td><td>{t.Head < 0 ? "–" : sentence.tokens[t.Head]?.Text}</td><td><code>{t.Rel}</code></td><td class="soft small">{t.Feats}</td></tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      <Mentions mentions={sentence.mentions ?? []} sentence={sentence} />
      <Rules rules={rules} open={open} />
    </div>
  );
}

function Mentions({ mentions, sentence }: { mentions: Mention[]; sentence: ExplainedSentence }) {
  if (mentions.length === 0) return <Empty>No actor was found in it.</Empty>;
  const words = (m: Mention) => sentence.tokens.slice(m.First, m.Last).map((t) => t.Text).join(" ");
  return (
    <table class="mentions">
      <caption>Who is meant</caption>
      <thead><tr><th scope="col">words</th><th scope="col">taken for</th><th scope="col">because</th></tr></thead>
      <tbody>
        {mentions.map((m, i) => (
          <tr key={i}>
            <th scope="row">{words(m)}</th>
            <td>{(m.Entities ?? []).map((e) => [e.Code, e.Sector].filter(Boolean).join(" ") + (e.Name && e.Name !== e.Text ? ` (${e.Name}${e.Office ? ", " + e.Office : ""})` : "")).join("; ") || <span class="soft">nobody known</span>}</td>
            <td class="small"><code>{m.Reason.Rule}</code> <span class="soft">{m.Reason.Note}</span></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const sign = (r: RuleTried): [string, string] => (r.Fired ? ["✓", "fired"] : r.Fits ? ["+", "fits, but did not count"] : ["–", "does not fit"]);

/** Fired first, then what fits, and what does not only when asked: a common verb has fifty rules. */
function Rules({ rules, open }: { rules: RuleTried[]; open: boolean }) {
  const [all, setAll] = useState(false);
  const fitting = rules.filter((r) => r.Fits || r.Fired);
  const shown = [...(all ? rules : fitting)].sort((a, b) => Number(b.Fired) - Number(a.Fired) || Number(b.Fits) - Number(a.Fits) || a.Token - b.Token);
  if (rules.length === 0) return <Empty>No rule of the codebook knows any of its verbs.</Empty>;
  return (
    <details open={open}>
      <summary>{plural(rules.length, "rule")} tried, {rules.filter((r) => r.Fired).length} fired</summary>
      <div class="scroll">
        <table class="rules">
          <thead><tr><th scope="col"><span class="unseen">outcome</span></th><th scope="col">at</th><th scope="col">event</th><th scope="col">pattern</th><th scope="col">why</th><th scope="col">line</th></tr></thead>
          <tbody>
            {shown.map((r, i) => (
              <tr key={i} class={r.Fired ? "fired" : r.Fits ? "fits" : "no"}>
                <td title={sign(r)[1]}><span aria-hidden="true">{sign(r)[0]}</span><span class="unseen">{sign(r)[1]}</span></td>
                <td>{r.Trigger}</td>
                <td><code>{r.Event}</code></td>
                <td class="pattern"><code>{r.Pattern}</code></td>
                <td class="small">{r.Why}</td>
                <td class="small soft"><code>{r.Rule}</code></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && fitting.length < rules.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>Also the {rules.length - fitting.length} that do not fit</button>
      )}
    </details>
  );
}
