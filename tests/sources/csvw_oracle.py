"""Random tables in random dialects of CSVW, read by our reader (the program csv_cells) and by the algorithm of
"Model for Tabular Data and Metadata on the Web", section 8, written down below character by character: cell for cell
the same. Where the two differ by intent: quotes never closed are errors for us, and blanks beyond space, tab and line
breaks are not trimmed."""
import json
import os
import random
import subprocess
import sys
import tempfile

FILES = 500
BLANKS = ' \t\r\n'


class Unclosed(Exception):
    pass


def line_end(text, at, ends):
    return max((end for end in ends if text.startswith(end, at)), key=len, default='')


def read_row(text, at, dialect):
    """Section 8, "parse a row": quotes that open a cell keep delimiters and line ends."""
    cells, cell, quoted, at_start, was_quoted = [], '', False, True, False
    escape = '"' if dialect['doubleQuote'] else '\\'

    def close():
        value = cell
        if dialect['trim'] in ('true', 'start'):
            value = value.lstrip(BLANKS)
        if dialect['trim'] in ('true', 'end'):
            value = value.rstrip(BLANKS)
        cells.append(value)

    while at < len(text):
        c = text[at]
        if quoted:
            if c == escape and (escape != '"' or text.startswith('""', at)):
                cell += text[at + 1:at + 2]
                at += 2
                continue
            if c == '"':
                quoted = False
            else:
                cell += c
            at += 1
            continue
        end = line_end(text, at, dialect['lineTerminators'])
        if end:
            close()
            return cells, at + len(end)
        if c == ',':
            close()
            cell, at_start, was_quoted = '', True, False
        elif c == '"' and at_start and not was_quoted:
            quoted = was_quoted = True
            cell = ''
        elif at_start and c in ' \t' and dialect['trim'] in ('true', 'start'):
            cell += c
            at += 1
            continue
        elif was_quoted and c in ' \t' and dialect['trim'] in ('true', 'end') and blank_to_end(text, at, dialect):
            pass
        else:
            cell += c
        at_start = c == ','
        at += 1
    if quoted:
        raise Unclosed
    close()
    return cells, at


def blank_to_end(text, at, dialect):
    while at < len(text) and text[at] in ' \t':
        at += 1
    return at == len(text) or text[at] == ',' or bool(line_end(text, at, dialect['lineTerminators']))


def expected(text, dialect):
    at = 0
    for _ in range(dialect['skipRows']):
        while at < len(text):
            end = line_end(text, at, dialect['lineTerminators'])
            at += len(end) or 1
            if end:
                break
    rows = []
    while at < len(text):
        prefix = dialect['commentPrefix']
        if prefix and text.startswith(prefix, at):
            while at < len(text):
                end = line_end(text, at, dialect['lineTerminators'])
                at += len(end) or 1
                if end:
                    break
            continue
        cells, at = read_row(text, at, dialect)
        if dialect['skipBlankRows'] == 'true' and not any(cells):
            continue
        rows.append(cells[dialect['skipColumns']:][:12])
    return rows


def random_table(rng, dialect):
    rows = []
    for _ in range(rng.randrange(40)):
        cells = []
        for _ in range(rng.randrange(1, 8)):
            text = ''.join(rng.choice(['a', 'b', ' ', '\t', 'é', ',', '\n', '\r\n', '|', ';;', '#', '"', 'x' * 40])
                           for _ in range(rng.randrange(4)))
            if rng.random() < 0.5:
                quoted = text.replace('\\', '').replace('"', '""' if dialect['doubleQuote'] else '\\"')
                before = rng.choice(['', ' ', '\t ']) if dialect['trim'] in ('true', 'start') else ''
                after = rng.choice(['', ' ']) if dialect['trim'] in ('true', 'end') else ''
                cells.append(before + '"' + quoted + '"' + after)
            else:
                for end in dialect['lineTerminators'] + [',', '"']:
                    text = text.replace(end, '')
                cells.append(text)
        rows.append(','.join(cells) + rng.choice(dialect['lineTerminators']))
        if rng.random() < 0.2:
            rows.append(rng.choice(['', ',,', '""', '"",']) + rng.choice(dialect['lineTerminators']))
        if dialect['commentPrefix'] and rng.random() < 0.2:
            rows.append(dialect['commentPrefix'] + ' "a,b' + rng.choice(dialect['lineTerminators']))
    return ''.join(rows)


def main():
    program = sys.argv[1]
    compared = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'table.csv')
        for seed in range(FILES):
            rng = random.Random(seed)
            dialect = {
                'doubleQuote': rng.random() < 0.7,
                'commentPrefix': rng.choice(['', '', '#', '//']),
                'trim': rng.choice(['false', 'false', 'true', 'start', 'end']),
                'skipRows': rng.choice([0, 0, 1, 3]),
                'skipColumns': rng.choice([0, 0, 1, 2]),
                'skipBlankRows': rng.choice(['true', 'false']),
                'lineTerminators': rng.choice([['\n'], ['\r\n', '\n'], ['|'], [';;', '\n'], ['|', '||', '\r\n']]),
            }
            text = random_table(rng, dialect)
            with open(path, 'w', newline='', encoding='utf-8') as file:
                file.write(text)
            options = []
            for name, value in dialect.items():
                for each in value if isinstance(value, list) else [value]:
                    options.append(f'{name}={str(each).lower() if isinstance(each, bool) else each}')
            block = rng.choice([1, 2, 3, 7, 64, 65, 200, 1 << 20])
            result = subprocess.run([program, path, str(block), ',', '"', *options], capture_output=True, check=True)
            ours = [json.loads(line) for line in result.stdout.decode().splitlines()]
            try:
                theirs = expected(text, dialect)
            except Unclosed:
                theirs = [{'error': 'E0200'}]
            if ours != theirs:
                sys.exit(f'seed {seed}, blocks of {block}, {dialect}: {text!r}\nours   {ours}\ntheirs {theirs}')
            compared += 1
    print(f'{compared} tables the same')


if __name__ == '__main__':
    main()
