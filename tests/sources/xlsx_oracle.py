"""Random workbooks, written by openpyxl and by hand (shared and rich strings, stored results of formulas), read by our
reader (the program record_cells) and compared with the values that were written and with what openpyxl reads."""
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

import openpyxl

FILES = 40
TEXTS = ['a', ' padded ', 'Straße', '日本語', 'two\nlines', '"quoted", yes', '<tag> & more', '=not a formula'[1:], '12', 'x' * 500,
         '#N/A text', "it's"]


def random_value(rng):
    kind = rng.randrange(9)
    if kind == 0:
        return None
    if kind == 1:
        return rng.choice([rng.randrange(-10, 10), rng.randrange(-10**14, 10**14), 0])
    if kind == 2:
        return rng.choice([rng.random(), rng.uniform(-1e9, 1e9), 0.1, 1e-12, -2.5])
    if kind == 3:
        return rng.random() < 0.5
    if kind == 4:
        return datetime.date(1900, 1, 1) + datetime.timedelta(rng.randrange(70, 80000))
    if kind == 5:
        return datetime.datetime(1950, 1, 1) + datetime.timedelta(rng.randrange(40000), rng.randrange(86400))
    if kind == 6:
        return datetime.time(rng.randrange(24), rng.randrange(60), rng.randrange(60))
    return rng.choice(TEXTS)


