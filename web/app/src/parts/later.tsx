// A part that is fetched when it is first drawn: map, network and charts are not what a page should wait for.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

export function Later<P extends object>({ load, props }: { load: () => Promise<{ default: ComponentType<P> }>; props: P }) {
  const [part, set] = useState<{ view: ComponentType<P> } | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let current = true;
    load().then((module) => current && set({ view: module.default }), () => current && setFailed(true));
    return () => { current = false; };
  }, []);
  if (failed) return <p class="failed" role="alert">This drawing could not be loaded: dyad does not answer.</p>;
  if (!part) return <div class="later" aria-hidden="true" />;
  const View = part.view;
  return <View {...props} />;
}
