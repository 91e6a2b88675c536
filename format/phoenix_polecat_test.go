package format

import (
	"fmt"
	"strings"
	"testing"
)

const phoenixText = "1\t20190304\t2019\t3\t4\tJPNGOV\tJPN\tGOV\t\tPER\tPER\t\t\t042\t04\t1\t1.9\t\t-12.05\t-77.04\tLima\tLima Region\tPER\tabc123_2\thttps://ledger.example/1;https://times.example/2\tledger;times\n"

const phoenixHistorical = `,X,GID,Date,Year,Month,Day,Source,SrcActor,SrcAgent,SOthAgent,Target,TgtActor,TgtAgent,TOthAgent,CAMEO,RootCode,QuadClass,Goldstein,None,Lat,Lon,Geoname,AdminInfo,CountryCode,ID,URL,sourcetxt
7,7,2_v0,20190305,2019,3,5,IGO,IGO,,UNO;HCR,PER,PER,,,10,1,0,0,"TERROR,1",NA,NA,"Lima, the ""City""",,PER,abc_0,https://ledger.example/3,ledger
8,8,3_v0,20190305,2019,3,5,PERMED,PER,MED,,PER,PER,,,10,10,3,-5,,NA,NA,,,,abc_1,https://ledger.example/3,ledger
9,9,4_v0,20190305,2019,3,5,PERMED,PER,MED,,PER,PER,,,311,3,3,-5,,NA,NA,,,,abc_1,https://ledger.example/3,ledger
`

const polecatText = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\tWikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\tPrimary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\tWikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\tGeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\tStory People\tStory Organizations\tStory Locations\tLanguage\tVersion\n" +
	"20190304-7\t2019-03-04\tCONSULT\tvisit\t4.0\tVERBAL COOPERATION\tdiplomatic;economic;weather\tShinzo Abe; Nobody Known\tJPN; PER\t740; 135\tGOV; CVL\tGOV; CVL\tPrime Minister; None\tAbe; a farmer\tShinzo_Abe; None\tPeru\tPER\t135\tNone\tNone\tNone\tPeru\tNone\tLima\tLima\tNone\tLima Province\tPER\t-12.05\t-77.04\t3936456\tthe capital\tPPLC\tThe Morning Ledger\t2019-03-05\tNone\tNone\tNone\tEnglish\tNGEC\n" +
	"20190304-7\t2019-03-05\tCoerce\tNone\t4.0\tVERBAL COOPERATION\tdiplomatic;economic;weather\tNone\tNone\t740; 135\tGOV; CVL\tGOV; CVL\tPrime Minister; None\tAbe; a farmer\tShinzo_Abe; None\tPeru\tPER\t135\tNone\tNone\tNone\tPeru\tNone\tNone\tNone\tNone\tLima Province\tPER\t-12.05\t-77.04\t3936456\tthe capital\tPPLC\tThe Morning Ledger\t2019-03-05\tNone\tNone\tNone\tEnglish\tNGEC\t\t\n"

func says(t *testing.T, layout, text string) (lines []string, faults []error) {
	t.Helper()
	records, faults := read(t, shippedImporter(t), layout, text)
	for i := range records {
		lines = append(lines, Line(&records[i]))
	}
	return lines, faults
}

// Daily files have tabs and no header, historical ones commas and a header; a spreadsheet
// has eaten the zeros of their codes, but the root beside each tells.
func TestPhoenix(t *testing.T) {
	lines, faults := says(t, "phoenix", phoenixText)
	if want := []string{"JPN GOV CONSULT/visit PER  in Lima  (PHOENIX 042)"}; fmt.Sprint(lines) != fmt.Sprint(want) || len(faults) != 0 {
		t.Errorf("%q %v", lines, faults)
	}
	lines, faults = says(t, "phoenix", phoenixHistorical)
	want := []string{"IGO CAMEO 010 PER  in Lima, the \"City\"  (PHOENIX 010)", "PER JRN REQUEST PER  (PHOENIX 10)", "PER JRN AGREE PER  (PHOENIX 0311)"}
	if fmt.Sprint(lines) != fmt.Sprint(want) || len(faults) != 0 {
		t.Errorf("%q %v", lines, faults)
	}
}

// POLECAT may name several actors in one field, and absent values by the word None.
func TestPOLECAT(t *testing.T) {
	lines, faults := says(t, "polecat", polecatText)
	want := []string{"JPN GOV, PER CVL CONSULT/visit PER  in Lima  (POLECAT CONSULT/visit)", "- COERCE PER  in Lima Province  (POLECAT Coerce)"}
	if fmt.Sprint(lines) != fmt.Sprint(want) || len(faults) != 0 {
		t.Errorf("%q %v", lines, faults)
	}
	records, _ := read(t, shippedImporter(t), "polecat", polecatText)
	if a := records[0].Event.Actor; a[0].Identifier != "shinzo-abe" || a[0].Office != "Prime Minister" || a[0].Text != "Abe" || a[1].Name != "Nobody Known" {
		t.Errorf("%+v", a)
	}
	if r := records[0]; strings.Join(r.Contexts, " ") != "diplomatic economic" || r.Event.Place.GeoNameID != 3936456 || r.Own.Scale != 4 {
		t.Errorf("%+v", r)
	}
	_, faults = says(t, "polecat", strings.Replace(polecatText, "CONSULT", "DANCE", 1))
	if len(faults) != 1 || !strings.Contains(faults[0].Error(), "made-up.polecat:2:Event Type: \"DANCE\" is no event of PLOVER") {
		t.Errorf("%v", faults)
	}
}
