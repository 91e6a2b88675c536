import { useKnown } from "../lib/names.tsx";
import { go } from "../lib/router.ts";
import { bow, type Tie } from "./ties.ts";

/** One pair as a line that leads to its page. Pale where nothing is out of the ordinary, with an arrow where it is. */
export function TieLine({ tie, from, to, bend }: { tie: Tie; from: [number, number]; to: [number, number]; bend?: number }) {
  const known = useKnown();
  const { row } = tie;
  const { d, mx, my } = bow(...from, ...to, bend);
  const moved = row.direction === "mending" || row.direction === "worsening";
  const words = `${known.state(row.a)} – ${known.state(row.b)}: ${row.friendly} friendly, ${row.hostile_words} hostile in words, ${row.hostile_deeds} in deeds${moved ? ", " + row.direction : ""}`;
  const href = `/pair/${row.pair}`;
  return (
    <a
      href={href}
      class={`tie ${tie.tone}${moved ? " moved" : ""}`}
      aria-label={words}
      onClick={(event) => {
        // followLinks knows HTML links only: an SVG link's address is an object.
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        go(href);
        scrollTo(0, 0);
      }}
    >
      <title>{words}</title>
      <path class="hit" d={d} />
      <path class="stroke" d={d} stroke-width={tie.width} />
      {moved && (
        <text class={"turn " + row.direction} x={mx} y={my + 5} text-anchor="middle">
          {row.direction === "mending" ? "▲" : "▼"}
        </text>
      )}
    </a>
  );
}
