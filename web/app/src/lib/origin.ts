// Whose events count: dyad's own unless the address says otherwise, as in ?origin=icews. The choice goes along from
// view to view, and into every question and export.

const parameter = "origin";
const takes = /^\/api\/(records|counts|pairs|compare|months|changes|actors|stories)\b(?!.*\/brief)/;

export const origin = (): string => (typeof location === "undefined" ? "" : (new URLSearchParams(location.search).get(parameter) ?? ""));

/** A question to the API, put to the events of the chosen projects where it is one about events. */
export function withOrigin(path: string): string {
  const chosen = origin();
  if (!chosen || !takes.test(path) || /[?&]origin=/.test(path) || /^\/api\/(records|stories)\/./.test(path)) return path;
  return path + (path.includes("?") ? "&" : "?") + parameter + "=" + encodeURIComponent(chosen);
}

/** An address of the page with the choice that stands in the present one. */
export function keepOrigin(href: string): string {
  const chosen = origin();
  const [path = "", query = ""] = href.split("?");
  const parameters = new URLSearchParams(query);
  if (!chosen || parameters.has(parameter) || path === location.pathname) return href;
  parameters.set(parameter, chosen);
  return path + "?" + parameters.toString();
}
