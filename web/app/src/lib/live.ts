// Server-sent events: when the store has changed, what is on the page is asked for again.
import { useEffect, useState } from "preact/hooks";
import type { Alert, Rec, StoryHead } from "./model.ts";

export interface News {
  stories: number;
  records: number;
  alerts: Alert[];
}

const changed = new EventTarget();
let pending: ReturnType<typeof setTimeout> | undefined;

/** Tells everybody who listens, at most twice a second: a running ingest stores many stories. */
export function tellChange(): void {
  clearTimeout(pending);
  pending = setTimeout(() => changed.dispatchEvent(new Event("change")), 500);
}

export function onChange(listener: () => void): () => void {
  changed.addEventListener("change", listener);
  return () => changed.removeEventListener("change", listener);
}

/** Whether the server is listened to, and what came since the page was opened. */
export function useStream(): { open: boolean; news: News; seen: () => void } {
  const [open, setOpen] = useState(false);
  const [news, setNews] = useState<News>({ stories: 0, records: 0, alerts: [] });
  useEffect(() => {
    const stream = new EventSource("/api/stream");
    stream.onopen = () => setOpen(true);
    stream.onerror = () => setOpen(false);
    stream.addEventListener("stored", (event) => {
      const data = JSON.parse((event as MessageEvent<string>).data) as { stories: StoryHead[]; records: Rec[]; more: number };
      setNews((n) => ({ ...n, stories: n.stories + data.stories.length, records: n.records + data.records.length + data.more }));
      tellChange();
    });
    stream.addEventListener("corrected", tellChange);
    stream.addEventListener("alert", (event) => {
      const alert = JSON.parse((event as MessageEvent<string>).data) as Alert;
      setNews((n) => ({ ...n, alerts: [alert, ...n.alerts].slice(0, 20) }));
      tellChange();
    });
    return () => stream.close();
  }, []);
  return { open, news, seen: () => setNews({ stories: 0, records: 0, alerts: [] }) };
}
