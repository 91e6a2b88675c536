// Pairs as a network: who is close to whom, wherever on the globe. The forces are run to their end before anything
// is drawn, so that nothing moves and the same pairs always give the same picture.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";
import { useMemo } from "preact/hooks";
import { useKnown } from "../lib/names.tsx";
import { go } from "../lib/router.ts";
import { TieLine } from "./tieline.tsx";
import { weights, type Tie } from "./ties.ts";

const width = 640;
const height = 380;

interface Node extends SimulationNodeDatum {
  code: string;
  r: number;
}

export default function PairNetwork({ ties }: { ties: Tie[] }) {
  const known = useKnown();
  const key = ties.map((t) => t.row.pair + t.total).join(" ");
  const nodes = useMemo(() => layout(ties), [key]);
  const at = (code: string): [number, number] => {
    const n = nodes.get(code)!;
    return [n.x!, n.y!];
  };
  const named = legible([...nodes.values()], known.state);
  return (
    <svg class="map network" viewBox={`0 0 ${width} ${height}`} role="group" aria-label="Network of pairs">
      {ties.map((t) => <TieLine key={t.row.pair} tie={t} from={at(t.row.a)} to={at(t.row.b)} bend={0.06} />)}
      {[...nodes.values()].map((n) => (
        <a key={n.code} href={"/actor/" + n.code} class="state" aria-label={known.state(n.code)} onClick={(e) => { e.preventDefault(); go("/actor/" + n.code); scrollTo(0, 0); }}>
          <circle class="node" cx={n.x} cy={n.y} r={n.r} />
          <title>{known.state(n.code)}</title>
          {named.has(n.code) && <text class="label" x={n.x} y={n.y! - n.r - 4} text-anchor="middle">{known.state(n.code)}</text>}
        </a>
      ))}
    </svg>
  );
}

/** Those whose names lie on no other's, the busiest first; the others have theirs under the pointer. */
function legible(nodes: Node[], name: (code: string) => string): Set<string> {
  const put: { x: number; y: number; w: number; code: string }[] = [];
  for (const n of [...nodes].sort((a, b) => b.r - a.r)) {
    const label = { x: n.x!, y: n.y! - n.r, w: name(n.code).length * 6 + 6, code: n.code };
    if (!put.some((p) => Math.abs(p.x - label.x) < (p.w + label.w) / 2 && Math.abs(p.y - label.y) < 12)) put.push(label);
  }
  return new Set(put.map((p) => p.code));
}

function layout(ties: Tie[]): Map<string, Node> {
  const weight = weights(ties);
  const top = Math.max(1, ...weight.values());
  const nodes: Node[] = [...weight].sort((a, b) => b[1] - a[1]).map(([code, n]) => ({ code, r: 3 + 9 * Math.sqrt(n / top) }));
  const links: (SimulationLinkDatum<Node> & { n: number })[] = ties.map((t) => ({ source: t.row.a, target: t.row.b, n: t.total }));
  forceSimulation(nodes)
    .force("link", forceLink<Node, (typeof links)[0]>(links).id((n) => n.code).distance(90).strength((l) => 0.1 + 0.5 * Math.sqrt(l.n / top)))
    .force("charge", forceManyBody<Node>().strength(-260))
    .force("collide", forceCollide<Node>((n) => n.r + 20))
    // The picture is wider than high.
    .force("x", forceX<Node>(width / 2).strength(0.06))
    .force("y", forceY<Node>(height / 2).strength(0.14))
    .stop()
    .tick(300);
  // Stretched to the frame, each way for itself: only who is near whom has a meaning.
  const fit = (value: number, all: number[], from: number, to: number) => {
    const low = Math.min(...all);
    const high = Math.max(...all);
    return Math.round(high > low ? from + ((to - from) * (value - low)) / (high - low) : (from + to) / 2);
  };
  const [xs, ys] = [nodes.map((n) => n.x!), nodes.map((n) => n.y!)];
  for (const n of nodes) {
    n.x = fit(n.x!, xs, 50, width - 50);
    n.y = fit(n.y!, ys, 28, height - 16);
  }
  return new Map(nodes.map((n) => [n.code, n]));
}
