// One line at the foot of the page that says what was done, with a way back.
export interface Notice {
  text: string;
  undo?: () => void;
}

const target = new EventTarget();
export const notify = (notice: Notice): void => void target.dispatchEvent(new CustomEvent<Notice>("notice", { detail: notice }));

export function onNotice(listener: (notice: Notice) => void): () => void {
  const heard = (event: Event) => listener((event as CustomEvent<Notice>).detail);
  target.addEventListener("notice", heard);
  return () => target.removeEventListener("notice", heard);
}
