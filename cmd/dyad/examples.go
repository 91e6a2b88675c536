package main

// What kong shows in the help of dyad and of each command, below what it is for.

func (commands) Help() string {
	return `For example:

    dyad explain "Pakistan recalled its ambassador from Iran."
    dyad code --date 2024-04-22 article.txt
    dyad ingest news/
    dyad events Iran Pakistan
    dyad relation Iran Pakistan`
}

func (*codeCommand) Help() string {
	return `Nothing is kept: dyad ingest does that. For example:

    dyad code --date 2024-04-22 article.txt
    dyad code --records all stories.jsonl > records.jsonl
    dyad code --format csv news/ > events.csv
    cat article.txt | dyad code -`
}

func (*ingestCommand) Help() string {
	return `What is there already is passed over, so that the same call may be given again and
again, and goes on where it was stopped. For example:

    dyad ingest stories.jsonl news/ "archive/*.warc.gz"
    dyad ingest --date 2024-04-22 article.txt
    dyad ingest https://example.org/world/story.html
    dyad ingest feeds.txt
    dyad ingest --follow`
}

func (*importCommand) Help() string {
	return `For example:

    dyad import icews events.2018.tab
    dyad import gdelt 20240422.export.CSV.zip
    dyad events Iran Pakistan --origin icews,gdelt`
}

func (*eventsCommand) Help() string {
	return `For example:

    dyad events Iran Pakistan
    dyad events --actor "Iran GOV" --event CONSULT,AGREE --from 2024-01 --to 2024-03
    dyad events --issue kashmir --records all
    dyad events Iran Pakistan --count-by month,quad --format csv`
}

func (*storiesCommand) Help() string {
	return `For example:

    dyad stories --outlet Reuters --published-from 2024-04
    dyad stories Iran Pakistan --text --format jsonl`
}

func (*relationCommand) Help() string {
	return `For example:

    dyad relation Iran Pakistan --since 2023
    dyad relation IRN PAK --step quarter --on 2024-02-01`
}

func (*briefCommand) Help() string {
	return `For example:

    dyad brief Iran Pakistan --since 2023-06
    dyad brief Iran Pakistan --format html -o brief.html`
}

func (*visitsCommand) Help() string {
	return `For example:

    dyad visits --host Pakistan --since 2023
    dyad visits --visitor Iran --status announced`
}

func (*expectCommand) Help() string {
	return `For example:

    dyad expect Iran
    dyad expect Iran Pakistan --status overdue`
}

func (*issueCommand) Help() string {
	return `For example:

    dyad issue kashmir`
}

func (*changesCommand) Help() string {
	return `For example:

    dyad changes --since 30d`
}

func (*exportCommand) Help() string {
	return `For example:

    dyad export -o everything/
    dyad export Iran Pakistan --records events -o events.csv`
}

func (*serveCommand) Help() string {
	return `For example:

    dyad serve
    dyad serve --follow feeds.txt`
}

func (*failuresCommand) Help() string {
	return `For example:

    dyad failures
    dyad failures 3 --input`
}

func (*replayCommand) Help() string {
	return `For example:

    dyad replay 3 7
    dyad replay --all`
}

func (*recodeCommand) Help() string {
	return `The old records stay until it has finished. For example:

    dyad recode --codebook mycodebook
    dyad diff`
}

func (*diffCommand) Help() string {
	return `For example:

    dyad diff
    dyad diff old.jsonl new.jsonl --event ASSAULT`
}

func (*classifyCommand) Help() string {
	return `A line of input is {"id":"1","text":"Iran summoned the Pakistani envoy.",
"source":"Iran","target":"Pakistani envoy"}; the answer has event, mode, cameo, confidence
and reasons. For example:

    dyad classify pairs.jsonl > answers.jsonl`
}

func (*parseCommand) Help() string {
	return `For example:

    dyad parse article.txt > article.conllu
    dyad parse --from conllu tokens.conllu`
}

func (*explainCommand) Help() string {
	return `A * stands before a rule that made a record, a + before one that fits and did not
count, a - before one that does not fit. For example:

    dyad explain "Pakistan recalled its ambassador from Iran."
    dyad explain --world "Brennia condemned Aldoria."
    dyad explain --html --date 2024-04-22 "Raisi left on Monday." > why.html`
}

func (*checkCommand) Help() string {
	return `For example:

    dyad check --quiet --codebook codebook/data`
}

func (*fmtCommand) Help() string {
	return `For example:

    dyad fmt --check codebook/data`
}

func (*testCommand) Help() string {
	return `For example:

    dyad test cases/testdata/passive.txt`
}

func (*whichCommand) Help() string {
	return `For example:

    dyad which condemn
    dyad which prime minister`
}
