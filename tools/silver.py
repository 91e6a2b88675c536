"""Gathers plain text for the teacher to parse (see teacher.py): stories and
sentences from JSON lines, and the examples of the codebook's rules with the
names of its small world changed for real ones, which a parser knows better.

  python3 tools/silver.py STORIES.jsonl... > out/silver.txt
  dyad parse out/silver.txt > out/silver.conllu
  out/venv/bin/python tools/teacher.py parse out/teacher.pt out/silver.conllu > out/taught.conllu"""
import sys, json, glob, random, re

random.seed(1)
# Name, adjective, people, capital.
real = """Algeria Algerian Algiers
Austria Austrian Vienna
Belgium Belgian Brussels
Bolivia Bolivian Sucre
Brazil Brazilian Brasilia
Bulgaria Bulgarian Sofia
Canada Canadian Ottawa
Chile Chilean Santiago
China Chinese Beijing
Colombia Colombian Bogota
Cuba Cuban Havana
Egypt Egyptian Cairo
Ethiopia Ethiopian Addis_Ababa
France French Paris
Germany German Berlin
Hungary Hungarian Budapest
India Indian New_Delhi
Indonesia Indonesian Jakarta
Iran Iranian Tehran
Iraq Iraqi Baghdad
Israel Israeli Jerusalem
Italy Italian Rome
Japan Japanese Tokyo
Jordan Jordanian Amman
Kenya Kenyan Nairobi
Kuwait Kuwaiti Kuwait_City
Libya Libyan Tripoli
Mexico Mexican Mexico_City
Nigeria Nigerian Abuja
Norway Norwegian Oslo
Pakistan Pakistani Islamabad
Peru Peruvian Lima
Poland Polish Warsaw
Russia Russian Moscow
Serbia Serbian Belgrade
Somalia Somali Mogadishu
Sudan Sudanese Khartoum
Syria Syrian Damascus
Turkey Turkish Ankara
Ukraine Ukrainian Kiev
Venezuela Venezuelan Caracas
Vietnam Vietnamese Hanoi
Yemen Yemeni Sanaa""".split("\n")
real = [[w.replace("_", " ") for w in line.split()] for line in real]
invented = [["Aldoria", "Aldorian", "Aldport"], ["Brennia", "Brennian", "Brennburg"], ["Corva", "Corvan", "Corvagrad"],
            ["Dorland", "Dorlandic", "Dorham"], ["Estara", "Estaran", "Estara City"]]
bodies = ["European Union", "African Union", "Arab League", "United Nations", "Security Council"]
groups = ["Taliban", "Shining Path", "Islamic State", "Red Brigades"]
first = "Anna Boris Carlos David Elena Hassan Ivan Jose Kim Maria Mohammed Peter Ahmed Abdul Hillary Vladimir Recep Manmohan Ban Xi".split()
last = "Garcia Petrov Khan Smith Clinton Kerry Lavrov Wang Singh Hussein Erdogan Lopez Kim Medvedev Hassan Mbeki Tanaka Novak Abbas".split()


def realised(text):
    chosen = random.sample(real, len(invented))
    for old, new in zip(invented, chosen):
        text = text.replace(old[2], new[2])
        text = text.replace("Dorlander", new[1]) if old[0] == "Dorland" else text
        text = text.replace(old[1], new[1]).replace(old[0], new[0])
    for full in ("Anna Veld", "Boris Tarn", "Clara Moss", "Dan Reeve", "Emil Stone"):
        a, b = random.choice(first), random.choice(last)
        text = text.replace(full, a + " " + b).replace(full.split()[1], b)
    return text.replace("Quadrant Union", random.choice(bodies)).replace("Red Dawn", random.choice(groups)).replace("Lantern Trust", "Red Cross")


def examples():
    for path in sorted(glob.glob("codebook/data/rules/*.txt") + glob.glob("codebook/data/*.txt")):
        for line in open(path, encoding="utf8"):
            m = re.match(r"\s+eg\s+(.+?[.!?”\"])(\s{2,}.*)?$", line)
            if m:
                yield m.group(1), (m.group(2) or "").strip()
    for path in sorted(glob.glob("cases/testdata/*.txt")):
        for line in open(path, encoding="utf8"):
            if line.strip() and line[0] not in " #\t":
                yield line.strip(), None


def main():
    for path in sys.argv[1:]:
        for line in open(path, encoding="utf8"):
            story = json.loads(line)
            for paragraph in story.get("text", "").split("\n"):
                if paragraph.strip():
                    print(paragraph.strip() + "\n")
    for text, _ in examples():
        for _ in range(2):
            print(realised(text) + "\n")


if __name__ == "__main__":
    main()
