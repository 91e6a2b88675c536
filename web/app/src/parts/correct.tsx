// Rejecting or correcting a record. Both are records themselves, with author and note, and can be undone.
import { useId, useState } from "preact/hooks";
import { get, Problem, post, remove } from "../lib/api.ts";
import { tellChange } from "../lib/live.ts";
import type { Correction, Entity, Rec } from "../lib/model.ts";
import { useKnown } from "../lib/names.tsx";
import { notify } from "../lib/notice.ts";
import { setToken, token } from "../lib/token.ts";

const authorKey = "dyad-author";

export function Correct({ record }: { record: Rec }) {
  const { about } = useKnown();
  const [form, setForm] = useState<"" | "reject" | "correct">("");
  if (record.kind === "refusal" || (about && !about.writable)) return null;
  const correction = record.reasons[0]?.stage === "correction";
  if (form) return <Form record={record} action={form} close={() => setForm("")} />;
  return (
    <>
      <button type="button" class="plain" onClick={() => setForm("reject")} disabled={correction} title={correction ? "Undo its correction first" : ""}>
        reject …
      </button>
      <button type="button" class="plain" onClick={() => setForm("correct")} disabled={correction} title={correction ? "Undo its correction first" : ""}>
        correct …
      </button>
      {correction && <Undo record={record.id} />}
    </>
  );
}

function Undo({ record }: { record: string }) {
  const undo = async () => {
    const all = await get<{ corrections: Correction[] }>(`/api/records/${record}`);
    const standing = all.corrections.find((c) => !c.undone);
    if (standing) await undoCorrection(standing.id);
  };
  return (
    <button type="button" class="plain" onClick={undo}>
      undo the correction
    </button>
  );
}

export async function undoCorrection(id: number): Promise<void> {
  try {
    await remove<Correction>(`/api/corrections/${id}`);
    notify({ text: "The correction is undone." });
    tellChange();
  } catch (error) {
    notify({ text: (error as Error).message });
  }
}

interface Field {
  name: string;
  label: string;
  value: string;
  hint?: string;
  many?: boolean;
}

const codes = (entities: Entity[] | undefined): string =>
  (entities ?? []).map((e) => [e.code, e.sector].filter(Boolean).join(" ")).join(", ");

function fieldsOf(r: Rec): Field[] {
  const event = [
    { name: "event", label: "Event", value: r.event?.[0] ?? "", hint: "PLOVER's code" },
    { name: "mode", label: "Mode", value: r.mode?.[0] ?? "" },
  ];
  const issue = { name: "issue", label: "Issues", value: r.issue.join(", "), many: true };
  switch (r.kind) {
    case "event":
      return [
        { name: "actor", label: "Actor", value: codes(r.actor), many: true, hint: "IRN GOV, …" },
        { name: "recipient", label: "Recipient", value: codes(r.recipient), many: true },
        ...event,
        { name: "date", label: "Date", value: r.date },
        issue,
        { name: "aux", label: "Modality", value: r.aux.join(", "), many: true, hint: "historical future hypothetical negation" },
      ];
    case "position":
      return [
        { name: "holder", label: "Holder", value: codes(r.holder), many: true },
        { name: "toward", label: "Toward", value: codes(r.toward), many: true },
        { name: "stance", label: "Stance", value: r.stance ?? "", hint: "for against calls_for concerned neutral" },
        issue,
      ];
    case "expectation":
      return [
        { name: "who", label: "Who", value: codes(r.who), many: true },
        { name: "recipient", label: "Toward", value: codes(r.recipient), many: true },
        ...event,
        { name: "due", label: "Due", value: r.due ?? "" },
        issue,
      ];
    case "claim":
      return [
        { name: "pair", label: "Pair", value: codes(r.pair), many: true },
        { name: "state", label: "State", value: r.state ?? "" },
        { name: "direction", label: "Direction", value: r.direction ?? "" },
      ];
    default:
      return ["visitor", "host", "level", "start", "end", "status"].map((name) => {
        const value = r[name as keyof Rec];
        const many = Array.isArray(value);
        return { name, label: name[0]!.toUpperCase() + name.slice(1), value: many ? codes(value as Entity[]) : ((value as string) ?? ""), many };
      });
  }
}

function Form({ record, action, close }: { record: Rec; action: "reject" | "correct"; close: () => void }) {
  const { about } = useKnown();
  const fields = action === "correct" ? fieldsOf(record) : [];
  const [error, setError] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    const author = text("author");
    localStorage.setItem(authorKey, author);
    if (text("token")) setToken(text("token"));
    const changed = Object.fromEntries(fields.filter((f) => text(f.name) !== f.value).map((f) => [f.name, f.many ? parts(text(f.name)) : text(f.name)]));
    setBusy(true);
    try {
      const made = await post<Correction>(`/api/records/${record.id}/correction`, { action, author, note: text("note"), ...(action === "correct" ? { fields: changed } : {}) });
      notify({ text: action === "reject" ? "Rejected: it counts nowhere now." : "Corrected.", undo: () => void undoCorrection(made.id) });
      tellChange();
      close();
    } catch (problem) {
      setError(problem as Error);
      setBusy(false);
    }
  };
  const id = useId();
  return (
    <form class="correct" onSubmit={submit} aria-label={action === "reject" ? "Reject this record" : "Correct this record"}>
      {fields.map((f, i) => (
        <label key={f.name} for={`${id}-${f.name}`}>
          {f.label}
          <input id={`${id}-${f.name}`} name={f.name} defaultValue={f.value} placeholder={f.hint ?? ""} autoFocus={i === 0} />
        </label>
      ))}
      <label for={id + "-note"} class="wide">
        Note
        <input id={id + "-note"} name="note" required placeholder="what is wrong, for whoever comes after" autoFocus={action === "reject"} />
      </label>
      <label for={id + "-author"} class="wide">
        Your name
        <input id={id + "-author"} name="author" required defaultValue={localStorage.getItem(authorKey) ?? ""} autoComplete="name" />
      </label>
      {about?.token_required && !token() && (
        <label for={id + "-token"} class="wide">
          Token of this server
          <input id={id + "-token"} name="token" type="password" required autoComplete="off" />
        </label>
      )}
      {error && (
        <p class="failed" role="alert">
          {error.message} {error instanceof Problem && error.fields.join(" ")}
        </p>
      )}
      <p class="actions wide">
        <button type="submit" disabled={busy}>{action === "reject" ? "Reject" : "Correct"}</button>
        <button type="button" class="quiet" onClick={close}>Leave it</button>
      </p>
    </form>
  );
}

const parts = (text: string): string[] => text.split(",").map((p) => p.trim()).filter(Boolean);
