// Alerts that nobody has acknowledged yet.
import { useState } from "preact/hooks";
import { post, useData } from "../lib/api.ts";
import { day } from "../lib/format.ts";
import { tellChange } from "../lib/live.ts";
import type { Alert } from "../lib/model.ts";
import { notify } from "../lib/notice.ts";
import { useHere } from "../lib/names.tsx";
import { evidenceHref, Section, Waiting } from "../parts/basics.tsx";

export function Alerts() {
  const here = useHere();
  const loaded = useData<{ items: Alert[] }>("/api/alerts");
  const [all, setAll] = useState(false);
  const items = loaded.data?.items ?? [];
  if (loaded.data && items.length === 0) return null;
  return (
    <Section title="Alerts" aside={<a href="/alerts.rss">as a feed</a>}>
      <Waiting of={loaded} what="alerts" />
      <ul class="alerts">
        {(all ? items : items.slice(0, 5)).map((a) => (
          <li key={a.id}>
            <p>
              <span class="soft">{day(a.at)}</span> <a href={a.pair ? "/pair/" + a.pair : evidenceHref(here, undefined, a.records)}>{a.title}</a>
              {a.text && <span class="small soft"> {a.text}</span>}
            </p>
            <p class="actions">
              {a.records.length > 0 && <a class="small" href={evidenceHref(here, undefined, a.records)}>evidence</a>}
              <Acknowledge alert={a} />
            </p>
          </li>
        ))}
      </ul>
      {items.length > 5 && !all && <button type="button" class="quiet" onClick={() => setAll(true)}>All {items.length} alerts</button>}
    </Section>
  );
}

function Acknowledge({ alert }: { alert: Alert }) {
  const [open, setOpen] = useState(false);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const author = String(data.get("author"));
    localStorage.setItem("dyad-author", author);
    try {
      await post<Alert>(`/api/alerts/${alert.id}/acknowledge`, { author, note: String(data.get("note")) });
      notify({ text: "Acknowledged." });
      tellChange();
    } catch (error) {
      notify({ text: (error as Error).message });
    }
  };
  if (!open) return <button type="button" class="plain small" onClick={() => setOpen(true)}>acknowledge …</button>;
  return (
    <form class="correct" onSubmit={send} aria-label="Acknowledge this alert">
      <label class="wide" for={"note-" + alert.id}>Note<input id={"note-" + alert.id} name="note" autoFocus /></label>
      <label class="wide" for={"author-" + alert.id}>Your name<input id={"author-" + alert.id} name="author" required defaultValue={localStorage.getItem("dyad-author") ?? ""} /></label>
      <p class="actions wide"><button type="submit">Acknowledge</button><button type="button" class="quiet" onClick={() => setOpen(false)}>Leave it</button></p>
    </form>
  );
}
