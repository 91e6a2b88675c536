// Server-sent events, with a token or without.
import { authorized } from "./token.ts";

export interface Follower {
  opened: () => void;
  lost: () => void;
  event: (name: string, data: string) => void;
}

const again = 5000; // milliseconds until a lost stream is asked for anew

/** Follows a stream until the function that is given back is called. It goes by fetch, since an EventSource can send
 *  no token. */
export function follow(path: string, follower: Follower): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = async () => {
    try {
      const answer = await fetch(path, { headers: { Accept: "text/event-stream", ...authorized() }, signal: abort.signal });
      if (!answer.ok || !answer.body) throw new Error(String(answer.status));
      follower.opened();
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const events = (rest + part.value).split(/\r?\n\r?\n/);
        rest = events.pop() ?? "";
        for (const event of events) told(event, follower);
      }
    } catch {
      // Told below, as the end of the stream is.
    }
    if (abort.signal.aborted) return;
    follower.lost();
    timer = setTimeout(() => void read(), again);
  };
  void read();
  return () => {
    abort.abort();
    clearTimeout(timer);
  };
}

/** One event of a stream: lines of "field: value". */
function told(event: string, follower: Follower): void {
  let name = "message";
  const data: string[] = [];
  for (const line of event.split(/\r?\n/)) {
    const [field, value] = [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).replace(/^ /, "")];
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  }
  if (data.length) follower.event(name, data.join("\n"));
}
