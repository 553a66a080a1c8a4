"""Random tables, read by our reader (the program csv_cells) and by Python's csv module: cell for cell the same.

Where they differ by intent: an unclosed quote is an error for us; Python ends the cell at the end of the file.
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile

PIECES = ['a', 'b', ' ', '\u00e9', '\u65e5\u672c', '"', '""', ',', ';', '\t', '\n', '\r', '\r\n', '"a"', '"a,b"', '"a\nb"', "'", '\\',
          'x' * 15, 'y' * 31, 'z' * 63, '""""', ',,', '\n\n', '="1"']
FILES = 400


def random_table(rng, delimiter):
    mode = rng.randrange(3)
    if mode == 0:  # anything at all
        return ''.join(rng.choice(PIECES) for _ in range(rng.randrange(120)))
    if mode == 1:  # mostly well-formed, with line breaks of all kinds
        rows = []
        for _ in range(rng.randrange(40)):
            cells = []
            for _ in range(rng.randrange(1, 12)):
                text = ''.join(rng.choice(PIECES) for _ in range(rng.randrange(4)))
                cells.append('"' + text.replace('"', '""') + '"' if rng.random() < 0.7 else
                             ''.join(c for c in text if c not in '"\r\n' + delimiter))
            rows.append(delimiter.join(cells) + rng.choice(['\n', '\r\n', '\r', '\n\n']))
        return ''.join(rows)
    # quotes where the fast path cannot follow, between rows where it can
    rows = []
    for _ in range(rng.randrange(60)):
        rows.append(rng.choice([f'1{delimiter}2', f'5" disk{delimiter}3"', f'"a"b{delimiter}c', f'"a" "{delimiter}"b"', f'"q{delimiter}""r"""',
                                f'""{delimiter}""', f' "a"{delimiter}b', 'x' * rng.randrange(70)]) + rng.choice(['\n', '\r\n', '\r']))
    return ''.join(rows)


def expected(path, delimiter, quote):
    with open(path, newline='', encoding='utf-8-sig') as file:
        rows = list(csv.reader(file, delimiter=delimiter, quotechar=quote))
    return [row[:12] for row in rows if row]


def compare_large(program, path):
    """A row of a million cells, and cells of many megabytes full of quotes and line breaks."""
    rng = random.Random(1)
    cells = [''.join(rng.choice(PIECES) for _ in range(rng.randrange(3))) for _ in range(1000)]
    wide = [cells[rng.randrange(1000)] for _ in range(1_000_000)]
    long_cell = ''.join(rng.choice(PIECES) for _ in range(1 << 20)) * 2
    for name, rows, columns in [('a million columns', [wide], len(wide)),
                                ('long cells', [['a', long_cell, 'b'], [long_cell[1:]], ['x', 'y', long_cell]], 3)]:
        with open(path, 'w', newline='', encoding='utf-8') as file:
            csv.writer(file).writerows(rows)
        result = subprocess.run([program, path, str(1 << 18), ',', '"', f'columns={columns}'], capture_output=True, check=True)
        ours = [json.loads(line) for line in result.stdout.decode().splitlines()]
        with open(path, newline='', encoding='utf-8') as file:
            csv.field_size_limit(1 << 30)
            if ours != list(csv.reader(file)):
                sys.exit(f'{name}: not as Python reads them')


def main():
    program = sys.argv[1]
    compared = unclosed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'table.csv')
        for seed in range(FILES):
            rng = random.Random(seed)
            delimiter, quote = rng.choice([(',', '"'), (';', '"'), ('\t', '"'), (',', "'")])
            text = random_table(rng, delimiter)
            mark = rng.random() < 0.15  # a byte order mark is no part of the first cell, quoted or not
            with open(path, 'w', newline='', encoding='utf-8-sig' if mark else 'utf-8') as file:
                file.write(text)
            block = rng.choice([1, 2, 3, 7, 64, 65, 200, 1 << 20])
            result = subprocess.run([program, path, str(block), delimiter, quote], capture_output=True, check=True)
            ours = [json.loads(line) for line in result.stdout.decode().splitlines()]
            if ours and isinstance(ours[-1], dict):
                # A row put behind comes out as a row of its own unless a quote was open.
                with open(path, 'a', newline='', encoding='utf-8') as file:
                    file.write('\nEND\n')
                theirs = expected(path, delimiter, quote)
                if ours[-1]['error'] != 'E0200' or (theirs and theirs[-1] == ['END']):
                    sys.exit(f'seed {seed}: we say {ours[-1]}, Python reads {theirs} from {text!r}')
                unclosed += 1
                continue
            theirs = expected(path, delimiter, quote)
            if ours != theirs:
                sys.exit(f'seed {seed}, blocks of {block}: {text!r}\nours   {ours}\nPython {theirs}')
            compared += 1
        compare_large(program, path)
    print(f'{compared} tables the same, {unclosed} with an unclosed quote refused')
    if compared < FILES // 2 or unclosed < 10:
        sys.exit('the generator no longer covers both')


if __name__ == '__main__':
    main()
