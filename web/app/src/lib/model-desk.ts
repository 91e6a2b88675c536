// The answers of the API about pairs, visits, expectations, issues, actors and changes: what an analyst's desk is
// asked. web/API.md describes them.
import type { EvidenceById, Rec } from "./model.ts";

export interface PairRow {
  pair: string;
  a: string;
  b: string;
  friendly: number;
  hostile_words: number;
  hostile_deeds: number;
  sign: number;
  tension: number;
  score: number;
  direction: string;
}
export interface Pairs {
  since: string;
  on: string;
  pairs: PairRow[];
}

export interface Interval {
  value: number;
  low: number;
  high: number;
}
export interface Segment {
  from: string;
  to: string;
  friendly_words: number;
  friendly_deeds: number;
  hostile_words: number;
  hostile_deeds: number;
  tension: Interval;
  state: string;
}
export interface Mover {
  date: string;
  precision: string;
  actor: string;
  recipient: string;
  event: string;
  mode: string;
  quad: number;
  scale: number;
  mutual: boolean;
  reports: number;
  record: string;
  happening: string;
}
export interface Said {
  date: string;
  state: string;
  direction: string;
  past: boolean;
  record: string;
}
export interface Change {
  since: string;
  direction: string;
  before: Segment;
  after: Segment;
}
export interface State {
  on: string;
  level: string;
  basis: string;
  direction: string;
  since: string;
  sentence: string;
  reasons: string[];
  recent: Segment;
  movers: Mover[];
  said: Said[];
  changes: Change[];
  segments: Segment[];
}
// An empty Flow is {"count": 0}: everything else may be missing.
export interface Flow {
  count: number;
  by_quad?: [number, number, number, number];
  unclassed?: number;
  events?: Record<string, number>;
  scores?: number;
  mean?: number;
  net?: Interval & { enough: boolean };
  future?: number;
  hypothetical?: number;
  negated?: number;
  past?: number;
}
export interface Period {
  start: string;
  end: string;
  both: Flow;
  ab: Flow;
  ba: Flow;
  share_of_pair: number;
  share_of_all: number;
  stock_up: number;
  stock_down: number;
  stories: number;
}
export interface Series {
  a: string;
  b: string;
  step: string;
  half_life: number;
  total: Flow;
  coarse: number;
  undated: number;
  periods: Period[];
}
export interface Tie {
  sign: number;
  basis: string;
  segment: Segment;
  issue: string;
}
export interface Triad {
  third: string;
  name: string;
  ab: Tie;
  ac: Tie;
  bc: Tie;
  balanced: boolean;
  known: boolean;
  reading: string;
}
export interface PairPage {
  pair: string;
  a: { code: string; name: string };
  b: { code: string; name: string };
  state: State;
  series: Series;
  changes: Change[]; // of the series
  triads: Triad[];
  evidence: EvidenceById;
}

export interface Anniversaries {
  on: string;
  within: number;
  items: { years: number; on: string; acts: Mover[] }[];
  years: { year: number; weeks: [number, number][] }[];
  evidence: EvidenceById;
}

export interface Side {
  pair: string;
  a: { code: string; name: string };
  b: { code: string; name: string };
  from: string;
  to: string;
  days: number;
  stories: number;
  state: State;
  series: Series;
  issues: { issue: string; friendly: number; hostile_words: number; hostile_deeds: number }[];
  evidence: EvidenceById;
}
export interface Comparison {
  sides: [Side, Side];
  apart: boolean;
}

export interface Month {
  month: string;
  from: string;
  to: string;
  friendly: number;
  hostile: number;
  stories: number;
  pairs: { pair: string; a: string; b: string; friendly: number; hostile_words: number; hostile_deeds: number; sign: number }[];
  more: number;
}

/** Numbers by terms; count is the number. */
export interface Counts {
  by: string[];
  items: Record<string, string | number>[];
}

export interface VisitItem {
  visitor: string;
  host: string;
  who: { code: string; sector: string; name: string; identifier: string; office: string };
  level: string;
  announced: string;
  start: string;
  end: string;
  status: string;
  overdue: boolean;
  agenda: string[];
  outcomes: string[];
  records: string[];
  reports: number;
}
export interface Visits {
  on: string;
  items: VisitItem[];
  evidence: EvidenceById;
}

export interface Expectation {
  record: string;
  uttered: string;
  told: string;
  who: string[];
  to: string[];
  asserted_by: string[];
  event: string;
  mode: string;
  not: boolean;
  content: string;
  issues: string[];
  due: string;
  due_end: string;
  status: string;
  decided_by: string;
  decided_on: string;
  late: boolean;
  why: string;
  text: string;
  records: string[];
}
export interface Expectations {
  on: string;
  items: Expectation[];
  evidence: EvidenceById;
}

export interface IssueRow {
  id: string;
  name: string;
  parties: string[];
  records: number;
  positions: number;
  expectations: number;
  last: string;
}
export interface Held {
  stance: string;
  content: string;
  toward: string[];
  on: string;
  record: string;
  text: string;
  reports: number;
}
export interface Holding {
  holder: string;
  changed: string;
  was: string;
  became: string;
  held: Held[];
}
export interface Square {
  pair: string;
  friendly: number;
  hostile: number;
  positions: number;
  expectations: number;
  last: string;
  records: string[];
}
export interface IssuePage {
  id: string;
  name: string;
  parties: string[];
  holdings: Holding[];
  grid: Square[];
  evidence: EvidenceById;
}

export type Quads = [number, number, number, number];
export interface ActorPage {
  code: string;
  name: string;
  capitals: string[];
  borders: string[];
  months: { month: string; done: Quads; received: Quads }[];
  events: { event: string; done: number; received: number }[];
  partners: { code: string; name: string; done: Quads; received: Quads }[];
  offices: { actor: string; person: string; sector: string; office: string; from: string; to: string }[];
}

export interface Unlike {
  now: number;
  median: number;
  mad: number;
  score: number;
}
export interface Move {
  pair: string;
  a: string;
  b: string;
  score: number;
  direction: string;
  friendly: Unlike;
  hostile: Unlike;
  hostile_deeds: Unlike;
}
export interface First {
  actor: string;
  recipient: string;
  event: string;
  mode: string;
  before: string;
  first: string;
  record: string;
}
export interface Changes {
  since: string;
  on: string;
  moves: Move[];
  firsts: First[];
  overdue: Expectation[];
  contradictions: { says: Rec; denies: Rec }[];
  evidence: EvidenceById;
}
