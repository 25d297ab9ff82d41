"""The configuration of a coturn server for this broker: nobody reaches an inner network through it. Pure."""

from __future__ import annotations

import ipaddress

# https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry, and what is no unicast.
# Not ::/128: coturn 4.6 takes a range from :: to :: for all addresses there are.
SPECIAL = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::1/128",
    "::ffff:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
)
# a visit has one allocation a side, and a new one for each time that its line is mended; bytes/s of each, and of all
QUOTA, TOTAL_QUOTA, BYTES_S, TOTAL_BYTES_S = 12, 600, 3_000_000, 60_000_000
LIFETIME_S = 600

TEXT = """\
# coturn for RemoteHelp; `remotehelp broker turn-config` writes it. It holds a secret: chmod 600.
realm={realm}
listening-port=3478
# for networks that let only the web through: TCP and TLS, on an address of its own. The broker then gets
# --turn turn:{realm}:3478 --turn "turn:{realm}:443?transport=tcp" --turn turns:{realm}:443
tls-listening-port=443
#cert=/etc/coturn/fullchain.pem
#pkey=/etc/coturn/privkey.pem
no-tlsv1
no-tlsv1_1
fingerprint

use-auth-secret
static-auth-secret={secret}
stale-nonce=600
max-allocate-lifetime={lifetime}
user-quota={quota}
total-quota={total_quota}
max-bps={bytes_s}
bps-capacity={total_bytes_s}

# nobody reaches anything but the open internet through it
no-multicast-peers
no-tcp-relay
{denied}

no-cli
no-software-attribute
no-stdout-log
syslog
"""


def configuration(realm: str, secret: bytes) -> str:
    """coturn's configuration file."""
    denied = "\n".join(f"denied-peer-ip={first_to_last(block)}" for block in SPECIAL)
    return TEXT.format(
        realm=realm,
        secret=secret.decode(),
        lifetime=LIFETIME_S,
        quota=QUOTA,
        total_quota=TOTAL_QUOTA,
        bytes_s=BYTES_S,
        total_bytes_s=TOTAL_BYTES_S,
        denied=denied,
    )


def first_to_last(block: str) -> str:
    """A block of addresses as coturn writes it."""
    network = ipaddress.ip_network(block)
    return f"{network[0]}-{network[-1]}"
