"""The bots of the stack test, and the configurations of the exporters that watch them."""

# What each exporter watches: bot, and what else is said of it.
MAIN = {
    "calm": "languages: [en, de]",
    "failed": "collectors: [ml_training]",
    "failed-faq": "collectors: [faq_training]",
    "stuck": "collectors: [ml_training], states: [configured]",
    "stuck-new": "collectors: [faq_training], states: [configured]",
    "queued": "collectors: [ml_training], states: [configured]",
    "slow": "collectors: [ml_training], states: [configured]",
    "slow-before": "collectors: [ml_training], states: [configured]",
    "published": "collectors: [ml_training]",
    "outdated": "collectors: [ml_training], states: [configured]",
    "forgotten": "collectors: [ml_training], states: [configured]",
    "untrained": "collectors: [ml_training]",
    "export-failed": "collectors: [ml_export]",
    "export-stuck": "collectors: [ml_export]",
    "export-slow": "collectors: [ml_export]",
    "export-slow-before": "collectors: [ml_export]",
    "export-empty": "collectors: [ml_export]",
    "publish-failed": "collectors: [publish], credential: admin",
    "publish-stuck": "collectors: [publish], credential: admin",
    "publish-part": "collectors: [publish], credential: admin",
    "refused": "collectors: [ml_training], states: [configured]",
    "refused-before": "collectors: [ml_training], states: [configured]",
    "scope": "collectors: [ml_training, ml_export], states: [configured]",
    "throttled": "collectors: [ml_training], states: [configured]",
    "throttled-before": "collectors: [ml_training], states: [configured]",
    "strange": "collectors: [ml_training, ml_export], states: [configured]",
}
OTHERS = {
    "down": {"down": "collectors: [ml_training], states: [configured]"},
    "stale": {"stale": "collectors: [ml_training], states: [configured]"},
    "reload": {"reload": "collectors: [ml_training], states: [configured]"},
    "store": {"store": "collectors: [ml_training], states: [configured]"},
    "outage": {"outage": "collectors: [ml_training], max_age: 1m"},
    "lists": {"lists": "collectors: [ml_training], states: [configured]"},
    "canary": {"canary": "collectors: [ml_training], states: [configured], credential: scopeless"},
    # A second one that watches some of the main one's bots.
    "second": {
        name: MAIN[name] for name in ("calm", "failed", "stuck", "published", "export-failed", "publish-failed")
    },
}
# What else is in the configurations of some.
MORE = {
    "lists": "discovery:\n  - {name: lists, list_credential: lister, include: ['nothing *'], refresh_interval: 10m}\n",
    "canary": "canaries:\n  - {action: export, bots: [canary], every: 1d, max_per_day: 1000}\n",
}
CREDENTIALS = ("main", "renewed", "revoked", "revoked-before", "admin", "lister", "scopeless")


def scenario(revoked: float, revoked_before: float, revoked_long_ago: float) -> str:
    """When the platform forgets some of the credentials, in seconds after the simulator's start."""
    after = {"revoked": revoked, "revoked-before": revoked_before, "lister": revoked_long_ago}
    credentials = "".join(
        f"  - {{name: {name}, client_id: cs-{name}, client_secret: not-a-secret"
        + (f", revoked_after: {after[name]:.0f}s" if name in after else "")
        + (", admin: true" if name in ("admin", "lister") else "")
        + (", scopes: [train_ml, train_faq]" if name == "scopeless" else "") + "}\n" for name in CREDENTIALS)
    bots = ""
    for name in dict.fromkeys([*MAIN, *(name for bots in OTHERS.values() for name in bots), "greedy"]):
        special = {"untrained": ", never_trained: true", "outdated": ", train_details: outdated"}.get(name, "")
        bots += f"  - {{id: st-{name}, name: {name}, languages: [en, de]{special}}}\n"
    return f"credentials:\n{credentials}bots:\n{bots}"


def head(url: str) -> str:
    return (
        "defaults:\n"
        f"  base_url: {url}\n"
        "  credential: main\n"
        "  poll_interval: 20s\n"
        # Of the clock, which goes fast at times.
        "  timeout: 5m\n"
        "credentials:\n" + "".join(
            f"  - {{name: {name}, client_id: cs-{name}, client_secret: not-a-secret}}\n" for name in CREDENTIALS)
        + "bots:\n")


def entry(name: str, more: str) -> str:
    return f"  - {{name: {name}, id: st-{name}{', ' if more else ''}{more}}}\n"


def other(exporter: str, url: str) -> str:
    """The configuration of one of the other exporters."""
    return MORE.get(exporter, "") + head(url) + "".join(entry(name, more) for name, more in OTHERS[exporter].items())


def greedy(url: str, requests_per_hour: int) -> str:
    """An exporter with a budget of its own, which its bot's targets cannot live on while they train."""
    budgets = f"budgets: {{per: bot, requests_per_minute: 10, requests_per_hour: {requests_per_hour}}}\n"
    return budgets + head(url) + entry("greedy", "collectors: [ml_training, faq_training]")


def main(url: str, state: set) -> str:
    """The configuration of the main exporter. `state`: what was changed in it so far."""
    bots = ""
    for name, more in MAIN.items():
        if name in ("refused", "refused-before", "scope"):
            # The operator gives the bot another credential, which makes the exporter try again at once.
            credential = {"refused": "revoked", "refused-before": "revoked-before"}.get(name, "main")
            more += f", credential: {'renewed' if f'renew {name}' in state else credential}"
        bots += entry(name, more)
    return head(url) + bots
