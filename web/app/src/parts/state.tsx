// Where a pair stands, in one line with its arrow.
import type { State } from "../lib/model.ts";
import { Arrow } from "./basics.tsx";

const upper = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1);

export function Sentence({ state }: { state: State }) {
  if (state.sentence && !state.level && !state.direction) return <span class="little">{upper(state.sentence)}</span>;
  if (!state.sentence) return <span class="soft">Too little is told of them to say where they stand</span>;
  return (
    <>
      {upper(state.sentence)} <Arrow direction={state.direction} />
    </>
  );
}
