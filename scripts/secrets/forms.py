"""Secrets, the forms in which they could get out, and where they are found."""

import base64
import json
import urllib.parse

# Of what is longer, its halves count too: a text that is cut off may still hold one.
HALVED = 24


class Secrets:
    def __init__(self):
        self.forms: dict = {}

    def add(self, name: str, secret: str) -> None:
        pieces = [secret]
        if len(secret) >= HALVED:
            pieces += [secret[:len(secret) // 2], secret[-(len(secret) // 2):]]
        for piece in pieces:
            for form in forms(piece):
                self.forms.setdefault(form, name)

    def found_in(self, data: bytes) -> list:
        """(name, where it begins), of each secret once."""
        found = {}
        for form, name in self.forms.items():
            place = data.find(form)
            if place >= 0:
                found.setdefault(name, place)
        return sorted(found.items())


def forms(secret: str) -> set:
    plain = secret.encode()
    in_json = json.dumps(secret)[1:-1]
    found = {
        secret, in_json, in_json.replace("/", "\\/"), json.dumps(secret, ensure_ascii=False)[1:-1],
        # A log line within a log line, and a label of a metric.
        json.dumps(in_json)[1:-1], secret.replace("\\", "\\\\").replace('"', '\\"'),
        urllib.parse.quote(secret), urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret),
        urllib.parse.quote(secret, safe="").lower(), urllib.parse.quote(secret, safe="=+$&:,;@!*'()/"),
        escaped(secret, quote="&quot;", apostrophe="&#39;"), escaped(secret, quote="&#34;", apostrophe="&#x27;"),
        escaped(secret, quote="&quot;", apostrophe="'"), plain.hex(), plain.hex().upper(),
    }
    return {form.encode() for form in found} | in_base64(plain)


def escaped(text: str, quote: str, apostrophe: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', quote).replace("'", apostrophe)


def in_base64(plain: bytes) -> set:
    """Its base64 wherever it begins in a longer text, as a password does behind a user's name."""
    found = set()
    for offset in range(3):
        whole = base64.b64encode(b"\0" * offset + plain)
        # Without the letters that the neighbours of the text have a part in.
        inner = whole[(0, 2, 3)[offset]:len(whole) - (0, 4, 4)[-(len(plain) + offset) % 3]]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def check() -> None:
    """That a secret is found in each form: a search that finds nothing would prove nothing."""
    secret = 'a/b+c"d\\e&f=gé<h'
    secrets = Secrets()
    secrets.add("it", secret)
    samples = [
        secret, json.dumps({"a": secret}), json.dumps({"a": secret}, ensure_ascii=False),
        json.dumps({"msg": json.dumps({"a": secret})}), urllib.parse.urlencode({"q": secret}),
        urllib.parse.quote(secret), f"<td>{escaped(secret, '&quot;', '&#39;')}</td>", secret.encode().hex(),
        *(base64.b64encode(f"{'u' * length}:{secret} and more".encode()).decode() for length in range(1, 4)),
        *(base64.urlsafe_b64encode(f"{'u' * length}:{secret}".encode()).decode() for length in range(1, 4)),
    ]
    for sample in samples:
        if not secrets.found_in(sample.encode()):
            raise SystemExit(f"the search does not find the secret in {sample!r}")
    secrets.add("long", "0123456789" * 3)
    if [name for name, _ in secrets.found_in(b"cut off: 012345678901234")] != ["long"]:
        raise SystemExit("the search does not find half of a secret")
    if secrets.found_in(b"nothing of the kind") or secrets.found_in(base64.b64encode(bytes(range(256)))):
        raise SystemExit("the search finds what is not there")
