// Server-sent events: when the store has changed, what is on the page is asked for again.
import { useEffect, useState } from "preact/hooks";
import { follow } from "./stream.ts";
import type { Alert, Rec, StoryHead } from "./model.ts";

export interface News {
  stories: number;
  records: number;
  alerts: Alert[];
}

const changed = new EventTarget();
let pending: ReturnType<typeof setTimeout> | undefined;

/** Tells everybody who listens that the store has changed: soon after somebody here changed it, and now and then
 *  while it is changed by others, since a running ingest stores many stories a second. */
export function tellChange(wait = 0): void {
  if (pending !== undefined && wait > 0) return;
  clearTimeout(pending);
  pending = setTimeout(() => {
    pending = undefined;
    changed.dispatchEvent(new Event("change"));
  }, wait);
}

const betweenStored = 1500; // milliseconds

export function onChange(listener: () => void): () => void {
  changed.addEventListener("change", listener);
  return () => changed.removeEventListener("change", listener);
}

/** Whether the server is listened to, and what came since the page was opened. */
export function useStream(): { open: boolean; news: News; seen: () => void } {
  const [open, setOpen] = useState(false);
  const [news, setNews] = useState<News>({ stories: 0, records: 0, alerts: [] });
  useEffect(() => {
    let stop: (() => void) | null = null;
    const leave = () => {
      stop?.();
      stop = null;
      setOpen(false);
    };
    const listen = () => {
      if (stop || document.hidden) return;
      stop = follow("/api/stream", { opened: () => setOpen(true), lost: () => setOpen(false), event: (name, data) => told(name, data, setNews) });
    };
    // A browser opens six connections to one host, for all its tabs: a stream in every tab would leave none to
    // answer. So only a page that is looked at listens, and asks anew for what it missed when it is looked at again.
    const look = () => {
      if (document.hidden) leave();
      else if (!stop) {
        listen();
        tellChange();
      }
    };
    listen();
    addEventListener("pagehide", leave);
    addEventListener("pageshow", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      leave();
      removeEventListener("pagehide", leave);
      removeEventListener("pageshow", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return { open, news, seen: () => setNews({ stories: 0, records: 0, alerts: [] }) };
}

type Update = (change: (news: News) => News) => void;

function told(name: string, text: string, setNews: Update): void {
  if (name === "corrected") return tellChange();
  if (name === "stored") {
    const data = JSON.parse(text) as { stories: StoryHead[]; records: Rec[]; more: number };
    setNews((n) => ({ ...n, stories: n.stories + data.stories.length, records: n.records + data.records.length + data.more }));
  } else if (name === "alert") {
    const alert = JSON.parse(text) as Alert;
    setNews((n) => ({ ...n, alerts: [alert, ...n.alerts].slice(0, 20) }));
  }
  tellChange(betweenStored);
}
