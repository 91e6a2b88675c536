"""Gathers sentences whose events are known and marks the word that tells each,
for the coder's judge:

  python3 tools/triggers.py ./dyad out/triggers.jsonl testdata/gold/cooperation.jsonl \
    testdata/gold/conflict.jsonl testdata/gold/statements.jsonl

Sources: sentences of our own with their triggers, and the examples of the
codebook's rules, with the names of the small world changed for real ones. A line
of the output is a sentence: tokens, and labels: a class, "" for none, "?" for
unknown."""
import sys, json, re, subprocess, tempfile, os, random
from silver import examples, realised

dyad, out = sys.argv[1:3]
classes = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()


def parse(texts):
    """For each text its tokens: form, start, end, head, and the sentence's number."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False, encoding="utf8") as f:
        f.write("\n\n".join(texts) + "\n")
    lines = subprocess.run([dyad, "parse", f.name], stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
    os.unlink(f.name)
    found, number, at, base, sentence = [[] for _ in texts], 0, 0, 0, 0
    for line in lines:
        columns = line.split("\t")
        if line == "":
            sentence += 1
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        form = columns[1]
        start = texts[number].find(form, at)
        while start < 0 or texts[number][at:start].strip():
            number, at, sentence = number + 1, 0, sentence + 1
            start = texts[number].find(form)
        at = start + len(form)
        row = found[number]
        if columns[0] == "1":
            base = len(row)
        head = int(columns[6])
        row.append((form, start, at, base + head - 1 if head else -1, sentence))
    return found


def top(tokens, chosen):
    """The token of a run that hangs outside it."""
    for i in chosen:
        if tokens[i][3] not in chosen:
            return i
    return chosen[0]


rows = []


def add(tokens, labels):
    """A line for each sentence of the text."""
    for number in sorted({t[4] for t in tokens}):
        inside = [i for i, t in enumerate(tokens) if t[4] == number]
        rows.append({"tokens": [tokens[i][0] for i in inside], "labels": [labels[i] for i in inside]})


def own(paths):
    lines = [json.loads(l) for p in paths for l in open(p, encoding="utf8")]
    for line, tokens in zip(lines, parse([l["text"] for l in lines])):
        labels = [""] * len(tokens)
        for e in sorted(line["events"], key=lambda e: not e.get("certain", True), reverse=True):
            trigger = (e.get("trigger") or "").split("|")[0].split(" ... ")[0]
            at = line["text"].find(trigger)
            chosen = [i for i, t in enumerate(tokens) if trigger and at >= 0 and t[1] < at + len(trigger) and t[2] > at]
            if chosen:
                certain = e.get("certain", True) and e.get("aux", "") not in ("negation", "hypothetical")
                for i in chosen:
                    labels[i] = "?"
                labels[top(tokens, chosen)] = e["event"] if certain else "?"
        add(tokens, labels)


def rules():
    random.seed(2)
    texts, wanted = [], []
    for text, expected in examples():
        if expected is None:
            continue
        texts.append(realised(text))
        wanted.append([w for w in re.findall(r"[A-Z]{3,}", expected) if w in classes])
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf8") as f:
        for i, text in enumerate(texts):
            f.write(json.dumps({"id": str(i), "date": "2015-01-01", "text": text}) + "\n")
    coded = [[] for _ in texts]
    for line in subprocess.run([dyad, "code", "--format", "jsonl", "--no-merge", f.name], stdout=subprocess.PIPE).stdout.decode().splitlines():
        r = json.loads(line)
        coded[int(r["story"])].append(r)
    os.unlink(f.name)
    for number, (tokens, want) in enumerate(zip(parse(texts), wanted)):
        labels = [""] * len(tokens)
        missing = list(want)
        for r in coded[number]:
            event = r["event"][0] if isinstance(r["event"], list) else r["event"]
            if event not in want:
                continue
            text = r["event_text"][0] if isinstance(r["event_text"], list) else r["event_text"]
            words = text.split()
            chosen = [i for i, t in enumerate(tokens) if t[0] in words]
            if chosen:
                labels[top(tokens, chosen)] = event
                if event in missing:
                    missing.remove(event)
        if missing:
            labels = [l or "?" for l in labels]
        add(tokens, labels)


own(sys.argv[3:])
rules()
with open(out, "w", encoding="utf8") as f:
    for r in rows:
        f.write(json.dumps(r, ensure_ascii=False) + "\n")
print(len(rows), "sentences;", sum(l not in ("", "?") for r in rows for l in r["labels"]), "triggers")
