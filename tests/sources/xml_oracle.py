"""Random XML, read by our reader (the program record_cells) and by Python's ElementTree: value for value the same, or refused by both."""
import json
import os
import random
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

FILES = 300
NAMES = ['a', 'b', 'c', 'x:a', 'd']
TEXTS = ['', 'x', '&amp;', '&lt;b&gt;', 'é', '日本', '<!-- c -->', '<![CDATA[<&]]>', '\n  ', '&#233;', 'y' * 70, '<?p i?>', '"', "'"]
REFERENCES = ['.', 'a', 'a/b', '@i', 'c/@j', 'b/text()', '../@i', 'd']
URI = 'urn:x'


def random_element(rng, name, depth):
    attributes = ''.join(f' {key}="{rng.choice(["1", "&quot;", "", "é", "a b"])}"' for key in 'ij' if rng.random() < 0.4)
    content = ''.join(rng.choice(TEXTS) for _ in range(rng.randrange(3)))
    if depth > 0:
        for _ in range(rng.randrange(4)):
            content += random_element(rng, rng.choice(NAMES), depth - 1) + rng.choice(TEXTS)
    return f'<{name}{attributes}/>' if not content and rng.random() < 0.5 else f'<{name}{attributes}>{content}</{name}>'


def random_document(rng):
    inner = ''.join(random_element(rng, rng.choice(['a', 'b', 'c']), 3) + rng.choice(TEXTS) for _ in range(rng.randrange(8)))
    return rng.choice(['', '<?xml version="1.0"?>', '<!-- c -->']) + f'<r xmlns:x="{URI}" i="root">{inner}</r>' + rng.choice(['', '\n'])


def damaged(rng, text):
    at = rng.randrange(len(text) + 1)
    return rng.choice([text[:at], text[:at] + text[at + 1:], text[:at] + rng.choice('<>&"/=a;') + text[at:]])


def text_of(element):
    return ''.join(element.itertext())


def select(reference, element, parent):
    if reference == '.':
        return [text_of(element)]
    if reference == '../@i':
        return [parent.attrib['i']] if parent is not None and 'i' in parent.attrib else []
    if reference.startswith('@'):
        return [element.attrib[reference[1:]]] if reference[1:] in element.attrib else []
    path, _, last = reference.partition('/')
    if last == 'text()':
        # Comments do not cut a text in two here.
        out = []
        for child in element.findall(path):
            pieces = [child.text or ''] + [c.tail or '' for c in child]
            out += [piece for piece in pieces if piece]
        return out
    if last.startswith('@'):
        return [c.attrib[last[1:]] for c in element.findall(path) if last[1:] in c.attrib]
    return [text_of(c) for c in element.findall(reference)]


def records(root, iterator):
    if iterator == '/r/a':
        return [(c, root) for c in root.findall('a')] if root.tag == 'r' else []
    if iterator == '/r/c/x:a':
        return [(d, c) for c in root.findall('c') for d in c.findall(f'{{{URI}}}a')] if root.tag == 'r' else []
    found = []
    stack = [(root, None)]
    while stack:
        element, parent = stack.pop()
        if element.tag == 'b':
            found.append((element, parent))
        stack += [(c, element) for c in reversed(element)]
    return found


def main():
    program = sys.argv[1]
    compared = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'data.xml')
        for seed in range(FILES):
            rng = random.Random(seed)
            text = random_document(rng)
            if rng.random() < 0.3:
                text = damaged(rng, text)
            with open(path, 'w', newline='', encoding='utf-8') as file:
                file.write(text)
            iterator = rng.choice(['/r/a', '/r/c/x:a', '//b'])
            block = rng.choice([1, 3, 64, 300, 1 << 19])
            run = subprocess.run([program, 'xml', path, str(block), iterator] + REFERENCES, capture_output=True, check=True)
            ours = [json.loads(line) for line in run.stdout.decode().splitlines()]
            failed = bool(ours) and isinstance(ours[-1], dict)
            try:
                root = ElementTree.fromstring(text.encode())
            except ElementTree.ParseError:
                root = None
            if failed != (root is None):
                sys.exit(f'seed {seed}, blocks of {block}: we {"refuse" if failed else "take"} what Python does not: {text!r} {ours[-1:]}')
            if failed:
                refused += 1
                continue
            wanted = [[['t' + value for value in select(reference, *record)] for reference in REFERENCES]
                      for record in records(root, iterator)]
            if ours != wanted:
                sys.exit(f'seed {seed}, blocks of {block}, {iterator}: {text!r}\nours   {ours}\nPython {wanted}')
            compared += 1
    print(f'{compared} documents the same, {refused} refused by both')
    if compared < FILES // 2 or refused < FILES // 20:
        sys.exit('the generator no longer covers both')


if __name__ == '__main__':
    main()
