"""Gathers sentences whose events are known and marks the word that tells each,
for the event teacher (see event_teacher.py):

  python3 tools/triggers.py DYAD out/triggers.jsonl PAIRS.jsonl QUADS.jsonl OWN.jsonl...

Sources: the examples of the codebook's rules, with the names of the small world
changed for real ones; pairs with a class but no trigger; sentences with a quad
class; and sentences of our own with their triggers. A line of the output is a
sentence: tokens, labels (a class, "" for none, "?" for unknown), and "some":
classes of which one at least stands in the sentence, at a token not known."""
import sys, json, re, subprocess, tempfile, os, random
from silver import examples, realised

dyad, out = sys.argv[1:3]
pairs, quads = sys.argv[3:5]
classes = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
of_quad = {1: classes[0:3] + ["CONCEDE"], 2: ["COOPERATE", "AID", "RETREAT"], 3: ["REQUEST", "ACCUSE", "REJECT", "THREATEN"], 4: ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]}


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


def add(tokens, labels, some=None, source=""):
    """A line for each sentence of the text."""
    for number in sorted({t[4] for t in tokens}):
        inside = [i for i, t in enumerate(tokens) if t[4] == number]
        rows.append({"tokens": [tokens[i][0] for i in inside], "labels": [labels[i] for i in inside], "some": some, "source": source})


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
        add(tokens, labels, source="own")


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
        add(tokens, labels, some=missing or None, source="rules")


def marked(path, name):
    lines = [json.loads(l) for l in open(path, encoding="utf8")]
    for line, tokens in zip(lines, parse([l["text"] for l in lines])):
        if line.get("quad") == 0:
            add(tokens, [""] * len(tokens), source=name)
            continue
        some = of_quad[line["quad"]] if "quad" in line else ["CONCEDE", "RETREAT"] if line["event"] == "YIELD" else [line["event"]]
        if len({t[4] for t in tokens}) == 1:
            add(tokens, ["?"] * len(tokens), some=some, source=name)


own(sys.argv[5:])
rules()
marked(pairs, "pairs")
marked(quads, "quads")
with open(out, "w", encoding="utf8") as f:
    for r in rows:
        f.write(json.dumps(r, ensure_ascii=False) + "\n")
count = {}
for r in rows:
    for l in r["labels"]:
        if l not in ("", "?"):
            count[r["source"], l] = count.get((r["source"], l), 0) + 1
print(len(rows), "sentences;", sum(count.values()), "triggers;", sum(1 for r in rows if r["some"]), "with a class without its trigger")
