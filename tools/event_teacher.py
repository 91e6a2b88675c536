"""A teacher for the coder's judge: a small pretrained encoder (see teacher.py) that
says of each word whether it tells one of PLOVER's events. Fitted to the sentences
that triggers.py gathers, it marks plain text, from which dyad train --clues fits the
judge that ships (coder/judge.bin; coder/JUDGE_CARD.md). dyad itself never needs it.

  out/venv/bin/python tools/event_teacher.py fit out/events.pt EPOCHS TRIGGERS.jsonl NEWS.jsonl...
  out/venv/bin/python tools/event_teacher.py label out/events.pt IN.conllu > out/marked.jsonl

fit prints after each epoch how well it finds the events of NEWS.jsonl (sentences
in the form of gold-dev/news.jsonl) by class alone; it does not learn from those."""
import sys, json, random, time
import torch
from torch import nn
from transformers import BertModel
from teacher import Example, batches, padded, sentences, model_folder

NAMES = "- AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()


class EventTeacher(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = BertModel.from_pretrained(model_folder, add_pooling_layer=False)
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.shapes = nn.Embedding(7, 16)
        self.hidden = nn.Linear(384 + 16, 256)
        self.out = nn.Linear(256, len(NAMES))
        self.dropout = nn.Dropout(0.2)

    def forward(self, group):
        pieces = padded([e.pieces for e in group], 0)
        x = self.encoder(pieces, attention_mask=(pieces > 0).long()).last_hidden_state
        first = padded([e.first for e in group], 0)
        x = x.gather(1, first.unsqueeze(2).expand(-1, -1, x.shape[2]))
        x = self.dropout(torch.cat([x, self.shapes(padded([e.shapes for e in group], 0))], 2))
        return self.out(self.dropout(nn.functional.gelu(self.hidden(x))))

    def loss(self, group):
        scores = self(group).float().log_softmax(2)
        gold = padded([e.gold for e in group], -100)
        total = nn.functional.nll_loss(scores.flatten(0, 1), gold.flatten(), reduction="sum")
        for k, e in enumerate(group):
            if e.some:
                inside = scores[k, 1:len(e.gold)][:, e.some].logsumexp(1)
                total = total - 2 * inside.max()
                others = scores[k, 1:len(e.gold), 0]
                total = total - 0.1 * (others.sum() - others[inside.argmax()])
        return total / sum(len(e.gold) for e in group) * 20


def example(tokens, labels=None, some=None):
    e = Example([["", t] for t in tokens])
    if labels is not None:
        e.gold = [-100] + [-100 if l == "?" else 0 if l == "" else NAMES.index(l) for l in labels]
        e.some = [NAMES.index(c) for c in some] if some else None
    return e


def evaluate(model, rows):
    model.eval()
    right = found = gold = 0
    with torch.no_grad():
        for group in batches([r[0] for r in rows], False):
            for e, scores in zip(group, model(group).argmax(2).tolist()):
                got = {NAMES[s] for s in scores[1:len(e.rows) + 1] if s}
                sure = {x["event"] for x in e.events if x.get("certain", True)}
                unsure = {x["event"] for x in e.events} - sure
                right += len(got & sure)
                found += len(got - unsure)
                gold += len(sure)
    model.train()
    p, r = right / max(1, found), right / max(1, gold)
    return "P %.3f R %.3f F1 %.3f" % (p, r, 2 * p * r / max(1e-9, p + r))


def fit(path, epochs, source, held):
    import re
    torch.manual_seed(1)
    random.seed(1)
    rows = [json.loads(l) for l in open(source, encoding="utf8")]
    examples = [example(r["tokens"], r["labels"], r["some"]) for r in rows if r["tokens"] and len(r["tokens"]) < 120]
    tests = []
    for name in held:
        found = []
        for line in open(name, encoding="utf8"):
            r = json.loads(line)
            e = example(re.findall(r"\w+|[^\w\s]", r["text"]))
            e.events = r["events"]
            found.append((e,))
        tests.append((name, found))
    model = EventTeacher()
    own = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optimiser = torch.optim.AdamW([{"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": 1.5e-4, "weight_decay": 0.01}, {"params": own, "lr": 1e-3}], betas=(0.9, 0.98))
    base = [g["lr"] for g in optimiser.param_groups]
    steps, total = 0, epochs * len(batches(examples, True))
    for epoch in range(epochs):
        started, summed = time.time(), 0.0
        groups = batches(examples, True)
        for group in groups:
            for g, lr in zip(optimiser.param_groups, base):
                g["lr"] = lr * min(1, (steps + 1) / (total * 0.1)) * max(0.02, 1 - steps / total)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = model.loss(group)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            optimiser.zero_grad()
            steps += 1
            summed += loss.item()
        print("epoch %d loss %.3f %.0f s" % (epoch + 1, summed / len(groups), time.time() - started), *(n.split("/")[-1] + " " + evaluate(model, t) for n, t in tests), sep="  ", flush=True)
    torch.save(model.state_dict(), path)


def label(path, source):
    """For each sentence its tokens and, for tokens that may tell an event, the
    probabilities of the classes: [token, {class: p}]."""
    model = EventTeacher()
    model.load_state_dict(torch.load(path))
    model.eval()
    chunk = []

    def flush():
        done = {}
        with torch.no_grad():
            for group in batches(chunk, False):
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    scores = model(group).float().softmax(2)
                for k, e in enumerate(group):
                    marks = []
                    for i in range(len(e.words)):
                        p = scores[k, i + 1]
                        if p[0] < 0.97:
                            marks.append([i, {NAMES[c]: round(p[c].item(), 3) for c in range(1, len(NAMES)) if p[c] > 0.01}])
                    done[id(e)] = marks
        for e in chunk:
            print(json.dumps({"tokens": e.words, "marks": done[id(e)]}, ensure_ascii=False))
        chunk.clear()

    for s in sentences(source):
        if len(s) < 120:
            e = example([r[1] for r in s])
            e.words = [r[1] for r in s]
            chunk.append(e)
        if len(chunk) == 4000:
            flush()
    if chunk:
        flush()


if __name__ == "__main__":
    if sys.argv[1] == "fit":
        fit(sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5:])
    else:
        label(sys.argv[2], sys.argv[3])
