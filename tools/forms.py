"""Lists the inflected forms of English verbs, nouns and adjectives that are frequent
enough to matter, for checking nlp's lemmas and making nlp/lemmas.txt. The lexicon is
lemminflect 0.2.3 (Brad Jascob, MIT; from the SPECIALIST lexicon of the United States
National Library of Medicine):

  python3 -m venv out/venv && out/venv/bin/pip install --no-deps lemminflect==0.2.3
  out/venv/bin/python tools/forms.py out/vectors.txt > out/forms.tsv
  go test ./nlp -run TestLemmaTable -forms ../out/forms.tsv -update

A line a form: its Penn tag, the form, its lemma. Only forms among the words of the
vectors are listed; where two lemmas share a form the more frequent one has it."""
import gzip, importlib.util, os, sys

package = os.path.dirname(importlib.util.find_spec("lemminflect").origin)
rank = {}
with open(sys.argv[1], encoding="utf8") as f:
    for line in f:
        rank.setdefault(line.split(" ", 1)[0], len(rank))
tags = {"verb": ["VBD", "VBN", "VBG", "VBZ"], "noun": ["NNS"], "adj": ["JJR", "JJS"]}
best = {}
with gzip.open(os.path.join(package, "resources", "infl_lu.csv.gz"), "rt", encoding="utf8") as f:
    for line in f:
        lemma, pos, *columns = line.rstrip("\n").split(",")
        if lemma in ("much", "many", "less", "little", "well", "ill") and pos == "adj":
            continue  # the treebanks write "more", "least" and, of adjectives, "good"
        if pos not in tags or not lemma.isalpha() or not lemma.islower() or lemma not in rank:
            continue
        if pos == "verb" and len(columns) == 4 and not columns[1]:
            columns[1] = columns[0]
        for tag, forms in zip(tags[pos], columns):
            forms = forms.split("/")
            if tag == "NNS" and len(forms) > 1:
                forms = [form for form in forms if form != lemma]
            for form in forms:
                if form in rank and form.isalpha() and form.islower():
                    key, other = (tag, form), best.get((tag, form))
                    # "things" is the plural of "thing" before it is a word of its own.
                    if other is None or (lemma == form, rank[lemma]) < (other == form, rank[other]):
                        best[key] = lemma
for (tag, form), lemma in sorted(best.items()):
    print(tag, form, lemma, sep="\t")
