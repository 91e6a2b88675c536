// Which part of a long list is shown.

export const most = 1000; // that the API gives at once

export interface Page {
  items: unknown[];
  total: number;
  next: string; // cursor of what follows, "" at the end
}
export interface At {
  limit: number;
  cursor: string;
  before: number; // items before those of the cursor
}

export const begin = (limit: number): At => ({ limit, cursor: "", before: 0 });

/** Twice as much of a list, or what follows when that is as much as there is at once. */
export function further(at: At, page: Page): At {
  if (at.limit < most) return { ...at, limit: Math.min(most, at.limit * 2) };
  return { limit: most, cursor: page.next, before: at.before + page.items.length };
}
