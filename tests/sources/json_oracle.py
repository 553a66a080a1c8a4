"""Random JSON, read by our reader (the program record_cells) and by Python's json module: value for value the same, or refused
by both. Python lets through what RFC 8259 does not (NaN, lone surrogates); the generator makes neither."""
import json
import os
import random
import subprocess
import sys
import tempfile

FILES = 400
KEYS = ['a', 'b', 'c', 'key', 'a.b', 'é', '', 'k"', 'k\\', '日本']
TEXTS = ['', 'x', 'é', '日本', '😀', '"', '\\', '\\"', ']', '}', '[{', ',', '\n', '\t\u0001', 'y' * 31, 'z' * 64, '\\u0041', '/']
REFERENCES = ["$", "$.a", "$['a.b']", "$.b[*]", "$.c.key", "$['k\"']"]


class Number(str):
    """A number as written."""


def random_value(rng, depth):
    kind = rng.randrange(9 if depth > 0 else 6)
    if kind < 2:
        return ''.join(rng.choice(TEXTS) for _ in range(rng.randrange(4)))
    if kind == 2:
        return rng.choice([0, -1, 12, 10 ** 30, 1.5, -0.25, 1e300, 2 ** 53])
    if kind == 3:
        return rng.choice([True, False, None])
    if kind < 6:
        return rng.randrange(1000)
    if kind == 6:
        return [random_value(rng, depth - 1) for _ in range(rng.randrange(5))]
    return {rng.choice(KEYS): random_value(rng, depth - 1) for _ in range(rng.randrange(6))}


def damaged(rng, text):
    at = rng.randrange(len(text) + 1)
    return rng.choice([
        text[:at],
        text[:at] + text[at + 1:],
        text[:at] + rng.choice('{}[],:"\\ 0-x') + text[at:],
        text[:at] + rng.choice('{}[],:"\\ 0-x') + text[at + 1:],
    ])


def refuse_constant(name):
    raise ValueError(name)


def parse(text):
    return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=refuse_constant)


def has_lone_surrogate(value):
    if isinstance(value, str):
        return any(0xD800 <= ord(c) < 0xE000 for c in value)
    if isinstance(value, list):
        return any(has_lone_surrogate(v) for v in value)
    if isinstance(value, dict):
        return any(has_lone_surrogate(k) or has_lone_surrogate(v) for k, v in value.items())
    return False


def one(value):
    if isinstance(value, bool):
        return ['btrue' if value else 'bfalse']
    if value is None:
        return []
    if isinstance(value, Number):
        return [('r' if any(c in value for c in '.eE') else 'i') + value]
    if isinstance(value, str):
        return ['t' + value]
    return [value]  # a structure: compared parsed


def select(reference, record):
    if reference == '$':
        return one(record)
    if reference == '$.b[*]':
        b = record.get('b') if isinstance(record, dict) else None
        items = b if isinstance(b, list) else list(b.values()) if isinstance(b, dict) else []
        return [text for item in items for text in one(item)]
    found = record
    for key in {'$.a': ['a'], "$['a.b']": ['a.b'], '$.c.key': ['c', 'key'], "$['k\"']": ['k"']}[reference]:
        if not isinstance(found, dict) or key not in found:
            return []
        found = found[key]
    return one(found)


def children(value):
    return value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []


def records(document, iterator):
    if iterator == '$':
        return [document]
    if iterator == '$[*]':
        return children(document)
    if iterator == '$.a[*]':
        return children(document['a']) if isinstance(document, dict) and 'a' in document else []
    if iterator == '$[*].b[*]':
        return [r for d in children(document) if isinstance(d, dict) and 'b' in d for r in children(d['b'])]
    raise ValueError(iterator)


def same(ours, theirs):
    if len(ours) != len(theirs):
        return False
    return all(a == b if isinstance(b, str) else a[0] == 't' and parse(a[1:]) == b for a, b in zip(ours, theirs))


def main():
    program = sys.argv[1]
    compared = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'data.json')
        for seed in range(FILES):
            rng = random.Random(seed)
            top = rng.choice([list, list, dict])
            values = [random_value(rng, 3) for _ in range(rng.randrange(12))]
            document = values if top is list else {rng.choice(KEYS): v for v in values}
            text = json.dumps(document, ensure_ascii=rng.random() < 0.5, indent=rng.choice([None, None, 1, 4]),
                              separators=rng.choice([None, (',', ':'), (' , ', ' : ')]))
            if rng.random() < 0.4:
                text = damaged(rng, text)
            with open(path, 'w', newline='', encoding='utf-8') as file:
                file.write(text)
            iterator = rng.choice(['$', '$[*]', '$.a[*]', '$[*].b[*]'])
            block = rng.choice([1, 2, 7, 64, 65, 300, 1 << 20])
            run = subprocess.run([program, 'json', path, str(block), iterator] + REFERENCES, capture_output=True, check=True)
            ours = [json.loads(line) for line in run.stdout.decode().splitlines()]
            failed = bool(ours) and isinstance(ours[-1], dict)
            try:
                theirs = parse(text)
                bad = has_lone_surrogate(theirs)
            except ValueError:
                bad = True
            # A key that the iterator leads through must not stand twice; Python does not tell.
            if failed and ours[-1]['error'] == 'E0701':
                continue
            if failed != bad:
                sys.exit(f'seed {seed}, blocks of {block}, {iterator}: we {"refuse" if failed else "take"} what Python does not: {text!r} {ours[-1:]}')
            if bad:
                refused += 1
                continue
            wanted = [[select(reference, record) for reference in REFERENCES] for record in records(theirs, iterator)]
            if len(ours) != len(wanted) or not all(same(a, b) for o, w in zip(ours, wanted) for a, b in zip(o, w)):
                sys.exit(f'seed {seed}, blocks of {block}, {iterator}: {text!r}\nours   {ours}\nPython {wanted}')
            compared += 1
    print(f'{compared} documents the same, {refused} refused by both')
    if compared < FILES // 3 or refused < FILES // 10:
        sys.exit('the generator no longer covers both')


if __name__ == '__main__':
    main()
