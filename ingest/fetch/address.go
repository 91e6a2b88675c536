package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// maxAddress bounds an address in bytes; browsers and servers stop at 2,000 to 8,000.
const maxAddress = 4096

// parseAddress reads an address that may be fetched: http or https, a host by
// name or as a plain IP address, and no user and password in it.
func parseAddress(address string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	if len(address) > maxAddress {
		return nil, fmt.Errorf("the address %s is %d bytes long, more than the %d that one may have", told(address), len(address), maxAddress)
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("%s is no address: %w", told(address), errors.Unwrap(err))
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("the address %s does not begin with http:// or https://, and dyad fetches nothing else", told(address))
	}
	if u.User != nil {
		return nil, fmt.Errorf("the address %s holds a user's name or password; dyad sends none, so take them out", told(u.Redacted()))
	}
	host, err := hostName(u.Hostname())
	if err != nil {
		return nil, fmt.Errorf("the address %s %w", told(address), err)
	}
	port := u.Port()
	if n, err := strconv.Atoi(port); port != "" && (err != nil || n < 1 || n > 65535) {
		return nil, fmt.Errorf("the address %s names the port %s, which does not exist", told(address), told(port))
	}
	if u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		port = ""
	}
	u.Host = host
	if strings.Contains(host, ":") {
		u.Host = "[" + host + "]"
	}
	if port != "" {
		u.Host = net.JoinHostPort(host, port)
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// hostName checks a host and puts it into the form that is asked for: lower case,
// letters beyond ASCII in Punycode. Numbers that some resolvers take for an IP
// address (2130706433, 0x7f.1, 0177.0.0.1) are refused.
func hostName(host string) (string, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		if ip.Zone() != "" {
			return "", errors.New("names a network interface, which means this machine's own network")
		}
		return ip.String(), nil
	}
	host = strings.TrimSuffix(host, ".")
	name, err := idna.Lookup.ToASCII(host)
	if err != nil || name == "" {
		// The rules of IDNA refuse an underscore, which hosts do have.
		name = strings.ToLower(host)
		for _, c := range []byte(name) {
			if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.' {
				return "", fmt.Errorf("names the host %q, which cannot exist", told(host))
			}
		}
	}
	if name == "" {
		return "", errors.New("names no host")
	}
	last := name[strings.LastIndexByte(name, '.')+1:]
	if last == "" || last[0] >= '0' && last[0] <= '9' {
		return "", fmt.Errorf("names the host %q, which is a number and neither a name nor an IP address in its usual form", told(host))
	}
	return name, nil
}

// resolve makes a whole address of a link in the document at base; nil when it
// leads to nothing that can be fetched.
func resolve(base *url.URL, link string) *url.URL {
	link = strings.TrimSpace(link)
	if link == "" || len(link) > maxAddress {
		return nil
	}
	ref, err := base.Parse(link)
	if err != nil {
		return nil
	}
	u, err := parseAddress(ref.String())
	if err != nil {
		return nil
	}
	return u
}

// Canonical is the address by which a page is known: without the parameters that
// only tell where a reader came from ("?utm_source=rss"), without fragment and
// default port, host in lower case, parameters in order. What is no address stays
// as it is.
func Canonical(address string) string {
	u, err := parseAddress(address)
	if err != nil {
		return strings.TrimSpace(address)
	}
	if u.Opaque != "" {
		return u.String()
	}
	path := normalPath(u.EscapedPath())
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	var kept []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(part, "=")
		if part != "" && !tracks(name) {
			kept = append(kept, normalPath(part))
		}
	}
	slices.Sort(kept)
	s := u.Scheme + "://" + u.Host + withoutDots(path)
	if len(kept) > 0 {
		s += "?" + strings.Join(kept, "&")
	}
	return s
}

// withoutDots resolves "." and ".." in a path, as a browser does before it asks.
func withoutDots(path string) string {
	if !strings.Contains(path, "/.") {
		return path
	}
	parts := strings.Split(path[1:], "/")
	kept := parts[:0]
	for i, p := range parts {
		switch p {
		case "..":
			kept = kept[:max(len(kept)-1, 0)]
			fallthrough
		case ".":
			if i == len(parts)-1 {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, p)
		}
	}
	return "/" + strings.Join(kept, "/")
}

// tracking lists parameters that say nothing about the page. They stand for what
// outlets and advertisers add to a feed's links, BBC's at_medium among them.
var tracking = map[string]bool{
	"fbclid": true, "gclid": true, "gclsrc": true, "dclid": true, "gbraid": true, "wbraid": true, "msclkid": true,
	"yclid": true, "twclid": true, "ttclid": true, "igshid": true, "igsh": true, "li_fat_id": true, "_ga": true, "_gl": true,
	"mc_cid": true, "mc_eid": true, "mkt_tok": true, "_hsenc": true, "_hsmi": true, "vero_id": true, "wickedid": true,
	"ns_campaign": true, "ns_mchannel": true, "ns_source": true, "ns_linkname": true, "ns_fee": true,
	"at_medium": true, "at_campaign": true, "at_custom1": true, "at_custom2": true, "at_custom3": true, "at_custom4": true,
	"at_link_id": true, "at_link_type": true, "at_link_origin": true, "at_ptr_name": true, "at_format": true, "at_bbc_team": true,
	"cmp": true, "cmpid": true, "icid": true, "s_cid": true, "ocid": true, "smid": true, "emc": true, "ftag": true, "xtor": true,
	"maca": true, "traffic_source": true, "feedtype": true, "feedname": true, "wt.mc_id": true, "__twitter_impression": true,
	"guccounter": true, "guce_referrer": true, "guce_referrer_sig": true,
}

func tracks(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "utm_") || tracking[name]
}

// normalPath writes the escapes of an address in one way: letters, digits and
// "-._~" plain, all else as it is, in capitals ("%7euser%3f" is "~user%3F").
func normalPath(s string) string {
	if strings.IndexByte(s, '%') < 0 && !beyondPlain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c = byte(n)
				i += 2
				if !unreserved(c) {
					fmt.Fprintf(&b, "%%%02X", c)
					continue
				}
			}
		}
		if c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func beyondPlain(s string) bool {
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f {
			return true
		}
	}
	return false
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

// told is an address or another server's words as a message may show them: cut,
// and without what would disturb a terminal.
func told(s string) string {
	cut := func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return '?'
		}
		return r
	}
	if len(s) > 200 {
		s = strings.ToValidUTF8(s[:200], "") + "…"
	}
	return strings.Map(cut, s)
}
