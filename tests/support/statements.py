"""N-Quads as sets of statements that can be compared, up to the names of blank nodes."""

import re

# <iri>, "literal"^^<type> or @tag, _:blank
TERM = re.compile(r'<[^>]*>|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[\w-]+)?|_:\w+')
STRING = "^^<http://www.w3.org/2001/XMLSchema#string>"


def statements(text):
    """Statements as tuples of terms; blank nodes by what is said of them."""
    lines = {tuple(t.removesuffix(STRING) for t in TERM.findall(line)) for line in text.splitlines() if line.strip()}
    colours = {term: "_:" for line in lines for term in line if term.startswith("_:")}
    for _ in colours:
        colours = {blank: "_:" + str(sorted(tuple("_:self" if t == blank else colours.get(t, t) for t in line)
                                            for line in lines if blank in line)) for blank in colours}
    if len(set(colours.values())) < len(colours):
        raise ValueError("blank nodes that are alike: this comparison cannot tell them apart")
    return {tuple(colours.get(term, term) for term in line) for line in lines}
