"""What a quiet day of many bots is made of."""

import random

LANGUAGES = ("en", "de", "fr", "es")
COMPONENTS = ("sentences", "synonyms", "traits", "small_talk", "patterns", "entity_node", "intent_node")
# What is watched of the bots, in turn.
WATCHED = (
    "ml_training, faq_training, ml_export",
    "ml_training",
    "ml_training, faq_training",
    "ml_training, ml_export",
    "ml_training",
)


class QuietBot:
    """It is edited, trained and published some times a day, and exported. All goes well."""

    def __init__(self, number: int, chance: random.Random):
        self.name = f"bot-{number:02}"
        self.language = chance.choice(LANGUAGES)
        self.collectors = WATCHED[number % len(WATCHED)]
        self.chance = chance

    def timeline(self) -> list:
        """Steps of a scenario. A change is trained within an hour, and published an hour after."""
        chance = self.chance
        every = chance.randint(3 * 3600, 5 * 3600)
        train = chance.randint(3600, every)
        edited = train - chance.randint(600, 3000)
        components = ", ".join(chance.sample(COMPONENTS, chance.randint(1, 3)))
        faq_every, export_every = chance.randint(4 * 3600, 9 * 3600), chance.randint(3 * 3600, 8 * 3600)
        return [
            f"at: {edited}s, every: {every}s, drift: {{components: [{components}]}}",
            f"at: {train}s, every: {every}s, "
            f"train: {{queued: 40s, takes: {{median: {chance.randint(2, 8)}m, sigma: 0.2}}}}",
            f"at: {train + 3600}s, every: {2 * every}s, publish: true",
            f"at: {chance.randint(600, faq_every)}s, every: {faq_every}s, "
            "train: {engine: faq, takes: {median: 2m, sigma: 0.2}}",
            f"at: {chance.randint(600, export_every)}s, every: {export_every}s, "
            f"export: {{queued: 30s, takes: {{median: {chance.randint(1, 6)}m, sigma: 0.2}}}}",
        ]

    def scenario(self) -> str:
        chance = self.chance
        steps = "".join(f"      - {{{step}}}\n" for step in self.timeline())
        return (
            f"  - id: st-{self.name}\n"
            f"    name: {self.name}\n"
            f"    languages: [{self.language}]\n"
            f"    spelling: {chance.choice(('documented', 'seen'))}\n"
            f"    sync_flags: {chance.choice(('current', 'current', 'old'))}\n"
            f"    export_identity: {chance.choice(('new', 'new', 'reused'))}\n"
            f"    export_status_errors: {chance.choice((0, 0, 1))}\n"
            f"    timeline:\n{steps}")

    def settings(self) -> str:
        return (
            f"  - {{name: {self.name}, id: st-{self.name}, languages: [{self.language}], "
            f"collectors: [{self.collectors}]}}\n")


def scenario(bots: list, seed: int) -> str:
    return (
        f"seed: {seed}\n"
        "credentials:\n"
        "  - {name: main, client_id: cs-main, client_secret: not-a-secret}\n"
        "bots:\n" + "".join(bot.scenario() for bot in bots))


def configuration(bots: list, url: str) -> str:
    return (
        "defaults:\n"
        f"  base_url: {url}\n"
        # Five minutes, and not the one of the default, so that a day takes minutes on a small machine.
        "  poll_interval: 5m\n"
        "  active_interval: 30s\n"
        # Of the fast clock's.
        "  timeout: 5m\n"
        "credentials:\n"
        # A request takes minutes of the fast clock at times: no token may expire on its way.
        "  - {name: main, client_id: cs-main, client_secret: not-a-secret, token_lifetime: 1d}\n"
        "bots:\n" + "".join(bot.settings() for bot in bots))
