"""Random subjects: codes, near codes, several codes, in every disguise that P-6 speaks of."""
import unicodedata

WORDS = ["budget", "Møte med Kari", "hos kund", "Perspektiv", "Drift&Eksport", "Ole &Per", "Läkare",
         "SAM", "sam: igen", "NP/M: igen", "&Ferie", "Ute", "plan  B", "R&D", "1:1", "å", "&", "&+", ""]
SPACES = [" ", " ", " ", "", "  ", "\t", "\u00a0", "\u200b", "\u2060", "\ufeff", "\u3000", "\u2009"]
DISGUISES = [
    lambda text: text, lambda text: text, lambda text: text,
    str.upper, str.lower, str.swapcase,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFD", text.upper()),
    lambda text: text[:-1], lambda text: text + "x",
]


def disguised(rng, code):
    return rng.choice(DISGUISES)(code)


def trio(rng, codes):
    likely = rng.choice([":", ":", ":", ";", ";"])
    mark = likely if rng.random() < 0.8 else rng.choice(["", " :", "\u200b:", "::", ":;", ".", "\uff1a"])
    return disguised(rng, rng.choice(codes)) + mark


def cmg(rng, codes):
    return disguised(rng, rng.choice(codes)) + rng.choice(SPACES)


def push(rng, codes):
    tokens = []
    for _ in range(rng.choices([1, 2, 3], [70, 20, 10])[0]):
        before = rng.choice(SPACES + ["(", "[", "{", "<", "\uff08", "«", "/", "x", "\u201e"])
        sign = rng.choice(["", "", "", "+", "-", "--", "+-"])
        code = disguised(rng, rng.choice(codes)) if rng.random() < 0.8 else rng.choice(["", "Foo"])
        after = rng.choice(SPACES + [".", ")", "!", "+", "-", "&", "x", "\u2026", "\u0301", ":"])
        tokens.append(f"{before}&{sign}{code}{after}{rng.choice(WORDS)}")
    return "".join(tokens)


CODED = {"trio": trio, "cmg": cmg, "kalender-push": push}


def subject(rng, system, codes):
    """None: the booking has no subject."""
    if rng.random() < 0.05:
        return None
    words = [rng.choice(WORDS) for _ in range(rng.randrange(3))]
    if system == "one-x" or rng.random() < 0.25:
        return rng.choice(SPACES).join(words)
    lead = rng.choice(["", "", "", " ", "\u00a0", "\u200b ", "\ufeff", "Re: "])
    if system == "kalender-push" and rng.random() < 0.6:
        lead = rng.choice(WORDS)
    return lead + CODED[system](rng, codes) + rng.choice(SPACES).join(words)
