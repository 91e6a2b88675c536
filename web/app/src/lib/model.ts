// The answers of the API, as web/API.md describes them. Dates are "2024-04-22", "2024-04", "2024" or "".

export interface Entity {
  code: string;
  sector?: string;
  entity_text?: string;
  identifier_id?: string;
  identifier_text?: string;
  office?: string;
}

export interface TextInfo {
  sequence: number;
  start: number;
  end: number;
  trigger_start?: number;
  trigger_end?: number;
}

export interface Reason {
  stage: string;
  rule: string;
  note: string;
}

export interface Report {
  record: string;
  story: string;
  publisher?: string;
  url?: string;
  published?: string;
  text?: string;
}

export interface Place {
  extracted_loc?: string;
  resolved_loc?: string;
  city?: string;
  country?: string;
  lat?: number;
  lon?: number;
}

export type Kind = "event" | "position" | "expectation" | "claim" | "visit" | "refusal";

export interface Rec {
  kind: Kind;
  id: string;
  story: string;
  date: string;
  enddate?: string;
  date_basis: string;
  text: string;
  text_info: TextInfo;
  mentions?: TextInfo[];
  confidence: number;
  reasons: Reason[];
  issue: string[];
  context: string[];
  aux: string[];
  asserted_by: Entity[];
  codebook: string;
  happening?: string;
  reports?: Report[];
  origin?: string;
  own?: { id: string; code: string; label: string; scale: number; actor: string; recipient: string; publisher?: string };

  actor?: Entity[];
  recipient?: Entity[];
  event?: string[];
  mode?: string[];
  quad_code?: number;
  event_scale?: number;
  event_text?: string[];
  event_loc?: Place[] | Place | null;

  holder?: Entity[];
  stance?: string;
  content?: string;
  toward?: Entity[];

  who?: Entity[];
  cue?: string;
  due?: string;

  pair?: Entity[];
  state?: string;
  direction?: string;

  visitor?: Entity[];
  host?: Entity[];
  level?: string;
  start?: string;
  end?: string;
  status?: string;
  outcomes?: string[];

  reason?: string;
}

export interface StoryHead {
  id: string;
  date: string;
  published_basis: string;
  title: string;
  url: string;
  publisher: string;
  lang: string;
  source: string;
  added: string;
  cluster: string;
  copies: number;
  records: number;
  note: string;
}

export interface Evidence {
  record: string;
  kind: Kind;
  story: string;
  title: string;
  publisher: string;
  url: string;
  published: string;
  date: string;
  date_basis: string;
  text: string;
  line: string;
  confidence: number;
  rule: string;
}
export type EvidenceById = Record<string, Evidence>;

export interface Records {
  items: Rec[];
  stories: Record<string, StoryHead>;
  total: number;
  next: string;
}

export interface StoryPage {
  story: StoryHead & { text: string };
  records: Rec[];
  rejected: Rec[];
  copies: StoryHead[];
}

export interface Token {
  Start: number;
  End: number;
  Text: string;
  Lemma: string;
  UPOS: string;
  XPOS: string;
  Feats: string;
  Head: number;
  Rel: string;
}
export interface Mention {
  Sentence: number;
  First: number;
  Last: number;
  Head: number;
  How: string;
  Entities: { Code: string; Sector: string; Text: string; Identifier: string; Name: string; Office: string }[] | null;
  Place: boolean;
  Reason: { Stage: string; Rule: string; Note: string };
}
export interface RuleTried {
  Token: number;
  Trigger: string;
  Span: { Start: number; End: number };
  Rule: string;
  Pattern: string;
  Event: string;
  Fits: boolean;
  Fired: boolean;
  Why: string;
}
export interface ExplainedSentence {
  text: string;
  tokens: Token[];
  mentions: Mention[] | null;
  rules_tried: RuleTried[] | null;
}
export interface Explained {
  sentences: ExplainedSentence[];
  records: Rec[];
}

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
  triads: Triad[];
  evidence: EvidenceById;
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

export interface About {
  version: string;
  codebook: string;
  store: string;
  data_version: string;
  token_required: boolean;
  writable: boolean;
  following: number;
}
export interface Coverage {
  first: string;
  last: string;
  stories: number;
  clusters: number;
  records: Record<string, number>;
  failures: number;
  days: { day: string; stories: number; events: number }[];
  outlets: { outlet: string; stories: number }[];
  languages: { language: string; stories: number }[];
}
export interface Codebook {
  hash: string;
  events: { id: string; name: string; quad: number; score: number; modes: { id: string; name: string }[] }[];
  issues: { id: string; name: string }[];
  sectors: { id: string; name: string }[];
}
export interface Failure {
  number: number;
  story: string;
  stage: string;
  error: string;
  source: string;
  at: string;
  tries: number;
  solved: boolean;
}
export interface Source {
  address: string;
  kind: string;
  failures: number;
  last_error: string;
  last_tried: string;
  next_try: string;
}

export interface Correction {
  id: number;
  record: string;
  story: string;
  action: string;
  author: string;
  note: string;
  at: string;
  undone: string;
  stale: boolean;
  before: Rec;
  after: Rec | null;
}
export interface Alert {
  id: string;
  kind: string;
  at: string;
  pair: string;
  title: string;
  text: string;
  found: string;
  records: string[];
  acknowledged?: { at: string; author: string; note: string };
}