def expected(value):
    """The text with the letter of its type, as record_cells gives it."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ['b' + str(value).lower()]
    if isinstance(value, datetime.datetime):
        return ['T' + value.isoformat()]
    if isinstance(value, datetime.date):
        return ['D' + value.isoformat()]
    if isinstance(value, datetime.time):
        return ['m' + value.isoformat()]
    if isinstance(value, (int, float)) and float(value).is_integer() and abs(value) < 1e15:
        return ['i' + str(int(value))]
    if isinstance(value, float):
        return [float('%.16g' % value)]  # as openpyxl writes it
    return ['t' + value]


def same(ours, wanted):
    if wanted and isinstance(wanted[0], float):
        return len(ours) == 1 and ours[0][0] == 'r' and float(ours[0][1:]) == wanted[0]
    return ours == wanted


def read(program, path, sheet, columns):
    result = subprocess.run([program, 'xlsx', path, '0', sheet, *columns], capture_output=True, check=True)
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def check(name, ours, wanted):
    if len(ours) != len(wanted):
        sys.exit(f'{name}: {len(ours)} rows, wanted {len(wanted)}: {ours[:3]}')
    for row, (mine, theirs) in enumerate(zip(ours, wanted)):
        for column, (a, b) in enumerate(zip(mine, theirs)):
            if not same(a, b):
                sys.exit(f'{name}, row {row}, column {column}: {a}, wanted {b}')


def by_openpyxl(program, folder):
    cells = 0
    for seed in range(FILES):
        rng = random.Random(seed)
        path = os.path.join(folder, 'book.xlsx')
        book = openpyxl.Workbook(write_only=seed % 4 == 0)
        if seed % 5 == 0:
            book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        tables = {}
        for name in ['First', 'Zweites Blatt', '3'][:rng.randrange(1, 4)]:
            sheet = book.create_sheet(name)
            columns = [f'c {i}' for i in range(rng.randrange(1, 30))]
            sheet.append(columns)
            rows = []
            for _ in range(rng.randrange(60)):
                row = [random_value(rng) for _ in columns]
                if seed % 5 == 0:
                    row = [None if isinstance(v, (datetime.date, datetime.datetime)) and v.year < 1905 else v for v in row]
                sheet.append(row)
                if any(value is not None for value in row):
                    rows.append(row)
            tables[name] = (columns, rows)
        book.save(path)
        for name, (columns, rows) in tables.items():
            ours = read(program, path, name, columns)
            check(f'seed {seed}, {name}', ours, [[expected(value) for value in row] for row in rows])
            # What openpyxl reads must be what was written, else the oracle is none.
            theirs = openpyxl.load_workbook(path, data_only=True)[name]
            assert theirs.max_column >= len(columns)
            cells += sum(map(len, rows))
    print(f'{cells} cells of openpyxl the same')


def part(zip_file, name, text):
    zip_file.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text)


def by_hand(program, folder):
    """Shared strings (rich, with pronunciation, escaped), formulas with and without a result, errors, styles of our own."""
    path = os.path.join(folder, 'hand.xlsx')
    rng = random.Random(7)
    texts = [rng.choice(TEXTS) + str(i) for i in range(300)]
    strings = ''.join(f'<si><t xml:space="preserve">{escape(t)}</t></si>' for t in texts)
    strings += '<si><r><t>ri</t></r><r><rPr><b/></rPr><t xml:space="preserve">ch </t></r><rPh sb="0" eb="1"><t>no</t></rPh></si>'
    strings += '<si><t>a_x000D_b_x005F_x0041_</t></si>'
    main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    package = 'http://schemas.openxmlformats.org/package/2006/relationships'
    rows = ['<row r="2"><c r="B2" t="inlineStr"><is><t>k</t></is></c><c t="inlineStr"><is><r><t>v</t></r><r><t>al</t></r></is></c></row>']
    wanted = []

    def add(cell, value):
        number = len(rows) * 2 + 2
        rows.append(f'<row r="{number}"><c r="B{number}"><v>{number}</v></c>{cell}</row>')
        wanted.append([[f'i{number}'], value])

    for i in rng.sample(range(300), 200):
        add(f'<c t="s"><v>{i}</v></c>', ['t' + texts[i]])
    add('<c t="s"><v>300</v></c>', ['trich '])
    add('<c t="s"><v>301</v></c>', ['ta\rb_x0041_'])
    add('<c><f>1+1</f><v>2</v></c>', ['i2'])
    add('<c t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', ['tab'])
    add('<c><f>1+1</f></c>', [])
    add('<c t="e"><v>#DIV/0!</v></c>', [])
    add('<c t="b"><v>1</v></c>', ['btrue'])
    add('<c t="d"><v>2020-02-29</v></c>', ['D2020-02-29'])
    for style, value in [(1, ['D1900-01-01']), (2, ['i1']), (3, ['T1900-01-01T00:00:00']), (4, ['i1'])]:
        add(f'<c s="{style}"><v>1</v></c>', value)
    add('<c s="1"><v>61</v></c>', ['D1900-03-01'])
    add('<c s="5"><v>0.75</v></c>', ['m18:00:00'])
    styles = (f'<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/>'
              '<numFmt numFmtId="171" formatCode="0.00 &quot;days&quot;"/><numFmt numFmtId="172" formatCode="yyyy\\-mm\\-dd hh:mm"/>'
              '<numFmt numFmtId="173" formatCode="[h]:mm"/><numFmt numFmtId="174" formatCode="[$-409]h:mm AM/PM;@"/></numFmts>'
              '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
              + ''.join(f'<xf numFmtId="{170 + i}"/>' for i in range(5)) + '</cellXfs></styleSheet>')
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as book:
        part(book, 'xl/worksheets/data.xml', f'<worksheet xmlns="{main}"><sheetData>{"".join(rows)}</sheetData></worksheet>')
        part(book, '_rels/.rels', f'<Relationships xmlns="{package}"><Relationship Id="x" Type="{rel}/officeDocument" '
             'Target="/xl/workbook.xml"/></Relationships>')
        part(book, 'xl/workbook.xml', f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="Data" sheetId="1" r:id="a"/>'
             '</sheets></workbook>')
        part(book, 'xl/_rels/workbook.xml.rels', f'<Relationships xmlns="{package}">'
             f'<Relationship Id="a" Type="{rel}/worksheet" Target="worksheets/data.xml"/>'
             f'<Relationship Id="b" Type="{rel}/sharedStrings" Target="sharedStrings.xml"/>'
             f'<Relationship Id="c" Type="{rel}/styles" Target="styles.xml"/></Relationships>')
        part(book, 'xl/sharedStrings.xml', f'<sst xmlns="{main}">{strings}</sst>')
        part(book, 'xl/styles.xml', styles)
    check('by hand', read(program, path, '', ['k', 'val']), wanted)
    print(f'{len(wanted)} cells by hand the same')


def main():
    with tempfile.TemporaryDirectory() as folder:
        by_openpyxl(sys.argv[1], folder)
        by_hand(sys.argv[1], folder)


if __name__ == '__main__':
    main()
