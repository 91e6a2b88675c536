package ingest

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ text, declared, want string }{
		{"The foreign minister of Brennia said on Tuesday that talks with Corva would go on after the elections in May.", "", "en"},
		{"The foreign minister of Brennia said on Tuesday that talks with Corva would go on after the elections in May.", "fr-FR", "en"},
		{"Gunmen kill five in Brennburg", "", "en"},
		{"Gunmen kill five in Brennburg", "en-US", "en"},
		{"Corva recalls envoy", "", "en"},
		{"", "", "en"},
		{"12 34", "es", "es"},
		{"El ministro de Asuntos Exteriores de Brennia anunció el martes que las conversaciones con Corva continuarán después de las elecciones de mayo.", "", "es"},
		{"El ministro de Asuntos Exteriores de Brennia anunció el martes que las conversaciones con Corva continuarán después de las elecciones de mayo.", "en", "es"},
		{"Le ministre des Affaires étrangères a annoncé mardi que les pourparlers avec son voisin se poursuivraient après les élections du mois de mai.", "", "fr"},
		{"Der Außenminister kündigte am Dienstag an, dass die Gespräche mit dem Nachbarland nach den Wahlen im Mai fortgesetzt werden sollen.", "en", "de"},
		{"O ministro das Relações Exteriores anunciou na terça-feira que as negociações com o país vizinho continuarão depois das eleições de maio.", "", "pt"},
		{"Il ministro degli Esteri ha annunciato martedì che i colloqui con il paese vicino continueranno dopo le elezioni di maggio.", "", "it"},
		{"Menteri Luar Negeri mengumumkan pada hari Selasa bahwa perundingan dengan negara tetangga akan dilanjutkan setelah pemilihan umum pada bulan Mei.", "", "id"},
		{"De minister van Buitenlandse Zaken zei dinsdag in de hoofdstad dat de gesprekken over de grens na de verkiezingen in mei zullen worden voortgezet. Dat was eerder niet gelukt, want over de havens is nog niets besloten. De regering wil in juni weer praten.", "en", "nl"},
		{"Udenrigsministeren sagde tirsdag, at forhandlingerne med nabolandet for at finde en løsning vil fortsætte efter valget i maj, og at grænsen forbliver åben over hele landet. Statsministeren lovede bagefter, at regeringen ikke længere ville kræve, at hæren skulle trække sig tilbage, og at der bliver gjort noget ved de høje afgifter på varer, som kommer over grænsen.", "en", "da"},
		{"Utrikesministern sade på tisdagen att samtalen med grannlandet kommer att fortsätta efter valet i maj och att gränsen förblir öppen.", "", "sv"},
		{"Ministrul de externe a declarat marți că discuțiile cu țara vecină vor continua după alegerile din luna mai și că granița are să rămână deschisă.", "", "ro"},
		{"Minister spraw zagranicznych oświadczył we wtorek, że rozmowy z sąsiednim krajem będą kontynuowane po majowych wyborach, a granica pozostanie otwarta.", "", "pl"},
		{"Dışişleri Bakanı salı günü yaptığı açıklamada, komşu ülkeyle görüşmelerin mayıs ayındaki seçimlerden sonra da devam edeceğini söyledi.", "", "tr"},
		{"Министр иностранных дел заявил во вторник, что переговоры с соседней страной продолжатся после майских выборов.", "en", "ru"},
		{"Міністр закордонних справ заявив у вівторок, що переговори із сусідньою країною триватимуть після травневих виборів.", "", "uk"},
		{"أعلن وزير الخارجية يوم الثلاثاء أن المحادثات مع الدولة المجاورة ستستمر بعد الانتخابات في شهر مايو.", "en", "ar"},
		{"وزیر خارجہ نے منگل کو اعلان کیا کہ پڑوسی ملک کے ساتھ مذاکرات مئی کے انتخابات کے بعد بھی جاری رہیں گے۔", "", "ur"},
		{"وزیر امور خارجه روز سه\u200cشنبه اعلام کرد که گفتگوها با کشور همسایه پس از انتخابات ماه مه ادامه خواهد یافت.", "", "fa"},
		{"外交部长周二宣布，与邻国的会谈将在五月选举之后继续进行。", "en", "zh"},
		{"外務大臣は火曜日、隣国との会談は五月の選挙の後も続くと発表した。", "", "ja"},
		{"외교부 장관은 화요일 이웃 나라와의 회담이 오월 선거 이후에도 계속될 것이라고 발표했다.", "", "ko"},
		{"विदेश मंत्री ने मंगलवार को घोषणा की कि पड़ोसी देश के साथ बातचीत मई के चुनावों के बाद भी जारी रहेगी।", "", "hi"},
		{"Ngoại trưởng hôm thứ Ba tuyên bố rằng các cuộc đàm phán với nước láng giềng sẽ tiếp tục sau cuộc bầu cử vào tháng Năm, theo lời một phát ngôn viên tại thủ đô.", "", "vi"},
		{strings.Repeat("Ο υπουργός δήλωσε. ", 20), "", "el"},
		{"\xff\xfe\x00", "klingon", "en"},
	} {
		if got := Language(c.text, c.declared); got != c.want {
			t.Errorf("Language(%q, %q) = %q, want %q", c.text, c.declared, got, c.want)
		}
	}
}

func TestLanguageCode(t *testing.T) {
	for declared, want := range map[string]string{
		"en": "en", "EN": "en", "eng": "en", "English": "en", "english": "en", "en-US": "en", "en_GB.UTF-8": "en", "en, fr": "en",
		"spa": "es", "fre": "fr", "ger": "de", "zh-Hans-CN": "zh", "Arabic": "ar", "Indonesian": "id", "pt-br": "pt", "und": "", "": "", "x": "", "mixed up": "",
		"unknown": "", "1234": "", strings.Repeat("e", 500): "",
	} {
		if got := languageCode(declared); got != want {
			t.Errorf("languageCode(%q) = %q, want %q", declared, got, want)
		}
	}
}

// TestEnglishNewsIsEnglish reads real news: no story of it, and hardly any of its
// sentences alone, may be taken for another language.
func TestEnglishNewsIsEnglish(t *testing.T) {
	stories, sentences, wrong := 0, 0, 0
	for _, path := range []string{"../../shared/news/insight-crime.jsonl", "../../shared/gold-dev/news.jsonl"} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Skipf("reading the news beside this checkout: %v", err)
		}
		for line := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n") {
			var story struct{ Text string }
			if err := json.Unmarshal([]byte(line), &story); err != nil {
				t.Fatal(err)
			}
			stories++
			if got := Language(story.Text, ""); got != "en" {
				t.Errorf("a story is called %s: %.80q", got, story.Text)
			}
			for sentence := range strings.SplitSeq(story.Text, ". ") {
				sentences++
				if got := Language(sentence, ""); got != "en" {
					wrong++
					t.Logf("a sentence is called %s: %q", got, sentence)
				}
			}
		}
	}
	t.Logf("%d stories, %d sentences, of which %d are called another language", stories, sentences, wrong)
	if wrong*1000 > sentences {
		t.Errorf("%d of %d English sentences are called another language, more than one in a thousand", wrong, sentences)
	}
}

func BenchmarkLanguage(b *testing.B) {
	english := strings.Repeat("The foreign minister of Brennia said on Tuesday that talks with Corva would go on. ", 40)
	spanish := strings.Repeat("El ministro de Brennia anunció el martes que las conversaciones con Corva continuarán. ", 40)
	for name, text := range map[string]string{"english": english, "spanish": spanish} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Language(text, "en-US")
			}
		})
	}
}
