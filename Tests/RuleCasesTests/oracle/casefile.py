"""Rule-case files: read as plain values (no YAML dates), written one booking a line.

What is written stays readable and exact: an invisible or combining character is escaped.
"""
import re
import unicodedata

import yaml


class Loader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):
    """Safe YAML in which a date stays the text that was written."""


Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in Loader.yaml_implicit_resolvers.items()
}

PLAIN = re.compile(r"[a-z][a-z_0-9-]*|\d{4}-\d\d-\d\d(T[0-9:]+([+-]\d\d:\d\d)?)?")
NOT_PLAIN = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return [case for case in yaml.load_all(file, Loader) if case is not None]


def quoted(text):
    shown = ""
    for letter in text:
        kind = unicodedata.category(letter)
        if letter in '"\\':
            shown += "\\" + letter
        elif letter == " " or kind[0] in "LNPS":
            shown += letter
        else:
            shown += f"\\u{ord(letter):04X}"
    return f'"{shown}"'


def flow(value):
    """A value in YAML's flow style."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        pairs = ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, str):
        return value if PLAIN.fullmatch(value) and value not in NOT_PLAIN else quoted(value)
    return str(value)


def write(case):
    """One document: a scalar or a map a line, lists of maps one item a line."""
    lines = []
    for key, value in case.items():
        if isinstance(value, list) and value:
            lines.append(f"{key}:")
            lines += [f"  - {flow(item)}" for item in value]
        elif isinstance(value, dict) and value:
            lines.append(f"{key}:")
            lines += [f"  {flow(name)}: {flow(item)}" for name, item in value.items()]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "\n".join(lines) + "\n"
