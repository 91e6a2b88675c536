// Dates and numbers as the page writes them. Dates of dyad are days, months or years.

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** "22 Apr 2024", "Apr 2024", "2024", or "undated". */
export function day(date: string): string {
  const [y, m, d] = date.split("-");
  if (!y) return "undated";
  if (!m) return y;
  const month = (months[Number(m) - 1] ?? m).slice(0, 3);
  return d ? `${Number(d)} ${month} ${y}` : `${month} ${y}`;
}

/** "22 April 2024", for the places where a date is read and not scanned. */
export function longDay(date: string): string {
  const [y, m, d] = date.split("-");
  if (!y) return "an unknown date";
  if (!m) return y;
  const month = months[Number(m) - 1] ?? m;
  return d ? `${Number(d)} ${month} ${y}` : `${month} ${y}`;
}

/** "4–6 Apr 2024"; one day where both ends are the same, and what is known where one is not. */
export function span(from: string, to: string): string {
  if (!to || from === to) return day(from);
  if (!from) return "until " + day(to);
  const [y1, m1, d1] = from.split("-");
  const [y2, m2, d2] = to.split("-");
  if (d1 && d2 && y1 === y2 && m1 === m2) return `${Number(d1)}–${day(to)}`;
  if (y1 === y2 && m1 && m2) return `${day(from).replace(" " + y1, "")} – ${day(to)}`;
  return `${day(from)} – ${day(to)}`;
}

/** What a record's date rests on, in words. */
export function basis(date_basis: string): string {
  switch (date_basis) {
    case "stated":
      return "stated in the text";
    case "derived":
      return "worked out from the text";
    case "published":
      return "taken from the day of publication";
    default:
      return "not known";
  }
}

/** What a story's day of publication rests on; nothing where the story says it itself. */
export function publishedBasis(published_basis: string): string {
  switch (published_basis) {
    case "feed":
      return "by its feed";
    case "page":
      return "as found on its page";
    case "given":
      return "as was said when it was read in";
    default:
      return "";
  }
}

const number = new Intl.NumberFormat("en-GB");
export const count = (n: number): string => number.format(n);

/** "1 story", "2 stories". */
export function plural(n: number, one: string, many = one + "s"): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** "+3.4", "−2.0": a real minus sign, since a hyphen is read as a dash. */
export function signed(n: number, digits = 1): string {
  const text = Math.abs(n).toFixed(digits);
  return (n < 0 ? "−" : n > 0 ? "+" : "") + text;
}

export const percent = (n: number): string => `${Math.round(n * 100)}%`;

/** Days between two days; NaN where one is no day. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** A day some days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The first and last day of a day, month or year. */
export function bounds(date: string): [string, string] {
  const [y, m, d] = date.split("-");
  if (d) return [date, date];
  if (m) {
    const last = new Date(Date.UTC(Number(y), Number(m), 0)).getUTCDate();
    return [`${y}-${m}-01`, `${y}-${m}-${String(last).padStart(2, "0")}`];
  }
  return [`${y}-01-01`, `${y}-12-31`];
}
