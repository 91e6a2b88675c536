// Filters of records. A filter is a query string in the API's own parameters, so that the address of a view, the
// address of the answer and the address of an export are the same words.
import { day } from "./format.ts";
import { auxWords, list, quads, type Names } from "./words.ts";

export type Filter = Record<string, string>;

export const filterNames = [
  "kind", "actor", "recipient", "either", "sector", "event", "mode", "quad", "issue", "aux", "asserted_by", "from", "to",
  "published_from", "published_to", "place", "outlet", "language", "confidence", "story", "origin", "id", "fold",
] as const;

/** The filter among the parameters of an address; whatever else stands there is not its affair. */
export function filterOf(query: URLSearchParams): Filter {
  const filter: Filter = {};
  for (const name of filterNames) {
    const value = query.getAll(name).filter(Boolean).join(",");
    if (value) filter[name] = value;
  }
  return filter;
}

/** A filter as a query string, always in the same order, so that equal filters are equal addresses. */
export function queryOf(filter: Filter): string {
  const query = new URLSearchParams();
  for (const name of filterNames) if (filter[name]) query.set(name, filter[name]);
  return query.toString();
}

export const recordsPath = (filter: Filter, more: Record<string, string | number> = {}): string => {
  const query = new URLSearchParams(queryOf(filter));
  for (const [name, value] of Object.entries(more)) if (value !== "") query.set(name, String(value));
  return "/api/records?" + query.toString();
};

/** A filter in words: "Iran → Pakistan, hostile deeds, Jan 2024". */
export function describe(filter: Filter, names: Names): string {
  const parts: string[] = [];
  const states = (codes: string) => list(codes.split(",").map((code) => names.state(code)));
  if (filter.either) {
    parts.push(list(filter.either.split(",").map((pair) => pair.split("-").map((code) => names.state(code)).join(" and "))));
  }
  if (filter.actor && filter.recipient) parts.push(`${states(filter.actor)} → ${states(filter.recipient)}`);
  else if (filter.actor) parts.push(`by ${states(filter.actor)}`);
  else if (filter.recipient) parts.push(`toward ${states(filter.recipient)}`);
  if (filter.kind) parts.push(filter.kind.split(",").map((k) => k + "s").join(", "));
  if (filter.event) parts.push(filter.event + (filter.mode ? "/" + filter.mode : ""));
  if (filter.quad) parts.push(quadWords(filter.quad));
  if (filter.issue) parts.push("over " + list(filter.issue.split(",").map(names.issue)));
  if (filter.aux) parts.push(filter.aux.split(",").map((a) => auxWords[a] ?? a).join(" or "));
  if (filter.asserted_by) parts.push("on the word of " + (filter.asserted_by === "writer" ? "the writer" : states(filter.asserted_by)));
  parts.push(...timeWords(filter));
  for (const [name, word] of [["sector", "sector"], ["place", "at"], ["outlet", "in"], ["language", "language"], ["origin", "from"], ["story", "story"]] as const) {
    if (filter[name]) parts.push(`${word} ${filter[name]}`);
  }
  if (filter.confidence) parts.push(`confidence from ${filter.confidence}`);
  if (filter.fold === "false") parts.push("every report");
  return parts.join(", ") || "all records";
}

function quadWords(quad: string): string {
  if (quad === "1,2") return "friendly";
  if (quad === "3,4") return "hostile";
  return quad.split(",").map((q) => quads[Number(q)] ?? q).join(" or ");
}

function timeWords(filter: Filter): string[] {
  const parts: string[] = [];
  const time = (from: string | undefined, to: string | undefined, before: string) => {
    if (from && to) parts.push(before + period(from, to));
    else if (from) parts.push(`${before}from ${day(from)}`);
    else if (to) parts.push(`${before}until ${day(to)}`);
  };
  time(filter.from, filter.to, "");
  time(filter.published_from, filter.published_to, "published ");
  return parts;
}

/** A whole month or year is named as one. */
export function period(from: string, to: string): string {
  if (from === to) return day(from);
  const month = from.slice(0, 7);
  const lastOfMonth = new Date(Date.UTC(Number(from.slice(0, 4)), Number(from.slice(5, 7)), 0)).toISOString().slice(0, 10);
  if (from === month + "-01" && to === lastOfMonth) return day(month);
  if (from.endsWith("-01-01") && to === from.slice(0, 4) + "-12-31") return from.slice(0, 4);
  return `${day(from)} to ${day(to)}`;
}
