package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// The content types of the forms that an answer may have.
var contentTypes = map[string]string{
	"json": "application/json", "jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet",
	"geojson": "application/geo+json", "graphml": "application/graphml+xml", "gold": "application/x-ndjson", "md": "text/markdown; charset=utf-8", "html": "text/html; charset=utf-8",
}

// acceptedTypes are other names for them in Accept.
var acceptedTypes = map[string]string{
	"application/jsonl": "jsonl", "application/jsonlines": "jsonl", "application/x-jsonlines": "jsonl", "application/parquet": "parquet", "application/x-parquet": "parquet",
}

// reply is an answer that may have several forms.
type reply struct{ Body func(huma.Context) }

// several registers an operation whose answer is JSON like an O, or has one of some
// other forms. work gives the answer and the function that writes the form asked for;
// the one that is not asked for may be nil.
func several[I, O any](s *Server, api huma.API, path, id, summary string, forms []string, asked func(*I) (format, accept string), work func(ctx context.Context, in *I, form string) (*O, func(io.Writer) error, error)) {
	op := operation(http.MethodGet, path, id, summary)
	content := map[string]*huma.MediaType{"application/json": {Schema: huma.SchemaFromType(api.OpenAPI().Components.Schemas, typeOf[O]())}}
	for _, f := range forms {
		name, _, _ := mime.ParseMediaType(contentTypes[f])
		content[name] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	op.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: content}}
	huma.Register(api, op, func(ctx context.Context, in *I) (*reply, error) {
		format, accept := asked(in)
		chosen, err := chooseForm(format, accept, forms)
		if err != nil {
			return nil, err
		}
		out, write, err := work(ctx, in, chosen)
		if err != nil {
			return nil, s.told(err)
		}
		if chosen == "json" {
			return jsonReply(out)
		}
		return &reply{func(hc huma.Context) {
			hc.SetHeader("Content-Type", contentTypes[chosen])
			if chosen != "html" && chosen != "md" {
				hc.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": id + "." + chosen}))
			}
			if err := write(hc.BodyWriter()); err != nil {
				s.log.Warn("an answer was cut off", "path", path, "form", chosen, "error", err)
				panic(http.ErrAbortHandler) // or the client would take what came for all
			}
		}}, nil
	})
}

func jsonReply(value any) (*reply, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, err
	}
	return &reply{func(hc huma.Context) {
		hc.SetHeader("Content-Type", "application/json")
		// The client has gone if this fails.
		_, _ = hc.BodyWriter().Write(b.Bytes())
	}}, nil
}

// chooseForm gives the form that is asked for by name, or else the first type in Accept
// that there is.
func chooseForm(format, accept string, forms []string) (string, error) {
	if format != "" {
		if format != "json" && !slices.Contains(forms, format) {
			return "", faults{bad("query.format", "there are json, "+strings.Join(forms, ", "), format)}.err()
		}
		return format, nil
	}
	for part := range strings.SplitSeq(accept, ",") {
		name, _, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		if name == "application/json" || name == "*/*" {
			return "json", nil
		}
		for _, f := range forms {
			if own, _, _ := mime.ParseMediaType(contentTypes[f]); own == name && f != "gold" || acceptedTypes[name] == f {
				return f, nil
			}
		}
	}
	return "json", nil
}

// FormParams ask for a form.
type FormParams struct {
	Format string `query:"format" doc:"Form of the answer; else Accept decides."`
	Accept string `header:"Accept"`
}

func (p *FormParams) asked() (format, accept string) { return p.Format, p.Accept }

// safeURL lets through addresses that may become a link: a story's may be anything,
// such as javascript:.
func safeURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return address
}

// writeLines writes values as JSON lines.
func writeLines[T any](w io.Writer, values []T) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i := range values {
		if err := e.Encode(values[i]); err != nil {
			return fmt.Errorf("writing line %d: %w", i+1, err)
		}
	}
	return nil
}
