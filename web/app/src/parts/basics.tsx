// The small parts that every view is made of.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Loaded } from "../lib/api.ts";
import { Problem } from "../lib/api.ts";
import { setToken } from "../lib/token.ts";
import { queryOf, type Filter } from "../lib/filter.ts";
import { count } from "../lib/format.ts";
import { useHere, useKnown } from "../lib/names.tsx";
import { go, hrefWith } from "../lib/router.ts";

/** A number that opens the sentences behind it. */
export function Num({ n, filter, ids, title, show }: { n: number; filter?: Filter; ids?: string[]; title?: string; show?: string }) {
  const here = useHere();
  const text = show ?? count(n);
  if (!n || (!filter && !ids?.length)) return <span class="num none">{text}</span>;
  return (
    <a class="num" href={evidenceHref(here, filter, ids, n)} title={title ?? "Show the sentences behind this number"}>
      {text}
    </a>
  );
}

/** The address at which the drawer shows what stands behind a number, and which number that was. */
export function evidenceHref(here: Parameters<typeof hrefWith>[0], filter?: Filter, ids?: string[], n?: number): string {
  return hrefWith(here, { ev: (ids ? "ids=" + ids.join(",") : queryOf(filter ?? {})) + (n ? "&n=" + n : "") });
}

/** Which way a pair moves: an arrow for the eye, a word for the ear. */
export function Arrow({ direction }: { direction: string }) {
  const sign = { mending: "↗", worsening: "↘", steady: "→" }[direction];
  if (!sign) return null;
  return (
    <span class={"arrow " + direction} role="img" aria-label={direction}>
      {sign}
    </span>
  );
}

export const StateLink = ({ code }: { code: string }) => {
  const known = useKnown();
  return code ? <a href={"/actor/" + code}>{known.state(code)}</a> : <span class="soft">nobody named</span>;
};

export const PairLink = ({ pair }: { pair: string }) => {
  const known = useKnown();
  return <a href={"/pair/" + pair}>{pair.split("-").map(known.state).join(" – ")}</a>;
};

export const IssueLinks = ({ issues }: { issues: string[] }) => {
  const known = useKnown();
  return (
    <>
      {issues.map((id) => (
        <a key={id} class="tag" href={"/issue/" + id}>
          {known.issue(id)}
        </a>
      ))}
    </>
  );
};

export function Section({ title, aside, children, id }: { title: string; aside?: ComponentChildren; children: ComponentChildren; id?: string }) {
  const name = id ?? title.toLowerCase().replace(/\W+/g, "-");
  return (
    <section class="section" aria-labelledby={name}>
      <header>
        <h2 id={name}>{title}</h2>
        {aside && <div class="aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}

export const Empty = ({ children }: { children: ComponentChildren }) => <p class="empty">{children}</p>;

/** What stands in place of an answer that is not there yet, or never came; null when it is there. */
export function Waiting<T>({ of, what }: { of: Loaded<T>; what: string }) {
  if (of.error && !of.data) return <Failed error={of.error} again={of.reload} what={what} />;
  if (!of.data && of.loading) {
    return (
      <div class="loading" role="status">
        <span class="soft">Reading {what} …</span>
        <i /> <i /> <i />
      </div>
    );
  }
  return null;
}

export function Failed({ error, again, what }: { error: Error; again: () => void; what: string }) {
  const fields = error instanceof Problem ? error.fields : [];
  return (
    <div class="failed" role="alert">
      <p>
        <strong>No {what}.</strong> {fields.length === 0 && error.message}
      </p>
      {fields.map((f) => <p key={f}>{f.charAt(0).toUpperCase() + f.slice(1)}.</p>)}
      {error instanceof Problem && error.status === 401 ? (
        <TokenForm />
      ) : (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

/** A server that others can reach wants a token, even for reading unless it was told otherwise. */
export function TokenForm() {
  const id = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setToken(String(new FormData(event.currentTarget as HTMLFormElement).get("token")).trim());
    location.reload();
  };
  return (
    <form class="controls" onSubmit={submit}>
      <label for={id}>Token of this server <input id={id} name="token" type="password" required autoComplete="off" /></label>
      <button type="submit">Enter</button>
    </form>
  );
}

/** The day as of which a view tells; what came later does not count. */
export function AsOf({ on }: { on: string }) {
  const here = useHere();
  return (
    <label class="asof small soft">
      as of <input type="date" value={here.query.get("on") ?? on} onChange={(e) => go(hrefWith(here, { on: e.currentTarget.value }))} />
      {here.query.get("on") && <a href={hrefWith(here, { on: "" })}>the latest</a>}
    </label>
  );
}

/** A table that a chart is made of, folded away below it. */
export function TableBehind({ children, name }: { children: ComponentChildren; name: string }) {
  return (
    <details class="behind">
      <summary>{name} as a table</summary>
      <div class="scroll">{children}</div>
    </details>
  );
}

/** Friendly to the right, hostile to the left of one axis: deeds strong, words pale. */
export function Balance({ friendly, hostileWords, hostileDeeds, max }: { friendly: number; hostileWords: number; hostileDeeds: number; max: number }) {
  const width = (n: number) => (max ? (48 * n) / max : 0);
  return (
    <svg class="balance" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="conf" x={50 - width(hostileDeeds)} y="1" width={width(hostileDeeds)} height="8" />
      <rect class="conf pale" x={50 - width(hostileDeeds + hostileWords)} y="1" width={width(hostileWords)} height="8" />
      <rect class="coop" x="50" y="1" width={width(friendly)} height="8" />
      <line x1="50" x2="50" y1="0" y2="10" />
    </svg>
  );
}
