package fetch

import (
	"fmt"
	"net/netip"
	"syscall"
)

// A refusal is an address inside a private network that a name led to.
type refusal struct{ ip netip.Addr }

func (r refusal) Error() string {
	return fmt.Sprintf("it leads to %s, an address of a private network or of this machine; pass --allow-private if that is meant", r.ip)
}

// refusePrivate is asked by the dialer after a name is resolved and before the
// connection is made, so that no name, no redirect and no answer of a DNS server
// that changes its mind leads inside.
func refusePrivate(network, address string, _ syscall.RawConn) error {
	if network != "tcp4" && network != "tcp6" {
		return fmt.Errorf("connecting by %s, which is not used for pages", network)
	}
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("connecting to %s: %w", address, err)
	}
	if !public(at.Addr()) {
		return refusal{at.Addr()}
	}
	return nil
}

// The networks that are no place for news, by IANA's registries of addresses for
// special purposes. Of IPv6 only 2000::/3 is given out; the rest is refused whole,
// save the addresses by which NAT64 networks reach IPv4.
var (
	nat64  = netip.MustParsePrefix("64:ff9b::/96")
	given6 = netip.MustParsePrefix("2000::/3")

	refused = []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"),       // "this" network
		netip.MustParsePrefix("10.0.0.0/8"),      // private
		netip.MustParsePrefix("100.64.0.0/10"),   // between a provider and its customers
		netip.MustParsePrefix("127.0.0.0/8"),     // this machine
		netip.MustParsePrefix("169.254.0.0/16"),  // link-local; 169.254.169.254 tells a cloud machine's secrets
		netip.MustParsePrefix("172.16.0.0/12"),   // private
		netip.MustParsePrefix("192.0.0.0/24"),    // protocols
		netip.MustParsePrefix("192.0.2.0/24"),    // documentation
		netip.MustParsePrefix("192.88.99.0/24"),  // 6to4 relays
		netip.MustParsePrefix("192.168.0.0/16"),  // private
		netip.MustParsePrefix("198.18.0.0/15"),   // measurements
		netip.MustParsePrefix("198.51.100.0/24"), // documentation
		netip.MustParsePrefix("203.0.113.0/24"),  // documentation
		netip.MustParsePrefix("224.0.0.0/3"),     // multicast, reserved, broadcast

		netip.MustParsePrefix("2001::/23"),     // protocols, Teredo among them
		netip.MustParsePrefix("2001:db8::/32"), // documentation
		netip.MustParsePrefix("2002::/16"),     // 6to4
		netip.MustParsePrefix("3fff::/20"),     // documentation
	}
)

// public reports whether an address is one of the public internet.
func public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if nat64.Contains(ip) {
		last := ip.As16()
		ip = netip.AddrFrom4([4]byte(last[12:]))
	}
	if ip.Is6() && !given6.Contains(ip) || !ip.IsValid() {
		return false
	}
	for _, p := range refused {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}
