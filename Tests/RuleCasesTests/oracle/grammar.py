"""Codes in subjects: P-6, P-7, S2-5…S2-10, S3-18…S3-27, S4-8, S4-11.

A found code says which reason it names (None: none, a bare sign), which mark stood with it (`:`
or `;`, `+` or `-`, None: none) and what remains of the subject without it.
"""
import unicodedata
from collections import namedtuple

Found = namedtuple("Found", "reason mark rest")

# P-6: Unicode White_Space, and the zero-width characters that count as space everywhere.
WHITE_SPACE = set(
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
) | set("\u200b\u2060\ufeff")


def spaced(text):
    """Normal form C, every white space a plain space. P-6."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if letter in WHITE_SPACE else letter for letter in composed)


def collapsed(text):
    """cases/README.md, `text`: white space collapsed."""
    return " ".join(word for word in spaced(text).split(" ") if word != "")


def stands_at(text, place, code):
    """Does the code stand there, letter case apart?"""
    code = spaced(code)
    return text[place:place + len(code)].casefold() == code.casefold()


def longest_first(codes):
    return sorted(codes, key=lambda code: -len(spaced(code)))


def find_trio(subject, codes):
    """First in the subject, the code then `:` or `;`; anything may follow."""
    text = spaced(subject).lstrip(" ")
    for code in longest_first(codes):
        mark = text[len(spaced(code)):][:1]
        if stands_at(text, 0, code) and mark in (":", ";"):
            return Found(codes[code], mark, text[len(spaced(code)) + 1:])
    return None


def find_cmg(subject, codes):
    """First in the subject, the prefix with its colon, then a space or the end."""
    text = spaced(subject).lstrip(" ")
    for code in longest_first(codes):
        after = text[len(spaced(code)):][:1]
        if stands_at(text, 0, code) and after in ("", " "):
            return Found(codes[code], None, text[len(spaced(code)):])
    return None


def may_stand_before(letter):
    """Before the `&`: the start, white space or an opening bracket.

    Brackets are the letters that Unicode mirrors; `„`, of the same category, is a quotation mark.
    """
    if letter in ("", " "):
        return True
    return unicodedata.category(letter) == "Ps" and unicodedata.mirrored(letter) == 1


def may_stand_after(letter):
    """After the code or a bare sign: the end, white space or punctuation (general category P)."""
    return letter in ("", " ") or unicodedata.category(letter).startswith("P")


def push_token(text, place, codes):
    """The code that begins at this `&`: (reason, sign, end), or None."""
    if not may_stand_before(text[place - 1] if place > 0 else ""):
        return None
    sign = text[place + 1:place + 2]
    sign = sign if sign in ("+", "-") else ""
    begin = place + 1 + len(sign)
    for code in longest_first(codes):
        end = begin + len(spaced(code))
        if stands_at(text, begin, code) and may_stand_after(text[end:end + 1]):
            return codes[code], sign or None, end
    if sign and may_stand_after(text[begin:begin + 1]):
        return None, sign, begin
    return None


def find_push(subject, codes):
    """The first profile and the first sign count, wherever each stands."""
    text = spaced(subject)
    reason = mark = None
    rest = list(text)
    found = False
    for place, letter in enumerate(text):
        token = push_token(text, place, codes) if letter == "&" else None
        if token is None:
            continue
        found = True
        reason = reason or token[0]
        mark = mark or token[1]
        rest[place:token[2]] = [""] * (token[2] - place)
    return Found(reason, mark, "".join(rest)) if found else None


def find_none(subject, codes):
    """One X has no codes."""
    return None


FINDERS = {"one-x": find_none, "trio": find_trio, "kalender-push": find_push, "cmg": find_cmg}


def find(system, subject, codes):
    return FINDERS[system](subject or "", codes)
