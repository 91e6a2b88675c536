// Pairs on a map. Countries are drawn as areas without any pin: where in a country something happened is told by
// the records, and only as precisely as the text does.
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { FeatureCollection, Geometry } from "geojson";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useKnown } from "../lib/names.tsx";
import worldUrl from "./world.json?url";
import centres from "./centres.json";
import { TieLine } from "./tieline.tsx";
import { mainly, weights, type Tie } from "./ties.ts";

const width = 640;
const height = 380;
// The corners of what is drawn of the whole world: Antarctica has no foreign policy.
const inhabited: [number, number][] = [[-168, 10], [178, 10], [-70, -54], [30, 72]];
const edge = 12;
const points = centres as unknown as Record<string, [number, number]>;

let world: Promise<FeatureCollection<Geometry>> | null = null;
const loadWorld = (): Promise<FeatureCollection<Geometry>> =>
  (world ??= fetch(worldUrl)
    .then((answer) => answer.json() as Promise<Topology<{ countries: GeometryCollection }>>)
    .then((topology) => feature(topology, topology.objects.countries)));

export default function PairMap({ ties, frame, whole }: { ties: Tie[]; frame: Tie[]; whole: boolean }) {
  const known = useKnown();
  const [land, setLand] = useState<FeatureCollection<Geometry> | null>(null);
  useEffect(() => void loadWorld().then(setLand), []);
  const drawn = ties.filter((t) => points[t.row.a] && points[t.row.b]);
  const weight = weights(drawn);
  const framed = frame.filter((t) => points[t.row.a] && points[t.row.b]);
  const frameKey = framed.map((t) => t.row.pair).join(" ");
  const projection = useMemo(() => projectionFor(whole ? [] : mainly(framed)), [frameKey, whole]);
  const path = useMemo(() => geoPath(projection), [projection]);
  const exact = (code: string): [number, number] => projection(points[code]!) ?? [0, 0];
  const outside = (code: string): boolean => exact(code).some((v, i) => v < edge || v > (i ? height : width) - edge);
  const at = (code: string): [number, number] => clamp(exact(code));
  const labelled = place([...weight].sort((a, b) => b[1] - a[1]).map(([code]) => ({ code, name: known.state(code), at: at(code) })));
  return (
    <svg class="map" viewBox={`0 0 ${width} ${height}`} role="group" aria-label="Map of pairs">
      {land?.features.map((f, i) => <path key={i} class={"land" + (weight.has(String(f.id)) ? " party" : "")} d={path(f) ?? ""} />)}
      {drawn.map((t) => <TieLine key={t.row.pair} tie={t} from={at(t.row.a)} to={at(t.row.b)} />)}
      {[...weight.keys()].map((code) => <circle key={code} class={"node" + (outside(code) ? " outside" : "")} cx={at(code)[0]} cy={at(code)[1]} r={outside(code) ? 3.5 : 2.5} />)}
      {labelled.map((l) => (
        <text key={l.code} class="label" x={l.x} y={l.y} text-anchor="middle">{l.name}</text>
      ))}
    </svg>
  );
}

/** What lies beyond the frame is drawn at its edge: the line goes there, the country is farther. */
const clamp = ([x, y]: [number, number]): [number, number] => [Math.max(edge, Math.min(width - edge, x)), Math.max(edge + 8, Math.min(height - edge, y))];

/** The whole world, or the part of it where most of what is drawn happens. */
function projectionFor(codes: string[]) {
  const places = codes.map((code) => points[code]).filter(Boolean) as [number, number][];
  if (places.length < 2) return geoNaturalEarth1().fitExtent([[2, 6], [width - 2, height - 6]], { type: "MultiPoint", coordinates: inhabited });
  const middle = (Math.min(...places.map((p) => p[0])) + Math.max(...places.map((p) => p[0]))) / 2;
  const projection = geoNaturalEarth1().rotate([-middle, 0]);
  projection.fitExtent([[80, 60], [width - 80, height - 50]], { type: "MultiPoint", coordinates: places });
  // Two neighbours alone would fill the map with their border; what lies around them tells where that is.
  const most = 460;
  if (projection.scale() > most) {
    const lat = places.reduce((sum, p) => sum + p[1], 0) / places.length;
    projection.scale(most).translate([width / 2, height / 2]);
    const [x, y] = projection([middle, lat])!;
    projection.translate([width - x, height - y]);
  }
  return projection;
}

interface Label {
  code: string;
  name: string;
  at: [number, number];
}

/** Names that do not lie on one another nor outside, the busiest first. */
function place(labels: Label[]): (Label & { x: number; y: number })[] {
  const put: (Label & { x: number; y: number; w: number })[] = [];
  for (const label of labels) {
    const w = label.name.length * 6.2 + 4;
    const x = Math.max(w / 2 + 3, Math.min(width - w / 2 - 3, label.at[0]));
    const y = label.at[1] - 7;
    if (put.some((p) => Math.abs(p.x - x) < (p.w + w) / 2 && Math.abs(p.y - y) < 13)) continue;
    put.push({ ...label, x, y, w });
  }
  return put;
}
