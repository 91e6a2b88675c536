package fetch

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

func TestPublicAddresses(t *testing.T) {
	for ip, want := range map[string]bool{
		"8.8.8.8": true, "93.184.216.34": true, "172.15.0.1": true, "172.32.0.1": true, "100.63.0.1": true, "100.128.0.1": true,
		"2606:4700::1111": true, "2a00:1450:4001::1": true, "::ffff:8.8.8.8": true, "64:ff9b::808:808": true,
		"10.0.0.1": false, "127.0.0.1": false, "127.8.8.8": false, "0.0.0.0": false, "0.1.2.3": false, "172.16.0.1": false, "172.31.255.255": false,
		"192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "100.127.255.255": false, "224.0.0.1": false, "240.0.0.1": false,
		"255.255.255.255": false, "192.0.2.1": false, "198.18.0.1": false,
		"::": false, "::1": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::127.0.0.1": false, "fe80::1": false, "fe80::1%eth0": false,
		"fc00::1": false, "fd00:ec2::254": false, "fec0::1": false, "ff02::1": false, "64:ff9b::7f00:1": false, "64:ff9b::a9fe:a9fe": false,
		"64:ff9b:1::1": false, "2002:7f00:1::": false, "2001:0:1::": false, "2001:db8::1": false, "::ffff:0:127.0.0.1": false, "100::1": false,
	} {
		if got := public(netip.MustParseAddr(ip)); got != want {
			t.Errorf("public(%s) is %t", ip, got)
		}
	}
	if public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

// Without AllowPrivate nothing leads to this machine, however it is written.
func TestPrivateIsRefused(t *testing.T) {
	s := newSite(t)
	s.says("/", "text/html", article(talks))
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	c := New(Options{HostDelay: -1})
	defer c.Close()
	for _, host := range []string{
		"127.0.0.1", "localhost", "LOCALHOST.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "0.0.0.0", "[::]",
		"2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "0x7f.0.0.1", "127.1", "127.0.1", "127.0.0.1.", "①②⑦.⓪.⓪.①",
		"10.0.0.1", "169.254.169.254", "[fd00:ec2::254]", "[fe80::1%25lo]",
	} {
		for _, scheme := range []string{"http", "https"} {
			g := all(c, scheme+"://"+host+":"+port+"/", nil, nil)
			if len(g.stories) > 0 || len(g.errs) != 1 {
				t.Errorf("%s gave %v", host, g)
				continue
			}
			if e := g.errs[0].Error(); !strings.Contains(e, "private network") && !strings.Contains(e, "names") {
				t.Errorf("%s: %s", host, e)
			}
		}
	}
	if len(s.asked) > 0 {
		t.Errorf("the server was asked for %v", s.asked)
	}
}

// A name that resolves to this machine is refused by what it resolves to.
func TestNamesThatLeadInsideAreRefused(t *testing.T) {
	s := newSite(t)
	s.says("/", "text/html", article(talks))
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	c := New(Options{Resolver: liar(t), HostDelay: -1})
	defer c.Close()
	all(c, "http://news.brennburg-post.org:"+port+"/", nil, nil).wants(t, "it leads to 127.0.0.1", "--allow-private")

	allowed := New(Options{Resolver: liar(t), AllowPrivate: true, HostDelay: -1})
	defer allowed.Close()
	all(allowed, "http://news.brennburg-post.org:"+port+"/", nil, nil).one(t)
}

// liar resolves every name to this machine.
func liar(t *testing.T) *net.Resolver {
	t.Helper()
	server, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		packet := make([]byte, 1500)
		for {
			n, from, err := server.ReadFrom(packet)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(packet[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			m.Response, m.Additionals = true, nil
			if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 1},
					Body:   &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}},
				}}
			}
			if reply, err := m.Pack(); err == nil {
				_, _ = server.WriteTo(reply, from)
			}
		}
	}()
	t.Cleanup(func() { server.Close(); <-done })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp4", server.LocalAddr().String())
	}}
}

// A redirect passes the same checks as the address that led to it. The test gives the
// dialer's check a hole for its own server's first port only.
func TestRedirectsPassTheChecks(t *testing.T) {
	s := newSite(t)
	for path, target := range map[string]string{
		"/file": "file:///etc/passwd", "/ftp": "ftp://post.example/a", "/data": "data:text/html,x", "/script": "javascript:x",
		"/password": "http://reader:secret@post.example/", "/number": "http://2130706433/", "/bad": "http://[::1", "/none": "",
	} {
		s.mux.HandleFunc(path, redirectTo(target))
	}
	c, _ := open(t, Options{})
	for path, words := range map[string]string{
		"/file": "file:///etc/passwd, which dyad does not fetch", "/ftp": "does not begin with http", "/data": "does not begin with http",
		"/script": "does not begin with http", "/password": "password", "/number": "is a number", "/bad": "missing ']' in host", "/none": "not where to",
	} {
		all(c, s.URL+path, nil, nil).wants(t, words)
	}
	for _, address := range []string{"file:///etc/passwd", "ftp://post.example/", "gopher://post.example", "/etc/passwd", "post.example", "http://", "http:///a", "http://user@post.example/", "http://a b/", "http://post.example:99999/", "http://\x00/", strings.Repeat("http://a.example/", 1000)} {
		if g := all(c, address, nil, nil); len(g.errs) != 1 || len(g.stories) > 0 {
			t.Errorf("%q gave %v", address, g)
		}
	}
}

func TestRedirectInsideIsRefused(t *testing.T) {
	inside := newSite(t)
	inside.says("/", "text/html", article(talks))
	outside := newSite(t)
	outside.mux.HandleFunc("/", redirectTo(inside.URL+"/"))
	c := New(Options{HostDelay: -1})
	defer c.Close()
	// The outer server stands for one on the internet: it alone is let through.
	dial := c.transport.DialContext
	c.transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == outside.Listener.Addr().String() {
			return (&net.Dialer{}).DialContext(ctx, network, address)
		}
		return dial(ctx, network, address)
	}
	all(c, outside.URL+"/news", nil, nil).wants(t, "it leads to 127.0.0.1", "private network")
	if len(inside.asked) > 0 {
		t.Errorf("the inner server was asked for %v", inside.asked)
	}
}
