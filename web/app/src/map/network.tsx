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
  return (
    <svg class="map network" viewBox={`0 0 ${width} ${height}`} role="group" aria-label="Network of pairs">
      {ties.map((t) => <TieLine key={t.row.pair} tie={t} from={at(t.row.a)} to={at(t.row.b)} bend={0.06} />)}
      {[...nodes.values()].map((n) => (
        <a key={n.code} href={"/actor/" + n.code} class="state" onClick={(e) => { e.preventDefault(); go("/actor/" + n.code); scrollTo(0, 0); }}>
          <circle class="node" cx={n.x} cy={n.y} r={n.r} />
          <text class="label" x={n.x} y={n.y! - n.r - 4} text-anchor="middle">{known.state(n.code)}</text>
        </a>
      ))}
    </svg>
  );
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
  for (const n of nodes) {
    n.x = Math.round(Math.max(40, Math.min(width - 40, n.x!)));
    n.y = Math.round(Math.max(24, Math.min(height - 14, n.y!)));
  }
  return new Map(nodes.map((n) => [n.code, n]));
}
