// Codes in words. The names of states and issues come from the codebook that the server has; how an event is told
// in a sentence is the page's own affair.
import type { Entity, Rec } from "./model.ts";

export interface Names {
  state: (code: string) => string;
  issue: (id: string) => string;
}

// What stands between actor and recipient, in the past: the words of the brief (relation/document.go).
const told: Record<string, string> = {
  AGREE: "offered or promised to work with",
  CONSULT: "talked with",
  SUPPORT: "stood by",
  CONCEDE: "gave way to",
  COOPERATE: "worked with",
  AID: "helped",
  RETREAT: "gave way in deeds to",
  REQUEST: "made demands of",
  ACCUSE: "blamed",
  REJECT: "refused",
  THREATEN: "threatened",
  PROTEST: "protested against",
  SANCTION: "cut ties with or punished",
  MOBILIZE: "moved forces against",
  COERCE: "used its power against",
  ASSAULT: "attacked",
};
const toldWithMode: Record<string, string> = {
  "CONSULT/visit": "visited",
};
const mutual: Record<string, string> = {
  AGREE: "agreed to work together",
  CONSULT: "talked",
  SUPPORT: "tied or mended relations",
  COOPERATE: "worked together",
  RETREAT: "gave way to each other in deeds",
  REQUEST: "made demands",
  PROTEST: "protested",
  SANCTION: "cut ties",
  MOBILIZE: "moved forces",
  COERCE: "used their power against each other",
};

export function verb(event: string, mode = ""): string {
  return toldWithMode[`${event}/${mode}`] ?? told[event] ?? event.toLowerCase();
}

export const verbTogether = (event: string, mode = ""): string => (mode === "visit" ? "met on a visit" : (mutual[event] ?? `${verb(event)} each other`));

export const quads = ["", "friendly words", "friendly deeds", "hostile words", "hostile deeds"] as const;

export const stances: Record<string, string> = {
  for: "for",
  against: "against",
  calls_for: "calls for",
  concerned: "concerned about",
  neutral: "neutral on",
};

export const auxWords: Record<string, string> = {
  actual: "happened",
  historical: "of earlier times",
  future: "announced",
  hypothetical: "supposed",
  negation: "denied",
};

/** "its foreign minister Jalil Abbas Jilani (Pakistan)" is too long for a list; the country and the sector will do. */
export function who(entity: Entity, names: Names): string {
  const country = entity.code ? names.state(entity.code) : (entity.identifier_text ?? entity.entity_text ?? "somebody");
  return entity.code === "IGO" && entity.identifier_text ? entity.identifier_text : country;
}

/** Names in a row, each once: "Iran, Pakistan and India". */
export function list(parts: string[]): string {
  const once = [...new Set(parts.filter(Boolean))];
  if (once.length < 2) return once[0] ?? "";
  return once.slice(0, -1).join(", ") + " and " + once[once.length - 1];
}

const whoAll = (entities: Entity[] | undefined, names: Names): string => list((entities ?? []).map((e) => who(e, names)));

/** A record in one line of plain words. */
export function recordLine(r: Rec, names: Names): string {
  switch (r.kind) {
    case "event":
      return eventLine(r, names);
    case "position":
      return `${whoAll(r.holder, names) || "Somebody"}: ${stances[r.stance ?? ""] ?? r.stance} — ${r.content ?? ""}`;
    case "expectation":
      return `${whoAll(r.who, names) || "Open"}: ${r.cue ?? "expected"}${r.due ? `, due ${r.due}` : ""} — ${r.content ?? ""}`;
    case "claim":
      return `${whoAll(r.pair, names)} called ${list([r.state ?? "", r.direction ?? ""]) || "related"}`;
    case "visit":
      return `${whoAll(r.visitor, names)} visits ${whoAll(r.host, names) || "an unnamed host"}: ${(r.status ?? "").replace("_", " ")}`;
    case "refusal":
      return `left out: ${r.reason ?? ""}`;
  }
}

function eventLine(r: Rec, names: Names): string {
  const event = r.event?.[0] ?? "";
  const mode = r.mode?.[0] ?? "";
  const actor = whoAll(r.actor, names) || "Somebody";
  const recipient = whoAll(r.recipient, names);
  const shown = mode && !toldWithMode[`${event}/${mode}`] ? ` (${mode.replace("-", " ")})` : "";
  const both = new Set((r.actor ?? []).map((e) => e.code));
  // "Iran and Pakistan agreed", and "The two countries restored relations with Pakistan".
  const among = both.size > 1 && (r.recipient ?? []).every((e) => both.has(e.code));
  if (among) return `${actor} ${verbTogether(event, mode)}${shown}`;
  return `${actor} ${verb(event, mode)} ${recipient || "nobody named"}${shown}`;
}

/** PLOVER's code of an event: "ASSAULT/drone". */
export const code = (event: string, mode: string): string => (mode ? `${event}/${mode}` : event);
