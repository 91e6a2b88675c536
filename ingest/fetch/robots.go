package fetch

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// maxRobots is how much of a robots.txt is read; RFC 9309 asks for 500 KiB at least.
const maxRobots = 512 << 10

// robots is what a host's robots.txt says to one agent.
type robots struct {
	rules []robotsRule
	delay time.Duration // Crawl-delay, 0 when none
}

// A robotsRule is an Allow or a Disallow line: a path's beginning, in parts
// between the stars.
type robotsRule struct {
	allow  bool
	parts  []string
	whole  bool // it ended in "$": the path must end there too
	length int
}

// parseRobots reads the groups of product ("dyad"), or those of "*" when it has
// none, as RFC 9309 says. A line that is not understood is passed over: a fault in
// one line must neither open nor close a host. The module that is known for this,
// temoto/robotstxt, drops the whole file then.
func parseRobots(data []byte, product string) robots {
	var own, all robots
	var ownGroup, allGroup, found, inRules bool
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	for line := range bytes.SplitSeq(data, []byte("\n")) {
		line, _, _ = bytes.Cut(line, []byte("#"))
		name, rest, ok := bytes.Cut(line, []byte(":"))
		if !ok {
			continue
		}
		value := string(bytes.TrimSpace(rest))
		field := strings.ToLower(string(bytes.TrimSpace(name)))
		switch field {
		case "user-agent", "useragent":
			if inRules {
				ownGroup, allGroup, inRules = false, false, false
			}
			if agentToken(value) == product {
				ownGroup, found = true, true
			}
			allGroup = allGroup || value == "*"
			continue
		case "allow", "disallow", "crawl-delay", "crawldelay":
			inRules = true
		default:
			continue
		}
		if ownGroup {
			own.add(field, value)
		}
		if allGroup && !found {
			all.add(field, value)
		}
	}
	if found {
		return own
	}
	return all
}

// agentToken is the name in a User-agent line: "Dyad/1.0" is "dyad".
func agentToken(value string) string {
	end := strings.IndexFunc(value, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_'
	})
	if end >= 0 {
		value = value[:end]
	}
	return strings.ToLower(value)
}

func (r *robots) add(field, value string) {
	if field == "crawl-delay" || field == "crawldelay" {
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 && seconds < 1e6 {
			r.delay = time.Duration(seconds * float64(time.Second))
		}
		return
	}
	if value == "" {
		return // "Disallow:" forbids nothing
	}
	value, whole := strings.CutSuffix(value, "$")
	value = normalPath(value)
	r.rules = append(r.rules, robotsRule{field == "allow", strings.Split(value, "*"), whole, len(value)})
}

// allows reports whether a path (with its parameters) may be fetched: the longest
// rule that matches decides, and of two that are equally long the one that allows.
func (r *robots) allows(path string) bool {
	path = normalPath(path)
	allowed, longest := true, -1
	for i := range r.rules {
		rule := &r.rules[i]
		if rule.length < longest || rule.length == longest && !rule.allow || !rule.matches(path) {
			continue
		}
		allowed, longest = rule.allow, rule.length
	}
	return allowed
}

// matches takes the parts one after the other, each where it first occurs: linear
// in the path, where a pattern of many stars would try every way to split it.
func (rule *robotsRule) matches(path string) bool {
	rest, ok := strings.CutPrefix(path, rule.parts[0])
	if !ok {
		return false
	}
	last := len(rule.parts) - 1
	for i, part := range rule.parts[1:] {
		if rule.whole && i+1 == last {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !rule.whole || rest == ""
}
